import type { NestBuilder } from "../nest-builder.js";
import type { Surroundings } from "./detect.js";
import type { Draft } from "./draft.js";
import { JsonText } from "./json-edit.js";
import { changeScripts } from "./scripts.js";

const TRANSFORMER = "@errspan/transformer";
const RSPACK = `${TRANSFORMER}/rspack`;

/** Nest's own plugins stand in front: ours sees the sources first in any case. */
const IN_RSPACK = "(options) => ({ ...options, plugins: [...options.plugins, errspan()] })";

/** Builders that take no plugins of the compiler are served by what comes before or behind them. */
export function useNestBuilder(draft: Draft, builder: Extract<NestBuilder, "swc" | "rspack">, surroundings: Surroundings): void {
  draft.need("development", TRANSFORMER);
  if (builder === "rspack") useRspack(draft);
  else useOutput(draft, surroundings);
}

function useRspack(draft: Draft): void {
  const file = "rspack.config.js";
  const text = draft.read(file);
  if (text?.includes(RSPACK) === true) return;
  const isModule = new JsonText(draft.read("package.json") ?? "{}", "package.json").get(["type"]) === "module";
  const lines = isModule
    ? `import errspan from "${RSPACK}";\n\nexport default ${IN_RSPACK};\n`
    : `const { errspan } = require("${RSPACK}");\n\nmodule.exports = ${IN_RSPACK};\n`;
  if (text === null) draft.write(file, lines);
  else draft.byHand.push({ what: `${file} is there already. Add the plugin to those of the Nest CLI`, lines: lines.trimEnd() });
}

/** What SWC has written is rewritten after a build, and when it is loaded where `nest start` builds and runs. */
function useOutput(draft: Draft, surroundings: Surroundings): void {
  const tsconfig = draft.read("tsconfig.json");
  const outDir = tsconfig === null ? undefined : new JsonText(tsconfig, "tsconfig.json").get(["compilerOptions", "outDir"]);
  const output = typeof outDir === "string" ? outDir.replace(/^\.\//, "").replace(/\/$/, "") : "dist";
  changeScripts(draft, surroundings, (command) => {
    if (command.includes("errspan")) return command;
    const built = command.replaceAll(/\bnest\s+build\b(?:\s+[^\s&|;"']+)*/g, `$& && errspan instrument ${output}`);
    return /["']|\s(?:-e|--exec)[\s=]/.test(built) ? built : built.replaceAll(/\bnest\s+start\b/g, `$& --exec "node --import ${TRANSFORMER}/register"`);
  });
}
