import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { bundle, SUBPATHS } from "../../bench/toolkit-sizes.js";

const PACKAGES: Readonly<Partial<Record<string, readonly string[]>>> = {
  errors: ["serialize-error"],
  resilience: ["cockatiel"],
  concurrency: ["p-limit", "p-map"],
  stream: ["p-map"],
  process: ["close-with-grace"],
};
const page = await readFile(fileURLToPath(new URL("../../../docs/toolkit/README.md", import.meta.url)), "utf8");

describe.each(SUBPATHS)("importing /%s", (subpath) => {
  it("pulls in no other subpath, and no package but its own", async () => {
    const { inputs, externals } = await bundle(subpath, false);
    const others = SUBPATHS.filter((other) => other !== subpath);
    expect(inputs.length).toBeGreaterThan(1);
    for (const other of others) expect(inputs.filter((path) => path.startsWith(`runtime/src/${other}/`))).toEqual([]);
    expect(externals.filter((name) => name !== "@opentelemetry/api").toSorted()).toEqual(PACKAGES[subpath] ?? []);
  });

  it("costs about what the documentation says", async () => {
    const { gzipped } = await bundle(subpath, false);
    const documented = Number(new RegExp(`^\\| \`/${subpath}\` \\| [\\d.]+ \\| ([\\d.]+) \\|`, "m").exec(page)?.[1]);
    expect(gzipped / 1000).toBeLessThan(documented * 1.1);
    expect(gzipped / 1000).toBeGreaterThan(documented * 0.8);
  });
});
