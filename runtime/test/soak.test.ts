import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const soak = fileURLToPath(new URL("../bench/soak.ts", import.meta.url));

describe("ten thousand traced calls at a time", () => {
  it("lose no span, end none twice, mix no contexts up, and leave memory as it was", async () => {
    const command = ["--no-warnings", "--expose-gc", soak, "12", "10000"];
    // It prints its findings whether or not there are problems among them.
    const run = promisify(execFile)(process.execPath, command);
    const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
    expect(JSON.parse(stdout)).toHaveProperty("problems", {});
  });
});
