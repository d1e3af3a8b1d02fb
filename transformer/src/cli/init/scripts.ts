import type { Surroundings } from "./detect.js";
import type { Draft } from "./draft.js";
import { JsonText } from "./json-edit.js";

/** What may stand in front of a program's name in a script: another command, variables, what runs programs. */
const PREFIX = String.raw`(?<=(?:^|[&|;]|\s--exec[ =]|\s--\s)\s*["']?(?:(?:npx|cross-env|env|\w+=\S*)\s+)*)`;

/** Runs that have no program of the project's: its tests, an expression, questions to Node itself. */
const NO_PROGRAM = String.raw`(?!\s+(?:--test|--check|--eval|--help|--print|--version|-[cehpv])\b)`;

/** A pattern for the runs of a program in a script; its first group is what options of Node's go behind. */
export function runsOf(program: string, following = ""): RegExp {
  return new RegExp(`${PREFIX}(${program})(?=\\s)${NO_PROGRAM}${following}`, "g");
}

/** Node, or tsx, whose `watch` comes before the options. */
export const NODE_OR_TSX = String.raw`node|tsx(?:\s+watch)?`;

/** Rewrites scripts of package.json; those for which `change` gives the same stay as they are. */
export function changeScripts(draft: Draft, surroundings: Surroundings, change: (command: string) => string): boolean {
  const text = draft.read("package.json");
  if (text === null) return false;
  const manifest = new JsonText(text, "package.json");
  let changed = false;
  for (const [name] of surroundings.manifest?.scripts ?? []) {
    const command = String(manifest.get(["scripts", name]));
    const replaced = change(command);
    if (replaced === command) continue;
    manifest.replace(["scripts", name], replaced);
    changed = true;
  }
  draft.write("package.json", manifest.toString());
  return changed;
}

/** Adds a script, unless there is one of that name. */
export function addScript(draft: Draft, name: string, command: string): void {
  const text = draft.read("package.json");
  if (text === null) return;
  const manifest = new JsonText(text, "package.json");
  manifest.add(["scripts"], name, command);
  draft.write("package.json", manifest.toString());
}
