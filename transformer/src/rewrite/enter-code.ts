import type { FunctionKind, PlannedFunction, SpanOptions } from "../plan/plan.js";

/** The module that rewritten code calls. */
export const EMIT_MODULE = "@errspan/runtime/emit";

/** The module that it calls where arguments or results are captured. */
const CAPTURE_MODULE = "@errspan/runtime/capture";

/** The names that rewritten code uses; the prefix occurs nowhere else in the file. */
export interface HelperNames {
  /** Namespace of the runtime's helpers. */
  readonly runtime: string;
  /** Namespace of the helpers that capture arguments and results, in files that need them. */
  readonly capture: string;
  /** The state of the call that is running. Nested functions shadow it. */
  readonly state: string;
  /** The caught error. */
  readonly error: string;
  /** The record of the site with an index. */
  readonly site: (index: number) => string;
  /** The resource behind an `await using` declaration; named by the offset of that, for a block may hold several. */
  readonly disposal: (offset: number) => string;
}

let known: { readonly prefix: string; readonly names: HelperNames } | undefined;

/** The helper names of a file. Nearly all have the same. */
export function helperNames(prefix: string): HelperNames {
  if (known?.prefix !== prefix) known = { prefix, names: namesWith(prefix) };
  return known.names;
}

function namesWith(prefix: string): HelperNames {
  return {
    runtime: prefix,
    capture: `${prefix}_c`,
    state: `${prefix}_s`,
    error: `${prefix}_e`,
    site: (index) => `${prefix}_${index}`,
    disposal: (offset) => `${prefix}_d${offset}`,
  };
}

/** The helpers that some functions of a file call: name of the namespace, and module. */
export function helperModules(functions: readonly PlannedFunction[], names: HelperNames): readonly (readonly [string, string])[] {
  const capture = functions.some(({ site: { options } }) => options.ret === true || (options.args?.length ?? 0) > 0);
  const emit = [names.runtime, EMIT_MODULE] as const;
  return capture ? [emit, [names.capture, CAPTURE_MODULE]] : [emit];
}

/** `SpanKind` of OpenTelemetry by the names that options have. */
const SPAN_KINDS: readonly string[] = ["internal", "server", "client", "producer", "consumer"];

/** What `site()` is told about the kind of a function: bit 0 asynchronous, bit 1 generator. */
export const KIND_BITS: Readonly<Record<FunctionKind, number>> = {
  function: 0,
  constructor: 0,
  async: 1,
  generator: 2,
  "async-generator": 3,
};

/** Added to it where each `return` ends the call. */
const LEAVING = 4;

/** Source of a property key; `"__proto__"` would set the prototype. */
export function propertyKey(key: string): string {
  return key === "__proto__" ? '["__proto__"]' : JSON.stringify(key);
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, each]) => `${propertyKey(key)}:${literal(each)}`)
      .join(",")}}`;
  }
  return JSON.stringify(value);
}

function siteOptions({ kind, attributes, ret, root, span }: SpanOptions, capture: string): string {
  const spanKind = kind === undefined ? undefined : SPAN_KINDS.indexOf(kind);
  const constant = Object.entries({ kind: spanKind, attributes, root, span })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${propertyKey(key)}:${literal(value)}`);
  if (ret === true) constant.push(`"ret":${capture}.captureResult`);
  return constant.length > 0 ? `,{${constant.join(",")}}` : "";
}

function isEmpty(options: SpanOptions): boolean {
  for (const _ in options) return false;
  return true;
}

/** What the site record begins with, as source: names, place and kind of the function. */
function siteValues({ kind, exit, site }: PlannedFunction): readonly (string | number)[] {
  const { spanName, functionName, location } = site;
  const name = literal(functionName);
  const shown = spanName === functionName ? name : literal(spanName);
  const kindBits = KIND_BITS[kind] + (exit === "finally" ? 0 : LEAVING);
  return [shown, name, literal(location.file), location.line, location.column, kindBits];
}

/** Expression that makes the site record: `(0,__errspan.site)(["charge","Orders.charge","src/orders.ts",3,3,5])`. */
export function siteCode(planned: PlannedFunction, { runtime, capture }: HelperNames): string {
  const { options } = planned.site;
  // Called without its object, and with one array, `site` takes six registers less of every frame of the function.
  return `(0,${runtime}.site)([${siteValues(planned).join(",")}]${isEmpty(options) ? "" : siteOptions(options, capture)})`;
}

function fieldsCode({ fields }: PlannedFunction["site"]["options"]): string | undefined {
  if (fields === undefined) return undefined;
  if ("arrow" in fields) return `()=>(${fields.arrow})(...arguments)`;
  if (fields.length === 0) return undefined;
  return `()=>({${fields.map(({ key, expression }) => `${propertyKey(key)}:(${expression})`).join(",")}})`;
}

function lazySite(planned: PlannedFunction, names: HelperNames): string {
  const site = names.site(planned.index);
  // Told from undefined, not by its truth: engines make one comparison of that.
  return `${site}===void 0?${site}=${siteCode(planned, names)}:${site}`;
}

/** Call that records an error of the parameter list: `__errspan.failParameters(__errspan_0===void 0?…,__errspan_e)`. */
export function failParametersCode(planned: PlannedFunction, prefix: string): string {
  const names = helperNames(prefix);
  return `${names.runtime}.failParameters(${lazySite(planned, names)},${names.error})`;
}

/**
 * Expression that starts the span of a call, as both rewriters write it. The site record is made on the first call, for
 * hoisted functions run before any statement of their file does in import cycles.
 *
 * @example
 * enterCode(planned, "__errspan");
 * // __errspan.enter(__errspan_0===void 0?__errspan_0=(0,__errspan.site)(["charge","charge","src/charge.ts",1,1,4]):__errspan_0,()=>({"order.id":(order.id)}))
 */
export function enterCode(planned: PlannedFunction, prefix: string): string {
  const names = helperNames(prefix);
  const parameters = [lazySite(planned, names)];
  const { args = [] } = planned.site.options;
  const fields = fieldsCode(planned.site.options);
  if (fields !== undefined || args.length > 0) parameters.push(fields ?? "void 0");
  if (args.length > 0) parameters.push(`()=>${names.capture}.captureArguments({${args.join(",")}})`);
  return `${names.runtime}.enter(${parameters.join(",")})`;
}

/** Characters that stand for themselves in every printer's strings, but for quotes and backslashes. */
const PLAIN = /^[ -~]*$/;

/**
 * What TypeScript prints for the {@link enterCode} of a function without options, which is nearly every one; undefined
 * where it takes the compiler to tell.
 */
export function printedEnterCode(planned: PlannedFunction, prefix: string): string | undefined {
  const { spanName, functionName, location, options } = planned.site;
  if (!isEmpty(options) || !PLAIN.test(functionName) || !PLAIN.test(spanName) || !PLAIN.test(location.file)) return undefined;
  const { runtime, site } = helperNames(prefix);
  const record = site(planned.index);
  const made = `(0, ${runtime}.site)([${siteValues(planned).join(", ")}])`;
  return `${runtime}.enter(${record} === void 0 ? ${record} = ${made} : ${record})`;
}
