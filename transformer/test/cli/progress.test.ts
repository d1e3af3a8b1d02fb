import { describe, expect, it } from "vitest";
import { Progress } from "../../src/cli/progress.js";

function watched(isTTY: boolean): { printed: () => string; progress: Progress; wait: (milliseconds: number) => void } {
  let [printed, now] = ["", 0];
  const err = { isTTY, write: (text: string) => void (printed += text) };
  const io = { cwd: "/", env: { NO_COLOR: "1" }, out: err, err, confirm: null };
  return { printed: () => printed, progress: new Progress(io, 3, () => now), wait: (milliseconds) => void (now += milliseconds) };
}

describe("progress of long work", () => {
  it("is shown on a terminal after half a second, on one line that goes away", () => {
    const { printed, progress, wait } = watched(true);
    progress.step("a.ts");
    expect(printed()).toBe("");
    wait(500);
    progress.step("b.ts");
    wait(50);
    progress.step("c.ts");
    expect(printed()).toBe("\r\u001b[2K2/3 b.ts");
    progress.end();
    expect(printed()).toMatch(/b\.ts\r\u001b\[2K$/);
  });

  it("keeps to the end of long paths", () => {
    const { printed, progress, wait } = watched(true);
    wait(900);
    progress.step(`${"deep/".repeat(30)}end.ts`);
    expect(printed()).toMatch(/1\/3 ….{53}end\.ts$/);
  });

  it("is silent elsewhere, and where the work was short", () => {
    const piped = watched(false);
    piped.wait(900);
    piped.progress.step("a.ts");
    piped.progress.end();
    expect(piped.printed()).toBe("");
    const short = watched(true);
    short.progress.step("a.ts");
    short.progress.end();
    expect(short.printed()).toBe("");
  });
});
