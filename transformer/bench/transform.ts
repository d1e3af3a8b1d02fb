// How fast the text path is: MB of TypeScript a second, with every function selected and a source map made, beside Babel
// with a visitor that does nothing and esbuild, which only takes the types away. By turns, in one run; the best run of
// each counts. Goal: at least 10 MB/s. And what files cost in which nothing is marked.
//
//   node transformer/bench/transform.ts [--runs 5] [directory of TypeScript sources]
//
// Without a directory: the sources of this repository's packages. Build first: what is measured is what is published.
import { createRequire } from "node:module";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { transform } from "@errspan/transformer";
import { transformSync } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: "string", default: "5" } } });
const directory = positionals[0] ?? root;
const pattern = positionals[0] === undefined ? "{runtime,transformer,eslint-plugin}/src/**/*.ts" : "**/*.ts";

interface Source {
  readonly filename: string;
  readonly code: string;
}

const sources: readonly Source[] = globSync(pattern, { cwd: directory, exclude: (path) => /node_modules|\.d\.[cm]?ts$/.test(path) })
  .map((path) => join(directory, path))
  .map((filename) => ({ filename, code: readFileSync(filename, "utf8") }));
const megabytes = sources.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0) / 1e6;

interface Babel {
  transformSync(code: string, options: object): unknown;
}

const require = createRequire(import.meta.url);
const babel = require("@babel/core") as Babel;
const syntax: unknown = require("@babel/plugin-syntax-typescript");
const idle = { plugins: [syntax, () => ({ visitor: {} })], sourceMaps: true, configFile: false, babelrc: false };
const everything = { select: [{ functions: "all" as const }] };

const ways: Readonly<Record<string, (source: Source) => unknown>> = {
  "errspan, everything selected": ({ code, filename }) => transform(code, { filename, config: everything }),
  "errspan, nothing marked": ({ code, filename }) => transform(code.replaceAll("traced", "tracks"), { filename }),
  "esbuild, types only": ({ code, filename }) => transformSync(code, { loader: "ts", sourcemap: true, sourcefile: filename }),
  "Babel, empty visitor": ({ code, filename }) => babel.transformSync(code, { filename, ...idle }),
};

/** Milliseconds; esbuild works in a process of its own, so that only the clock sees all. */
function milliseconds(way: (source: Source) => unknown): number {
  const before = performance.now();
  for (const source of sources) way(source);
  return performance.now() - before;
}

const measured = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
for (const way of Object.values(ways)) milliseconds(way);
for (let run = 0; run < Number(values.runs); run++) {
  for (const [name, way] of Object.entries(ways)) measured.get(name)?.push(milliseconds(way));
}
console.log(`${sources.length} files, ${megabytes.toFixed(2)} MB of TypeScript, ${values.runs} runs`);
for (const [name, times] of measured) {
  console.log(`${name.padEnd(30)} ${((megabytes * 1000) / Math.min(...times)).toFixed(1).padStart(8)} MB/s`);
}
