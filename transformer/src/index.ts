export { tsPatchPlugin as default } from "./host/ts-patch.js";
export type { PluginExtras, PluginOptions } from "./host/ts-patch.js";
export { transform } from "./transform.js";
export type { SourceMapObject } from "./rewrite/text/rewrite-text.js";
export type { TracedFunction, TransformOptions, TransformResult } from "./transform.js";
export type { Diagnostic, FunctionKind, ModuleFormat } from "./plan/plan.js";
