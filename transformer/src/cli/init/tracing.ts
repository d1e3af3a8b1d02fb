import { BUNDLERS, listed, newConfig } from "./bundlers.js";
import type { BundlerFacts, FoundBundler } from "./bundlers.js";
import type { Surroundings } from "./detect.js";
import type { Draft } from "./draft.js";
import { JsonText } from "./json-edit.js";
import { addBundlerPlugin, wrapExport } from "./script-edit.js";
import { apiFor } from "./sdk.js";
import { useNestBuilder } from "./nest.js";
import { addScript, changeScripts, NODE_OR_TSX, runsOf } from "./scripts.js";
import { addTelemetry } from "./telemetry.js";
import { EMITTING_TSC } from "./way-in.js";
import type { WayIn } from "./way-in.js";

const TRANSFORMER = "@errspan/transformer";
const REGISTER = "--import @errspan/transformer/register";

/** What may stand behind `tsc` where `errspan build` takes its place. */
const TAKEN_BY_BUILD = /^(?:\s+(?:-p|--project)(?:\s+|=)[^\s&|;]+)?(?:\s+(?:-w|--watch))?\s*(?:$|[&|;])/;

/** Where people call a bundler that has no config file. */
const BUILD_SCRIPTS = ["build", "esbuild", "esbuild.config", "scripts/build"].flatMap((base) =>
  ["js", "mjs", "cjs", "ts", "mts"].map((extension) => `${base}.${extension}`),
);

const NEW_TSCONFIG = `{
  "compilerOptions": {
    "target": "ES2023",
    "module": "NodeNext",
    "strict": true,
    "types": ["node"],
    "rootDir": "src",
    "outDir": "dist",
    "sourceMap": true,
    "plugins": [{ "transform": "@errspan/transformer" }]
  },
  "include": ["src"]
}
`;

