import type { CompiledConfig, CompiledSelector } from "../config/compile.js";
import type { DiscoveredFunction } from "./discovered.js";
import { qualifiedName } from "./names.js";

/** Selectors that have a say in this file. */
export function selectorsFor(config: CompiledConfig, file: string): readonly CompiledSelector[] {
  return config.selectors.filter((selector) => selector.matchesFile(file));
}

function picks({ selector, matchesClass, matchesName }: CompiledSelector, found: DiscoveredFunction): boolean {
  if (selector.functions === "exported" && !found.exported) return false;
  if (selector.functions === "methods" && !found.method) return false;
  if (matchesClass !== null && (found.className === null || !matchesClass([found.className]))) return false;
  if (matchesName === null) return true;
  if (found.name === null) return false;
  return matchesName([found.name, qualifiedName(found.name, found.scope)]);
}

/** Selectors that pick a function, in the order of the config. */
export function selectorsPicking(
  selectors: readonly CompiledSelector[],
  found: DiscoveredFunction,
): readonly CompiledSelector[] {
  return selectors.filter((selector) => picks(selector, found));
}
