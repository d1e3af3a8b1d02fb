// How fast the text path is: MB of source a second, with every function selected and a source map made, beside other
// instrumenters and tools that read and print a whole file:
//
// - orchestrion-js (`@apm-js-collab/code-transformer`), which wraps functions as OpenTelemetry's loader hooks do, all of
//   them here but generators and constructors, which it cannot;
// - istanbul-lib-instrument, which counts statements, branches and functions;
// - Babel, with a visitor that puts the body of each function into a `try`, and with one that does nothing;
// - esbuild, which only takes the types away;
// - oxc-parser alone, in the way that we use it: nothing that needs a tree can be faster than that.
//
// By turns, in one run; the best run of each counts. Goals: at least 10 MB/s, and twice the fastest other instrumenter.
// Those read JavaScript alone, so they get what esbuild makes of the sources, and we get both. And what files cost in
// which nothing is marked.
//
//   node transformer/bench/transform.ts [--runs 5] [directory of TypeScript sources]
//
// Without a directory: the sources of this repository's packages. Build first: what is measured is what is published.
import { createRequire } from "node:module";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { create } from "@apm-js-collab/code-transformer";
import { transform } from "@errspan/transformer";
import { transformSync } from "esbuild";
import { parseSync } from "oxc-parser";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: "string", default: "5" } } });
const directory = positionals[0] ?? root;
const pattern = positionals[0] === undefined ? "{runtime,transformer,eslint-plugin}/src/**/*.ts" : "**/*.ts";

interface Source {
  readonly filename: string;
  readonly code: string;
}

const typed: readonly Source[] = globSync(pattern, { cwd: directory, exclude: (path) => /node_modules|\.d\.[cm]?ts$/.test(path) })
  .map((path) => join(directory, path))
  .map((filename) => ({ filename, code: readFileSync(filename, "utf8") }));
const plain: readonly Source[] = typed.map(({ code, filename }) => ({
  code: transformSync(code, { loader: "ts" }).code,
  filename: filename.replace(/ts$/, "js"),
}));

interface BabelNode {
  body: unknown;
}

interface Babel {
  transformSync(code: string, options: object): unknown;
  readonly types: Readonly<Record<"isBlockStatement", (node: unknown) => boolean>> &
    Readonly<Record<"blockStatement" | "tryStatement" | "catchClause" | "throwStatement" | "identifier", (...parts: unknown[]) => unknown>>;
}

const require = createRequire(import.meta.url);
const babel = require("@babel/core") as Babel;
const { createInstrumenter } = require("istanbul-lib-instrument") as {
  readonly createInstrumenter: (options: object) => { instrumentSync(code: string, filename: string): string };
};
const syntax: unknown = require("@babel/plugin-syntax-typescript");
const babelOptions = (visitor: object): object => ({ plugins: [syntax, () => ({ visitor })], sourceMaps: true, configFile: false, babelrc: false });
const idle = babelOptions({});
const wrapping = babelOptions({
  Function(path: { readonly node: BabelNode }) {
    const { types } = babel;
    if (!types.isBlockStatement(path.node.body)) return;
    const error = types.identifier("error");
    const handler = types.catchClause(error, types.blockStatement([types.throwStatement(error)]));
    path.node.body = types.blockStatement([types.tryStatement(path.node.body, handler)]);
  },
});

const ofBench = { name: "bench", versionRange: "*", filePath: /./ };
const orchestrion = create(
  (["Sync", "Async"] as const).map((kind) => ({
    channelName: "bench",
    module: ofBench,
    astQuery: `:function[generator=false][async=${String(kind === "Async")}]:not(MethodDefinition[kind="constructor"] > *)`,
    functionQuery: { kind },
  })),
);
const counting = createInstrumenter({ esModules: true, produceSourceMap: true, compact: false });
const asOurs = { lang: "ts", sourceType: "unambiguous", preserveParens: false, experimentalRawTransfer: true } as const;
const everything = { select: [{ functions: "all" as const }] };

function orchestrate({ code, filename }: Source): unknown {
  try {
    return orchestrion.getTransformer("bench", "1.0.0", filename)?.transform(code, "esm", undefined, { sourceFile: filename });
  } catch (error) {
    // Thrown where a file has no functions.
    if (error instanceof Error && error.message.includes("find injection points")) return undefined;
    throw error;
  }
}

/** Its parser does not know the newest syntax. */
const orchestrable = plain.filter((source) => {
  try {
    orchestrate(source);
    return true;
  } catch {
    return false;
  }
});

/** What is done to a file, by name, and to the files of which language. */
const ways: Readonly<Record<string, { readonly sources: readonly Source[]; readonly run: (source: Source) => unknown }>> = {
  "errspan, everything selected": { sources: typed, run: ({ code, filename }) => transform(code, { filename, config: everything }) },
  "errspan, nothing marked": { sources: typed, run: ({ code, filename }) => transform(code.replaceAll("traced", "tracks"), { filename }) },
  "oxc-parser, the tree alone": { sources: typed, run: ({ code, filename }) => parseSync(filename, code, asOurs) },
  "esbuild, types only": { sources: typed, run: ({ code, filename }) => transformSync(code, { loader: "ts", sourcemap: true, sourcefile: filename }) },
  "Babel, wrapping visitor": { sources: typed, run: ({ code, filename }) => babel.transformSync(code, { filename, ...wrapping }) },
  "Babel, empty visitor": { sources: typed, run: ({ code, filename }) => babel.transformSync(code, { filename, ...idle }) },
  "errspan, on JavaScript": { sources: plain, run: ({ code, filename }) => transform(code, { filename, config: everything, format: "module" }) },
  "orchestrion-js": { sources: orchestrable, run: orchestrate },
  "istanbul-lib-instrument": { sources: plain, run: ({ code, filename }) => counting.instrumentSync(code, filename) },
};

const sizeOf = (sources: readonly Source[]): number => sources.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0) / 1e6;

/** Milliseconds; esbuild works in a process of its own, so that only the clock sees all. */
function milliseconds({ sources, run }: (typeof ways)[string]): number {
  const before = performance.now();
  for (const source of sources) run(source);
  return performance.now() - before;
}

const measured = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
for (const way of Object.values(ways)) milliseconds(way);
for (let run = 0; run < Number(values.runs); run++) {
  for (const [name, way] of Object.entries(ways)) measured.get(name)?.push(milliseconds(way));
}
console.log(`${typed.length} files, ${sizeOf(typed).toFixed(2)} MB of TypeScript, ${sizeOf(plain).toFixed(2)} MB of JavaScript (${plain.length - orchestrable.length} files of which orchestrion-js cannot read), ${values.runs} runs`);
for (const [name, { sources }] of Object.entries(ways)) {
  console.log(`${name.padEnd(30)} ${((sizeOf(sources) * 1000) / Math.min(...(measured.get(name) ?? []))).toFixed(1).padStart(8)} MB/s`);
}
