// What the plugin adds to a bundler's build of a large tree in which nothing is marked: CPU time with it, over that
// without, by turns, in processes of their own. Goal: less than 1 %. Beside it, what a plugin adds that is asked about
// each module, as the host's own way is, and does nothing: no plugin that is asked can add less.
//
//   node transformer/bench/bundlers.ts [--runs 7] [--files 1500] [--hosts rolldown,rollup,webpack,rspack,esbuild]
//
// The tree is made of copies of this repository's sources, without the imports that would lead out of it. Build first.
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { transformSync } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "7" },
    files: { type: "string", default: "1500" },
    hosts: { type: "string", default: "rolldown,rollup,webpack,rspack,esbuild" },
  },
});

/** How each host is run, as the text of a module that has `entry`, `out` and `plugins`. */
const BUILDS: Readonly<Record<string, string>> = {
  rolldown: 'const { rolldown } = await import("rolldown"); await (await rolldown({ input: entry, plugins })).write({ dir: out });',
  rollup: 'const { rollup } = await import("rollup"); await (await rollup({ input: entry, plugins, onwarn() {} })).write({ dir: out });',
  webpack:
    'const { default: webpack } = await import("webpack"); await new Promise((done, fail) => webpack({ mode: "none", entry, output: { path: out }, plugins, performance: false }, (error) => (error ? fail(error) : done())));',
  rspack:
    'const { rspack } = await import("@rspack/core"); await new Promise((done, fail) => rspack({ mode: "none", entry, output: { path: out }, plugins, performance: false }, (error) => (error ? fail(error) : done())));',
  esbuild: 'const { build } = await import("esbuild"); await build({ entryPoints: [entry], bundle: true, format: "esm", outdir: out, plugins, logLevel: "silent" });',
};

/** A plugin that does nothing, in each host's own terms. Rolldown itself looks for the word, and calls nobody. */
const EMPTY: Readonly<Record<string, string>> = {
  rolldown: '{ name: "empty", transform: { filter: { code: "not in any file" }, handler: () => null } }',
  rollup: '{ name: "empty", transform: () => null }',
  webpack: '{ apply: (compiler) => compiler.options.module.rules.unshift({ test: /\\.js$/, enforce: "pre", use: () => [] }) }',
  rspack: '{ apply: (compiler) => compiler.options.module.rules.unshift({ test: /\\.js$/, enforce: "pre", use: () => [] }) }',
  esbuild: '{ name: "empty", setup: (build) => build.onLoad({ filter: /\\.js$/ }, () => undefined) }',
};

type Way = "bare" | "empty" | "errspan";
const WAYS: readonly Way[] = ["bare", "empty", "errspan"];

/** esbuild works in a child of its own, which only the clock sees; all others in this process, of whose time they may get little. */
const buildScript = (host: string): string => `
const [entry, out, way] = process.argv.slice(2);
const begun = performance.now();
const plugins = way === "errspan" ? [(await import("@errspan/transformer/${host}")).default()] : way === "empty" ? [${EMPTY[host] ?? ""}] : [];
${BUILDS[host] ?? ""}
const { user, system } = process.cpuUsage();
console.log(${host === "esbuild" ? "performance.now() - begun" : "(user + system) / 1000"});
`;

function prepare(directory: string): void {
  const sources = globSync("{runtime,transformer,eslint-plugin}/src/**/*.ts", { cwd: root }).map((path) =>
    transformSync(readFileSync(join(root, path), "utf8").replaceAll("traced", "tracks"), { loader: "ts" })
      .code.replace(/^import\s(?:[\w*{},\s]*?\sfrom\s)?"[^"]*"[^;\n]*;/gm, "")
      .replace(/\b(?:import|require)\("[^"]*"\)/g, "({})")
      .replace(/^export\s(?:\{[^}]*\}|\*(?: as \w+)?)(?:\sfrom\s"[^"]*")?;/gm, ""),
  );
  mkdirSync(join(directory, "src"));
  const files = Array.from({ length: Number(values.files) }, (_, index) => `m${index}.js`);
  files.forEach((file, index) => writeFileSync(join(directory, "src", file), sources[index % sources.length] ?? ""));
  writeFileSync(join(directory, "src/entry.js"), files.map((file) => `import "./${file}";`).join("\n"));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"), "junction");
  writeFileSync(join(directory, "package.json"), '{ "type": "module", "sideEffects": true }');
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

const directory = realpathSync(mkdtempSync(join(tmpdir(), "errspan-bench-")));
try {
  prepare(directory);
  for (const host of values.hosts.split(",")) {
    const script = join(directory, `${host}.mjs`);
    writeFileSync(script, buildScript(host));
    const measure = (way: Way): number => {
      const { stdout, stderr, status } = spawnSync(process.execPath, [script, join(directory, "src/entry.js"), join(directory, "out"), way], {
        cwd: directory,
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`${host} failed: ${stderr}`);
      return Number(stdout.trim().split("\n").at(-1));
    };
    const times: Record<Way, number[]> = { bare: [], empty: [], errspan: [] };
    for (let run = 0; run < Number(values.runs); run++) for (const way of WAYS) times[way].push(measure(way));
    const least = Math.min(...times.bare);
    for (const way of WAYS) {
      const ratios = times[way].map((time, run) => time / (times.bare[run] ?? NaN));
      console.log(
        `${host.padEnd(9)} ${way.padEnd(8)} ${median(times[way]).toFixed(0).padStart(6)} ms, median ratio ${median(ratios).toFixed(3)}, ` +
          `of the least ${(Math.min(...times[way]) / least).toFixed(3)} (${ratios.map((ratio) => ratio.toFixed(2)).join(" ")})`,
      );
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
