import { inspect } from "node:util";
import { createContext, runInContext } from "node:vm";
import { plan } from "../../../src/plan/create-plan.js";
import type { ModuleFormat } from "../../../src/plan/plan.js";
import { rewriteText } from "../../../src/rewrite/text/rewrite-text.js";

/** The text with every function traced. */
export function rewritten(source: string, format: ModuleFormat = "script", filename = "program.js"): string {
  const planned = plan(source, { filename, format, config: { select: [{ functions: "all" }] } });
  return rewriteText(source, planned)?.code ?? source;
}

/** The rewritten text with the long parts, which are the same everywhere, cut short. */
export function shortened(source: string, format?: ModuleFormat, filename?: string): string {
  return rewritten(source, format, filename)
    .replace(/^;?(?:import \* as __errspan from |var __errspan=require\()"@errspan\/runtime\/emit"[^;]*;(?:var [\w,]+;)?/, "")
    .replaceAll(/const __errspan_s=__errspan\.enter\(.*?:__errspan_\d+\);try\{/g, "«")
    .replaceAll("}catch(__errspan_e){(0,__errspan.fail)(__errspan_s,__errspan_e);throw __errspan_e}", "»")
    .replaceAll(/\(0,\{("\w+"):\(\)=>\{try\{return\(/g, "‹$1:")
    .replaceAll(/\)\}catch\(__errspan_e\)\{__errspan\.failParameters\(.*?:__errspan_\d+,__errspan_e\);throw __errspan_e\}\}\}\["\w+"\]\)\(\)/g, "›")
    .replaceAll(/\(0,(__errspan\.\w+)\)/g, "$1")
    .replaceAll(/__errspan\.(\w+)\(__errspan_s/g, "$1(s")
    .replaceAll(/__errspan\.(resumed|returned|resolved|done)\(/g, "$1(")
    .replaceAll("__errspan_s", "s");
}

/** What a program may see of the helpers: nothing. These do nothing, as they do while no SDK is registered. */
export const idle = {
  site: (...description: unknown[]) => description,
  enter: (_site: unknown): unknown => undefined,
  exit(_state: unknown): void {},
  fail(_state: unknown, _error: unknown): void {},
  failParameters(_site: unknown, _error: unknown): void {},
  done: (value: unknown, _state: unknown) => value,
  returned: (value: unknown, _state: unknown) => value,
  resolved: (value: unknown, _state: unknown) => value,
  suspend: (_state: unknown, value: unknown) => value,
  resume(_state: unknown): void {},
  resumed: (value: unknown, _state: unknown) => value,
  delegate: (_state: unknown, value: unknown) => value,
  suspendAtDispose: (_state: unknown) => ({ [Symbol.dispose](): void {} }),
};

export type Helpers = typeof idle;

/** Runs a script in a realm of its own and tells what it logged, and how it ended. */
export async function run(code: string, helpers: Partial<Helpers> = {}): Promise<string[]> {
  const lines: string[] = [];
  const log = (...values: unknown[]): void => {
    lines.push(values.map((value) => (typeof value === "string" ? value : inspect(value))).join(" "));
  };
  const context = createContext({ log, require: () => ({ ...idle, ...helpers }) });
  try {
    await runInContext(code, context);
  } catch (error) {
    log("threw", String(error));
  }
  // Whatever the script has left to do by itself.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  return lines;
}
