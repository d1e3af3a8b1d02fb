// What tracing every function adds to a run of the compiler: CPU time of `tspc` with everything selected, over that of
// `tsc`, on the same tree, run by turns. Goal: at most 1.10. In between, how that comes about: `tspc` without a plugin,
// which is what ts-patch costs; with ours and nothing selected; and `tsc` on the text that our text path makes of the tree,
// which is what a compiler needs for the code that is added.
//
//   node transformer/bench/compiler.ts [--runs 5] [directory of TypeScript sources]
//
// Without a directory: the sources of this repository's packages. Types that are not installed make
// errors, which both compilers find alike; files are emitted all the same.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { transform } from "@errspan/transformer";

const root = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(root, "node_modules");
const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: "string", default: "5" } } });

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

const ERRSPAN = "@errspan/transformer";

/** The compiler, the sources, and the plugins of the tsconfig. */
const WAYS = {
  tsc: ["tsc", "src", []],
  "tspc, no plugin": ["tspc", "src", []],
  "tspc, nothing selected": ["tspc", "src", [{ transform: ERRSPAN }]],
  "tspc, everything selected": ["tspc", "src", [{ transform: ERRSPAN, select: [{ functions: "all" }] }]],
  "tsc on rewritten sources": ["tsc", "rewritten", []],
} as const;

type Way = keyof typeof WAYS;
const NAMES = Object.keys(WAYS) as Way[];

interface Usage {
  /** Seconds of CPU time. */
  readonly cpu: number;
  /** Megabytes. */
  readonly memory: number;
}

function compile(directory: string, way: Way): Usage {
  const [compiler, rootDir, plugins] = WAYS[way];
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...CONFIG.compilerOptions, rootDir, plugins }, include: [rootDir] }));
  const script = join(modules, compiler === "tsc" ? "typescript/bin/tsc" : "ts-patch/bin/tspc.js");
  const meter = join(directory, "usage.json");
  rmSync(join(directory, "dist"), { recursive: true, force: true });
  const { stdout } = spawnSync(process.execPath, ["--require", join(directory, "meter.cjs"), script, "-p", "."], {
    cwd: directory,
    encoding: "utf8",
    env: { ...process.env, METER: meter },
    maxBuffer: 2 ** 28,
  });
  const lost = /TS99\d+/.exec(stdout);
  if (lost !== null) console.error(stdout.slice(lost.index - 200, lost.index + 300));
  const { rss, system, user } = JSON.parse(readFileSync(meter, "utf8")) as Record<"user" | "system" | "rss", number>;
  return { cpu: (user + system) / 1e6, memory: rss / 1024 };
}

function prepare(directory: string): void {
  const [tree] = positionals;
  if (tree === undefined) {
    for (const name of ["runtime", "transformer", "eslint-plugin"]) cpSync(join(root, name, "src"), join(directory, "src", name), { recursive: true });
  } else {
    cpSync(tree, join(directory, "src"), { recursive: true, filter: (path) => !/[\\/](?:node_modules|dist|\.git)$/.test(path) });
  }
  symlinkSync(modules, join(directory, "node_modules"), "junction");
  writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
  writeFileSync(join(directory, "meter.cjs"), METER);
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

function sizeOf(directory: string): { files: number; lines: number; traced: number } {
  let [files, lines] = [0, 0];
  for (const entry of readdirSync(join(directory, "src"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/(?<!\.d)\.[cm]?tsx?$/.test(entry.name)) continue;
    files++;
    lines += readFileSync(join(entry.parentPath, entry.name), "utf8").split("\n").length;
  }
  let traced = 0;
  for (const entry of readdirSync(join(directory, "dist"), { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && /\.[cm]?jsx?$/.test(entry.name)) traced += readFileSync(join(entry.parentPath, entry.name), "utf8").split("catch (__errspan").length - 1;
  }
  return { files, lines, traced };
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

const directory = realpathSync(mkdtempSync(join(tmpdir(), "errspan-bench-")));
try {
  mkdirSync(join(directory, "src"));
  prepare(directory);
  cpSync(join(directory, "src"), join(directory, "rewritten"), { recursive: true });
  rewrite(directory);
  // The first run of tspc fills ts-patch's cache.
  compile(directory, "tspc, everything selected");
  const { files, lines, traced } = sizeOf(directory);
  console.log(`${files} files, ${lines} lines, ${traced} functions traced`);
  const runs = new Map<Way, Usage[]>(NAMES.map((way) => [way, []]));
  for (let run = 0; run < Number(values.runs); run++) for (const way of NAMES) runs.get(way)?.push(compile(directory, way));
  const plain = runs.get("tsc") ?? [];
  for (const [way, usages] of runs) {
    const ratios = usages.map(({ cpu }, index) => cpu / (plain[index]?.cpu ?? NaN));
    console.log(
      `${way.padEnd(26)} ${median(usages.map(({ cpu }) => cpu)).toFixed(2)} s CPU, ${median(usages.map(({ memory }) => memory)).toFixed(0)} MB, ` +
        `median ratio to tsc ${median(ratios).toFixed(3)} (${ratios.map((ratio) => ratio.toFixed(2)).join(" ")})`,
    );
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
