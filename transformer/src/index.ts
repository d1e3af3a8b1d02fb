export { tsPatchPlugin as default } from "./host/ts-patch.js";
export type { PluginExtras, PluginOptions } from "./host/ts-patch.js";
