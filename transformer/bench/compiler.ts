// What tracing every function adds to a run of the compiler: CPU time of `tspc` with everything selected, over that of
// `tsc`, on the same tree, run by turns: the least of the runs of each, and the median of the ratios. Goal: at most 1.10.
// In between, how that comes about: `tspc` without a plugin, which is what ts-patch costs that patches the compiler anew
// at each start; with ours and nothing selected; `tsc` as `ts-patch install` has patched it for good; and `tsc` on the
// text that our text path makes of the tree, which is what a compiler needs for the code that is added.
//
//   node transformer/bench/compiler.ts [--runs 5] [directory of TypeScript sources]
//   node transformer/bench/compiler.ts [--runs 5] --project <directory with the tsconfig.json of a real project>
//
// Without either: the sources of this repository's packages. Types that are not installed make errors, which both
// compilers find alike; files are emitted all the same. A project is compiled as it is, to a directory elsewhere.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { transform } from "@errspan/transformer";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(root, "node_modules");
const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: "string", default: "5" }, project: { type: "string" } } });

/** Told to the compilers' process, which writes down what it has used when it ends. */
const METER = `const { writeFileSync } = require("node:fs");
process.on("exit", () => writeFileSync(process.env.METER, JSON.stringify({ ...process.cpuUsage(), rss: process.resourceUsage().maxRSS })));
`;

const CONFIG = {
  compilerOptions: {
    target: "ES2023",
    lib: ["ES2024", "DOM"],
    module: "NodeNext",
    jsx: "preserve",
    strict: true,
    skipLibCheck: true,
    allowImportingTsExtensions: false,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    types: ["node"],
    outDir: "dist",
    sourceMap: true,
  },
};

// By its path, for a project need not have it.
const ERRSPAN = createRequire(import.meta.url).resolve("@errspan/transformer");
const EVERYTHING = [{ transform: ERRSPAN, select: [{ functions: "all" }] }];

/** The compiler, the sources, and the plugins of the tsconfig. */
const WAYS = {
  tsc: ["tsc", "src", []],
  "tspc, no plugin": ["tspc", "src", []],
  "tspc, nothing selected": ["tspc", "src", [{ transform: ERRSPAN }]],
  "tspc, everything selected": ["tspc", "src", EVERYTHING],
  "patched tsc, everything selected": ["patched", "src", EVERYTHING],
  "tsc on rewritten sources": ["tsc", "rewritten", []],
} as const;

type Way = keyof typeof WAYS;
const project = values.project === undefined ? undefined : resolve(values.project);
const NAMES = (Object.keys(WAYS) as Way[]).filter((way) => project === undefined || WAYS[way][1] === "src");

interface Usage {
  /** Seconds of CPU time. */
  readonly cpu: number;
  /** Megabytes. */
  readonly memory: number;
}

/** The settings of one way: our own for sources, or else what a project says and where its output goes. */
function tsconfig(directory: string, rootDir: string, plugins: readonly object[]): object {
  if (project === undefined) return { compilerOptions: { ...CONFIG.compilerOptions, rootDir, plugins }, include: [rootDir] };
  const base = join(project, "tsconfig.json");
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(base, (file) => ts.sys.readFile(file)).config, ts.sys, project);
  const elsewhere = { outDir: join(directory, "dist"), rootDir: options.rootDir ?? project, declarationDir: null, tsBuildInfoFile: null };
  return { extends: base, compilerOptions: { ...elsewhere, noEmit: false, noEmitOnError: false, composite: false, incremental: false, plugins } };
}

function scriptOf(directory: string, compiler: "tsc" | "tspc" | "patched"): string {
  if (compiler === "patched") return join(directory, "patched/node_modules/typescript/bin/tsc");
  return join(modules, compiler === "tsc" ? "typescript/bin/tsc" : "ts-patch/bin/tspc.js");
}

/** A copy of the compiler, as `ts-patch install` leaves it. */
function patch(directory: string): void {
  const place = join(directory, "patched");
  cpSync(join(modules, "typescript"), join(place, "node_modules/typescript"), { recursive: true });
  writeFileSync(join(place, "package.json"), "{}");
  const { status, stderr } = spawnSync(process.execPath, [join(modules, "ts-patch/bin/ts-patch.js"), "install", "--dir", place], { encoding: "utf8" });
  if (status !== 0) throw new Error(`ts-patch install failed: ${stderr}`);
}

