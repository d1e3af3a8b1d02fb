import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const docs = join(root, "docs/toolkit");
const run = promisify(execFile);

/** A `ts` block that says what it prints (`// → text`, in order) is a program; the others are fragments. */
const programs = (markdown: string): string[] =>
  [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "").filter((code) => code.includes("// → "));

const promised = (code: string): string[] => [...code.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1] ?? "");

let directory: string;
beforeAll(async () => {
  // Below the root, so that the examples find the packages that they import.
  const cache = join(root, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  directory = await mkdtemp(join(cache, "toolkit-docs-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const pages = (await readdir(docs)).filter((name) => name.endsWith(".md"));

describe.each(pages)("docs/toolkit/%s", (page) => {
  it("prints what it says", async () => {
    const found = programs(await readFile(join(docs, page), "utf8"));
    for (const [index, code] of found.entries()) {
      const source = join(directory, `${basename(page, ".md")}-${index}.ts`);
      const outfile = source.replace(/ts$/, "mjs");
      await writeFile(source, code);
      await build({
        entryPoints: [source], outfile, bundle: true, format: "esm", platform: "node", target: "node22", logLevel: "silent",
        plugins: [
          {
            name: "runtime-sources",
            setup: ({ onResolve }) => {
              onResolve({ filter: /^@errspan\/runtime/ }, ({ path }) => ({
                path: join(root, "runtime/src", `${path.slice("@errspan/runtime".length + 1) || "index"}.ts`),
              }));
              onResolve({ filter: /^[^./]/ }, ({ kind }) => (kind === "entry-point" ? undefined : { external: true }));
            },
          },
        ],
      });
      const { stdout } = await run(process.execPath, [outfile], { cwd: directory });
      expect(stdout.trimEnd().split("\n")).toEqual(promised(code));
    }
  });

  it("has at least one program", async () => {
    expect(programs(await readFile(join(docs, page), "utf8")).length).toBeGreaterThan(0);
  });
});
