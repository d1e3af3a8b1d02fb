// Builds the workspace it is called in: ES modules to dist/esm, CommonJS to dist/cjs, declarations in both.
// A package whose inputs have not changed since its last build is left as it is (`--force` builds it again).
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
/** The settings of each shape, its directory, its module system, and arguments: types are checked once. */
const shapes = [
  ["tsconfig.build.json", "esm", "module", []],
  ["tsconfig.cjs.json", "cjs", "commonjs", ["--noCheck"]],
];

/** The workspaces of this repository that a package is compiled against, by their directories. */
function siblings(manifest) {
  const named = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.devDependencies };
  return Object.keys(named)
    .filter((name) => name.startsWith("@errspan/"))
    .map((name) => join(root, name.slice("@errspan/".length)))
    .sort();
}

/** One hash over all that a build of `directory` reads: its sources and settings, and those of its siblings. */
function fingerprint(directory, hash, seen = new Set()) {
  if (seen.has(directory)) return hash;
  seen.add(directory);
  const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  for (const file of globSync(["src/**/*", "package.json", "tsconfig*.json"], { cwd: directory, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()) {
    hash.update(file.slice(directory.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  for (const sibling of siblings(manifest)) fingerprint(sibling, hash, seen);
  return hash;
}

/** Compiles beside the last build and swaps the results in: a reader never meets a half-built package. False on errors. */
function build(directory) {
  const dist = join(directory, "dist");
  // As deep as the final directory, for source maps name their sources relatively.
  const staged = (shape) => join(dist, `.${shape}-${process.pid}`);
  try {
    for (const [config, shape, type, more] of shapes) {
      const args = [tsc, "-p", config, "--outDir", staged(shape), ...more];
      const { status } = spawnSync(process.execPath, args, { cwd: directory, stdio: "inherit" });
      // The compiler has said why.
      if (status !== 0) return false;
      writeFileSync(join(staged(shape), "package.json"), `${JSON.stringify({ type })}\n`);
    }
    for (const [, shape] of shapes) {
      rmSync(join(dist, shape), { recursive: true, force: true });
      renameSync(staged(shape), join(dist, shape));
    }
    return true;
  } finally {
    for (const [, shape] of shapes) rmSync(staged(shape), { recursive: true, force: true });
  }
}

const directory = process.cwd();
const stamp = join(root, "node_modules/.cache/build", `${basename(directory)}.sha256`);
const shared = createHash("sha256");
for (const file of ["tsconfig.base.json", "scripts/build-package.mjs"]) shared.update(readFileSync(join(root, file)));
const wanted = fingerprint(directory, shared).digest("hex");
const built = shapes.every(([, shape]) => existsSync(join(directory, "dist", shape, "index.js")));
const fresh = built && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;

if (!fresh || process.argv.includes("--force")) {
  if (!build(directory)) process.exit(1);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