function compile(directory: string, way: Way): Usage {
  const [compiler, rootDir, plugins] = WAYS[way];
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(tsconfig(directory, rootDir, plugins)));
  const script = scriptOf(directory, compiler);
  const meter = join(directory, "usage.json");
  rmSync(join(directory, "dist"), { recursive: true, force: true });
  const { stdout } = spawnSync(process.execPath, ["--require", join(directory, "meter.cjs"), script, "-p", "."], {
    cwd: directory,
    encoding: "utf8",
    // Where the helpers are found that a project need not have.
    env: { ...process.env, METER: meter, NODE_PATH: [modules, process.env.NODE_PATH].filter(Boolean).join(delimiter) },
    maxBuffer: 2 ** 28,
  });
  const lost = /TS99\d+/.exec(stdout);
  if (lost !== null) console.error(stdout.slice(lost.index - 200, lost.index + 300));
  const { rss, system, user } = JSON.parse(readFileSync(meter, "utf8")) as Record<"user" | "system" | "rss", number>;
  return { cpu: (user + system) / 1e6, memory: rss / 1024 };
}

function prepare(directory: string): void {
  const [tree] = positionals;
  writeFileSync(join(directory, "meter.cjs"), METER);
  patch(directory);
  if (project !== undefined) return;
  if (tree === undefined) {
    for (const name of ["runtime", "transformer", "eslint-plugin"]) cpSync(join(root, name, "src"), join(directory, "src", name), { recursive: true });
  } else {
    cpSync(tree, join(directory, "src"), { recursive: true, filter: (path) => !/[\\/](?:node_modules|dist|\.git)$/.test(path) });
  }
  symlinkSync(modules, join(directory, "node_modules"), "junction");
  writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
  cpSync(join(directory, "src"), join(directory, "rewritten"), { recursive: true });
  rewrite(directory);
}

/** What the text path makes of the sources, whose types are checked as they were: a compiler is given both alike. */
function rewrite(directory: string): void {
  for (const entry of readdirSync(join(directory, "src"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/(?<!\.d)\.[cm]?tsx?$/.test(entry.name)) continue;
    const filename = join(entry.parentPath, entry.name);
    const { code } = transform(readFileSync(filename, "utf8"), { filename, config: { select: [{ functions: "all" }] } });
    writeFileSync(filename.replace(join(directory, "src"), join(directory, "rewritten")), code);
  }
}

/** How many functions were traced in what the last run has written. */
function tracedIn(directory: string): { files: number; traced: number } {
  let [files, traced] = [0, 0];
  for (const entry of readdirSync(join(directory, "dist"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.[cm]?jsx?$/.test(entry.name)) continue;
    files++;
    traced += readFileSync(join(entry.parentPath, entry.name), "utf8").split("catch (__errspan").length - 1;
  }
  return { files, traced };
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

const directory = realpathSync(mkdtempSync(join(tmpdir(), "errspan-bench-")));
try {
  mkdirSync(join(directory, "src"));
  prepare(directory);
  // The first runs fill the caches of ts-patch and of the engine.
  compile(directory, "patched tsc, everything selected");
  compile(directory, "tspc, everything selected");
  const { files, traced } = tracedIn(directory);
  console.log(`${files} files, ${traced} functions traced`);
  const runs = new Map<Way, Usage[]>(NAMES.map((way) => [way, []]));
  for (let run = 0; run < Number(values.runs); run++) for (const way of NAMES) runs.get(way)?.push(compile(directory, way));
  const plain = runs.get("tsc") ?? [];
  // What others do on a machine is only ever added.
  const least = (way: Way): number => Math.min(...(runs.get(way) ?? []).map(({ cpu }) => cpu));
  for (const [way, usages] of runs) {
    const ratios = usages.map(({ cpu }, index) => cpu / (plain[index]?.cpu ?? NaN));
    console.log(
      `${way.padEnd(32)} ${median(usages.map(({ cpu }) => cpu)).toFixed(2)} s CPU, ${median(usages.map(({ memory }) => memory)).toFixed(0)} MB, ` +
        `ratio to tsc: of the least ${(least(way) / least("tsc")).toFixed(3)}, median ${median(ratios).toFixed(3)} (${ratios.map((ratio) => ratio.toFixed(2)).join(" ")})`,
    );
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
