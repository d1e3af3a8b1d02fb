import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HOST_CODES } from "../host/codes.js";
import { createLineTable } from "../parse/lines.js";
import type { Diagnostic } from "../plan/plan.js";
import { JsonText } from "./init/json-edit.js";

/** What the Nest CLI compiles with. The first two run TypeScript's compiler, and give it plugins. */
export type NestBuilder = "tsc" | "webpack" | "swc" | "rspack";

const OF_COMMAND = /\bnest\s+(?:build|start)\b[^&|;]*\s(?:-b|--builder)(?:\s+|=)(tsc|webpack|swc|rspack)\b/;

/** Our entry in nest-cli.json. */
const PLUGIN_ENTRY = /"@errspan\/transformer\/nest"/;

/**
 * The builder of a Nest project.
 *
 * @param config text of its nest-cli.json
 * @param scripts commands of its package.json, where a builder may be named, too
 */
export function nestBuilder(config: string, scripts: Iterable<string>): NestBuilder {
  for (const script of scripts) {
    const [, builder] = OF_COMMAND.exec(script) ?? [];
    if (builder !== undefined) return builder as NestBuilder;
  }
  const json = new JsonText(config, "nest-cli.json");
  const named = json.get(["compilerOptions", "builder", "type"]) ?? json.get(["compilerOptions", "builder"]);
  return named === "webpack" || named === "swc" || named === "rspack" ? named : "tsc";
}

/**
 * Finds our plugin entry in a Nest project whose builder takes no plugins, and ignores it without a word.
 *
 * @param root directory of the project, absolute
 */
export function ignoredNestPlugin(root: string): readonly Diagnostic[] {
  const file = join(root, "nest-cli.json");
  const text = readIfThere(file);
  const entry = PLUGIN_ENTRY.exec(text ?? "");
  if (text === undefined || entry === null) return [];
  const builder = builderIn(root, text);
  if (builder !== "swc" && builder !== "rspack") return [];
  const instead =
    builder === "swc"
      ? 'rewrite what it has written, with "nest build && errspan instrument dist"'
      : "put the plugin of @errspan/transformer/rspack into rspack.config.js";
  const message = `The builder "${builder}" of the Nest CLI ignores this plugin: nothing is traced. Take it out, and ${instead} (docs/hosts.md)`;
  return [{ code: HOST_CODES.nestBuilder, severity: "error", message, file, ...createLineTable(text).at(entry.index) }];
}

/** Undefined where a file is no JSON. */
function builderIn(root: string, config: string): NestBuilder | undefined {
  try {
    const scripts = new JsonText(readIfThere(join(root, "package.json")) ?? "{}", "package.json").get(["scripts"]);
    return nestBuilder(config, Object.values(scripts ?? {}).map(String));
  } catch {
    // The Nest CLI itself will say so.
    return undefined;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Then there is nothing in it to find.
    return undefined;
  }
}