/** Adds our entry to a list of plugins in a JSON file; nothing where it is there. */
function addEntry(draft: Draft, file: string, text: string, entry: object, isOurs: (element: unknown) => boolean): void {
  const json = new JsonText(text, file);
  const plugins = json.get(["compilerOptions", "plugins"]);
  if (Array.isArray(plugins)) {
    if (plugins.some(isOurs)) return;
    json.prepend(["compilerOptions", "plugins"], entry);
  } else {
    json.add(["compilerOptions"], "plugins", [entry]);
  }
  draft.write(file, json.toString());
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** Whether a project that a tsconfig refers to names us, or what such projects extend does. */
function isNamedInProjects(draft: Draft, solution: JsonText): boolean {
  const references = solution.get(["references"]);
  const paths = Array.isArray(references) ? references.map((each) => String(member(each, "path")).replace(/^\.\//, "")) : [];
  const files = ["tsconfig.base.json", ...paths.flatMap((path) => (path.endsWith(".json") ? [path] : [`${path}/tsconfig.json`]))];
  return files.some((file) => draft.read(file)?.includes(`"${TRANSFORMER}"`) === true);
}

function useCompiler(draft: Draft, surroundings: Surroundings): void {
  const { typescript } = surroundings;
  draft.need("development", TRANSFORMER, typescript?.startsWith("5.") === true ? "ts-patch@3" : "ts-patch");
  if (typescript === undefined) draft.need("development", "typescript@6", "@types/node");
  const text = draft.read("tsconfig.json");
  if (text === null) {
    draft.write("tsconfig.json", NEW_TSCONFIG);
  } else {
    const json = new JsonText(text, "tsconfig.json");
    const files = json.get(["files"]);
    if (json.get(["references"]) !== undefined && Array.isArray(files) && files.length === 0) {
      if (!isNamedInProjects(draft, json)) draft.byHand.push({
        what: "tsconfig.json only refers to other projects. Add this to compilerOptions of each of them, or of what they extend",
        lines: `"plugins": [{ "transform": "${TRANSFORMER}" }]`,
      });
    } else {
      addEntry(draft, "tsconfig.json", text, { transform: TRANSFORMER }, (each) => member(each, "transform") === TRANSFORMER);
    }
  }
  changeScripts(draft, surroundings, (command) => command.replace(EMITTING_TSC, "$1tspc"));
  addScript(draft, "build", "tspc");
}

function useBuildCommand(draft: Draft, surroundings: Surroundings): void {
  draft.need("development", TRANSFORMER);
  changeScripts(draft, surroundings, (command) =>
    command.replace(EMITTING_TSC, (run, space: string, at: number) => (TAKEN_BY_BUILD.test(command.slice(at + run.length)) ? `${space}errspan build` : run)),
  );
  const text = draft.read("package.json") ?? "{}";
  const scripts: unknown[] = Object.values(new JsonText(text, "package.json").get(["scripts"]) ?? {});
  const left = scripts
    .filter((command) => typeof command === "string")
    .find((command) => command.search(EMITTING_TSC) !== -1 && !command.includes("errspan"));
  if (left !== undefined) {
    draft.byHand.push({
      what: `"${left}" gives tsc options that errspan build does not take. Rewrite what it emits`,
      lines: `${left} && errspan instrument dist`,
    });
  }
  addScript(draft, "build", "errspan build");
}

function useLoader(draft: Draft, surroundings: Surroundings): void {
  draft.need("development", TRANSFORMER);
  const changed = changeScripts(draft, surroundings, (command) =>
    command.includes("@errspan/transformer/register") ? command : command.replaceAll(runsOf(NODE_OR_TSX), `$1 ${REGISTER}`),
  );
  const registered = [...(surroundings.manifest?.scripts.values() ?? [])].some((command) => command.includes("@errspan/transformer/register"));
  if (!changed && !registered) draft.byHand.push({ what: "Start your program like this", lines: `node ${REGISTER} <your program>` });
}

function useBundler(draft: Draft, { name, config }: FoundBundler, { typescript }: Surroundings): void {
  draft.need("development", TRANSFORMER);
  const { entry, other, plugins }: BundlerFacts = BUNDLERS[name];
  const specifier = `${TRANSFORMER}/${entry}`;
  const created = config === null ? newConfig(name, typescript !== undefined) : null;
  if (created !== null) {
    draft.write(created.file, created.text);
    return;
  }
  const text = config === null ? null : draft.read(config);
  if (config !== null && text?.includes(specifier) === true) return;
  const places = [{ entry, plugins }, ...(other === undefined ? [] : [other])];
  const edited =
    config === null
      ? null
      : places.reduce<string | null>(
          (before, each) =>
            before === null ? null : addBundlerPlugin(before, config, each.plugins, { specifier: `${TRANSFORMER}/${each.entry}`, use: (plugin) => `${plugin}()`, requiredName: "errspan" }),
          text,
        );
  if (config !== null && edited !== null) {
    draft.write(config, edited);
    return;
  }
  if (config === null && BUILD_SCRIPTS.some((file) => draft.read(file)?.includes(specifier) === true)) return;
  const [imports, lists] = [
    places.map((each, index) => `import errspan${index === 0 ? "" : "Plugin"} from "${TRANSFORMER}/${each.entry}";`),
    places.map((each, index) => listed(each.plugins, `errspan${index === 0 ? "" : "Plugin"}()`)),
  ];
  draft.byHand.push({
    what: config === null ? `Add the plugin where you call ${name}` : `${config} has a shape that cannot be edited safely. Add the plugin there`,
    lines: `${imports.join("\n")}\n\n${lists.join(",\n")}`,
  });
}

function useNest(draft: Draft): void {
  draft.need("development", TRANSFORMER);
  const text = draft.read("nest-cli.json");
  const name = `${TRANSFORMER}/nest`;
  if (text !== null) addEntry(draft, "nest-cli.json", text, { name }, (each) => each === name || member(each, "name") === name);
}

function useNext(draft: Draft, { typescript }: Surroundings): void {
  draft.need("development", TRANSFORMER);
  const specifier = `${TRANSFORMER}/next`;
  const file = ["next.config.ts", "next.config.mts", "next.config.mjs", "next.config.js"].find((each) => draft.read(each) !== null);
  if (file === undefined) {
    draft.write(typescript === undefined ? "next.config.mjs" : "next.config.ts", `import errspan from "${specifier}";\n\nexport default errspan({});\n`);
    return;
  }
  const text = draft.read(file) ?? "";
  if (text.includes(TRANSFORMER)) return;
  const edited = wrapExport(text, file, { specifier, use: (name) => name, requiredName: "errspan" });
  if (edited !== null) draft.write(file, edited);
  else draft.byHand.push({ what: `${file} has a shape that cannot be edited safely. Put this around what it exports`, lines: `import errspan from "${specifier}";\n\nexport default errspan(nextConfig);` });
}

/** What has to change so that marked functions are traced. */
export function addTracing(draft: Draft, way: WayIn, surroundings: Surroundings): void {
  draft.need("runtime", "@errspan/runtime", apiFor(surroundings));
  switch (way.kind) {
    case "tspc":
      useCompiler(draft, surroundings);
      break;
    case "build":
      useBuildCommand(draft, surroundings);
      break;
    case "register":
      useLoader(draft, surroundings);
      break;
    case "bundler":
      useBundler(draft, way, surroundings);
      break;
    case "nest":
      if (way.builder === "swc" || way.builder === "rspack") useNestBuilder(draft, way.builder, surroundings);
      else useNest(draft);
      break;
    case "next":
      useNext(draft, surroundings);
      break;
  }
  addTelemetry(draft, way, surroundings);
}

/** What a way in is called. */
export function describeWayIn(way: WayIn): string {
  switch (way.kind) {
    case "tspc":
      return "by the compiler, tspc";
    case "build":
      return "by errspan build, which runs the compiler";
    case "register":
      return "by Node's loader";
    case "bundler":
      return way.name === "astro" || way.name === "nuxt" ? `by a plugin of Vite, which ${way.name} runs` : `by a plugin of ${way.name}`;
    case "nest":
      if (way.builder === "swc") return "in what SWC has written for the Nest CLI";
      return way.builder === "rspack" ? "by a plugin of Rspack, which the Nest CLI runs" : "by a plugin of the Nest CLI";
    case "next":
      return "by a loader in Next.js";
  }
}
