import type ts from "typescript";
import type { ErrspanConfig } from "../config/config.js";
import type { Diagnostic } from "../plan/plan.js";
import type { TypeScript } from "../rewrite/tree/typescript.js";

/** What may stand in the plugin entry beside `"transform"`: a config, which wins over errspan.config.json. */
export interface PluginOptions extends ErrspanConfig {
  /** Path of the config file, relative to the tsconfig. Default: `errspan.config.json` beside it, if there is one. */
  readonly config?: string;
}

export function readPluginConfig(
  _ts: TypeScript,
  _program: ts.Program,
  options: PluginOptions,
  _root: string,
): { config: ErrspanConfig | null; diagnostics: readonly { diagnostic: Diagnostic; file: ts.SourceFile | undefined }[] } {
  return { config: options, diagnostics: [] };
}
