import fs from "node:fs";
import path from "node:path";
import { parseFrontmatter } from "./frontmatter.mjs";

/** The parts of test262 in which a rewritten function could matter. */
const SCOPE = [
  "test/language",
  "test/annexB/language",
  ...["Function", "GeneratorFunction", "AsyncFunction", "AsyncGeneratorFunction", "GeneratorPrototype", "AsyncGeneratorPrototype",
    "Promise", "AsyncIteratorPrototype", "AsyncFromSyncIteratorPrototype", "Iterator", "Proxy", "Reflect"].map((name) => `test/built-ins/${name}`),
];

/** Features that no Node has, or that a realm of the vm module cannot show. */
const SKIPPED_FEATURES = new Set(["IsHTMLDDA", "host-gc-required", "ShadowRealm", "decorators", "source-phase-imports",
  "source-phase-imports-module-source", "import-defer", "import-text", "import-bytes", "AbstractModuleSource", "tail-call-optimization", "export-defer"]);

/** Tests whose assertions read a function's source text or the legacy chain of callers: there a rewritten function may differ. */
const MAY_DIFFER = [
  [/^test\/built-ins\/Function\/prototype\/toString\//, "Function.prototype.toString"],
  [/^test\/annexB\/.*\/toString\//, "Function.prototype.toString"],
  [/\/(?:less-than|greater-than-or-equal)\/S11\.8\.[14]_A3\.2_T1\.2\.js$/, "functions compared as strings"],
  [/arguments-object\/10\.6-13-a-[23]\.js/, "f.caller"],
];

export function mayDiffer(root, file) {
  const known = MAY_DIFFER.find(([pattern]) => pattern.test(file));
  if (known) return known[1];
  return /nativeFunctionMatcher\.js/.test(fs.readFileSync(path.join(root, file), "utf8")) ? "Function.prototype.toString" : undefined;
}

function* filesBelow(root, directory) {
  for (const entry of fs.readdirSync(path.join(root, directory), { withFileTypes: true })) {
    const name = `${directory}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, name);
    else if (name.endsWith(".js") && !name.includes("_FIXTURE")) yield name;
  }
}

function modesOf({ flags }) {
  if (flags.includes("module")) return ["module"];
  if (flags.includes("raw")) return ["raw"];
  if (flags.includes("onlyStrict")) return ["strict"];
  return flags.includes("noStrict") ? ["sloppy"] : ["sloppy", "strict"];
}

/** Every test in scope, scripts once sloppy and once strict where the test allows both. */
export function listJobs(root, filters) {
  const jobs = [];
  for (const directory of SCOPE) {
    if (!fs.existsSync(path.join(root, directory))) continue;
    for (const file of filesBelow(root, directory)) {
      if (filters.length > 0 && !filters.some((filter) => filter.test(file))) continue;
      const meta = parseFrontmatter(fs.readFileSync(path.join(root, file), "utf8"));
      if (meta.features.some((feature) => SKIPPED_FEATURES.has(feature)) || meta.flags.includes("CanBlockIsFalse")) continue;
      for (const mode of modesOf(meta)) jobs.push({ id: `${file}#${mode}`, file, mode });
    }
  }
  return jobs;
}
