import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CORE, sizeOf } from "../bench/size.js";

const page = await readFile(fileURLToPath(new URL("../../docs/performance.md", import.meta.url)), "utf8");

describe("the core", () => {
  it.each(Object.entries(CORE))("is as small as the documentation says: %s", async (name, contents) => {
    const row = page.split("\n").find((line) => line.startsWith(`| ${name} | `));
    const documented = row?.split("|")[3];
    const { gzipped } = await sizeOf(contents);
    expect(gzipped / 1000).toBeLessThan(Number(documented) + 0.1);
    expect(gzipped / 1000).toBeGreaterThan(Number(documented) - 0.3);
  });
});
