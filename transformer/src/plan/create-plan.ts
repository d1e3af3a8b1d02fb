import { compileConfig } from "../config/compile.js";
import type { CompiledSelector } from "../config/compile.js";
import type { ErrspanConfig } from "../config/config.js";
import { lower } from "../lower/lower.js";
import { languageOf } from "../parse/language.js";
import { createLineTable } from "../parse/lines.js";
import type { ParsedFile, ParseFailure } from "../parse/parse.js";
import { parseSource } from "../parse/parse.js";
import { hasTypedHead, holdsTypes } from "../parse/types.js";
import { findCommentMarkers, mentionsMarker } from "./comment-markers.js";
import { CODES, toDiagnostic } from "./diagnostics.js";
import type { Problem } from "./diagnostics.js";
import { discover } from "./discover.js";
import type { DiscoveredFunction } from "./discovered.js";
import { exportedNames } from "./exports.js";
import { FieldScope } from "./fields.js";
import { relativePath } from "./file-path.js";
import { choosePrefix, importPosition } from "./insertion.js";
import { mayHaveWork } from "./may-have-work.js";
import { Markings } from "./markings.js";
import type { Marking } from "./markings.js";
import { explainMisplaced } from "./misplaced-markers.js";
import { detectFormat } from "./module-format.js";
import { qualifiedName } from "./names.js";
import type { RawOptions } from "./option-types.js";
import { parameterNames } from "./parameters.js";
import type { Diagnostic, ModuleFormat, Plan, PlannedFunction, SpanOptions } from "./plan.js";
import { findEarlierRewriting } from "./rewritten.js";
import { selectorsFor, selectorsPicking } from "./select.js";
import { SelectorFields } from "./selector-fields.js";
import { fromSelector, toSpanOptions } from "./span-options.js";
import { findTracedBindings } from "./traced-bindings.js";

/** What to plan a file with. */
export interface PlanOptions {
  /** Absolute, or relative to `root`. Its extension tells the language. */
  readonly filename: string;
  readonly config?: ErrspanConfig;
  /** Directory that globs and reported paths are relative to. */
  readonly root?: string;
  /** The module system, where the text has no module syntax that tells. */
  readonly format?: ModuleFormat;
}

/** A function that is going to be traced, or that was meant to be and is refused. */
interface Candidate {
  readonly found: DiscoveredFunction;
  readonly marking: Marking;
  readonly options: SpanOptions;
  readonly selectors: readonly number[];
}

/** Says which selectors picked a function in a file; a host that sees the whole build can tell which never did. */
export interface PlanWithSelection extends Plan {
  /** Positions (in the config's `select`) of the selectors that picked at least one function here. */
  readonly usedSelectors: readonly number[];
}

const FAILURES: Record<ParseFailure["reason"], { code: string; prefix: string }> = {
  syntax: { code: CODES.syntaxError, prefix: "The file is left alone because it cannot be parsed" },
  nesting: { code: CODES.nestedTooDeep, prefix: "The file is left alone" },
  parser: { code: CODES.parserFailed, prefix: "The file is left alone because the parser failed" },
};

/** What the options on a class say for one of its methods. */
function forMethod(options: RawOptions, found: DiscoveredFunction, parameters: readonly string[]): RawOptions {
  const { name, args } = options;
  return {
    ...options,
    ...(name === undefined ? {} : { name: `${name}.${found.name ?? ""}` }),
    ...(args === undefined || args === "all" ? {} : { args: args.filter((named) => parameters.includes(named.name)) }),
  };
}

const NO_OPTIONS: SpanOptions = {};

/** What the selectors say, in their order, and then the marker. */
function optionsOf(
  found: DiscoveredFunction,
  marking: Marking,
  picking: readonly CompiledSelector[],
  selectorFields: SelectorFields,
): SpanOptions {
  if (marking.type !== "traced" && picking.every(({ selector }) => selector.options === undefined)) return NO_OPTIONS;
  const parameters = parameterNames(found.node);
  const merged: RawOptions = {};
  for (const { selector } of picking) {
    Object.assign(
      merged,
      fromSelector(selector.options ?? {}, parameters, (expression) => selectorFields.applies(expression, found)),
    );
  }
  if (marking.type === "traced") {
    Object.assign(merged, marking.ofClass === null ? marking.options : forMethod(marking.options, found, parameters));
  }
  return toSpanOptions(merged, parameters);
}

function reasonFor(marking: Marking, selectors: readonly number[]): string {
  if (marking.type !== "traced") return selectors.map((index) => `select[${index}]`).join(", ");
  if (marking.ofClass === null) return "@traced";
  return `@traced on class ${marking.ofClass.id?.name ?? "<anonymous>"}`;
}

/**
 * Scripts of one page share their global variables, and so would share the records of their sites: theirs are numbered
 * from a number made of the file's path ({@link http://www.isthe.com/chongo/tech/comp/fnv/ FNV-1a}).
 */
function firstIndexInScript(file: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < file.length; i++) hash = Math.imul(hash ^ file.charCodeAt(i), 0x01000193) >>> 0;
  return hash * 100_000;
}

class Planner {
  readonly #source: string;
  readonly #options: PlanOptions;
  readonly #file: string;
  readonly #lines;
  readonly #problems: Problem[] = [];

  constructor(source: string, options: PlanOptions) {
    this.#source = source;
    this.#options = options;
    this.#file = relativePath(options.filename, options.root);
    this.#lines = createLineTable(source);
  }

  plan(): PlanWithSelection {
    const config = compileConfig(this.#options.config ?? {});
    for (const { message, ofKey } of config.problems) {
      const code = ofKey ? CODES.configUnknownKey : CODES.configWrongValue;
      this.#problems.push({ code, severity: "error", message: `The config is not valid: ${message}`, offset: 0 });
    }
    const { filename } = this.#options;
    if (!mayHaveWork(this.#source, filename, this.#options.config, this.#options.root)) return this.#nothing();
    const selectors = selectorsFor(config, this.#file);
    const parsed = parseSource(this.#source, filename, this.#options.format);
    if ("reason" in parsed) {
      const { code, prefix } = FAILURES[parsed.reason];
      this.#problems.push({ code, severity: "warning", message: `${prefix}: ${parsed.message}.`, offset: parsed.offset });
      return this.#nothing();
    }
    return this.#planParsed(parsed, selectors);
  }

  #nothing(format: ModuleFormat = this.#options.format ?? "module"): PlanWithSelection {
    return { format, functions: [], diagnostics: this.#diagnostics(), prefix: "__errspan", importAt: 0, typed: false, usedSelectors: [] };
  }

  #diagnostics(): Diagnostic[] {
    return this.#problems
      .sort((a, b) => a.offset - b.offset)
      .map((problem) => toDiagnostic(problem, this.#file, this.#lines));
  }

  #planParsed(parsed: ParsedFile, selectors: readonly CompiledSelector[]): PlanWithSelection {
    const { program, comments } = parsed;
    const { filename } = this.#options;
    const source = this.#source;
    const format = detectFormat(parsed, source, filename, this.#options.format);
    const bindings = findTracedBindings(program);
    const fields = new FieldScope(program);
    const markers = mentionsMarker(source) ? findCommentMarkers(source, comments) : [];
    const markings = new Markings({ text: source, filename }, markers, bindings, fields);
    const earlier = findEarlierRewriting(program, source);
    const discovery = discover(program, source, {
      moduleCode: format === "module",
      exportedNames: exportedNames(program),
      bindings,
      earlier,
    });
    markings.readClasses(discovery);
    const selectorFields = new SelectorFields(filename, fields);
    const candidates: Candidate[] = [];
    for (const found of discovery.functions) {
      const marking = markings.ofFunction(found);
      const picking = marking.type === "untraced" ? [] : selectorsPicking(selectors, found);
      if (marking.type !== "traced" && picking.length === 0) continue;
      if (earlier.includes(found.node)) continue;
      candidates.push({
        found,
        marking,
        options: optionsOf(found, marking, picking, selectorFields),
        selectors: picking.map(({ index }) => index),
      });
    }
    this.#problems.push(...markings.problems, ...explainMisplaced(markings.unused(), program));
    const used = new Set<number>();
    for (const candidate of candidates) for (const index of candidate.selectors) used.add(index);
    const usedSelectors = [...used].sort((a, b) => a - b);
    if (format === null) {
      if (candidates.length > 0) this.#reportUnknownFormat(candidates.length);
      return { ...this.#nothing("script"), usedSelectors };
    }
    const functions = this.#planFunctions(candidates, format === "script" ? firstIndexInScript(this.#file) : 0);
    return {
      format,
      functions,
      diagnostics: this.#diagnostics(),
      prefix: choosePrefix(source),
      importAt: importPosition(program, comments, source),
      typed:
        functions.length > 0 &&
        languageOf(filename) !== "jsx" &&
        (candidates.some(({ found }) => hasTypedHead(found.node)) || holdsTypes(program)),
      usedSelectors,
    };
  }

  #reportUnknownFormat(count: number): void {
    this.#problems.push({
      code: CODES.moduleSystemUnknown,
      severity: "warning",
      message:
        `${count === 1 ? "One function is" : `${count} functions are`} not traced: nothing in this file tells whether ` +
        'it is an ES module, CommonJS or a script. Name it .mjs or .cjs, add "export {}", or have the host pass the format.',
      offset: 0,
    });
  }

  #planFunctions(candidates: readonly Candidate[], firstIndex: number): PlannedFunction[] {
    const lowered = candidates.map((candidate) => {
      const { found, options } = candidate;
      const surroundings = options.ret === true ? { ...found.surroundings, captureReturn: true } : found.surroundings;
      return { ...candidate, lowering: lower(found.node, surroundings, this.#source) };
    });
    // A decorator on a class goes only if all its methods are compiled: what stays must still be traced by it.
    const keptClasses = new Set(
      lowered.flatMap(({ lowering, marking }) =>
        "reason" in lowering && marking.type === "traced" && marking.decorator !== null ? [marking.ofClass] : [],
      ),
    );
    const removed = new Set<number>();
    const functions: PlannedFunction[] = [];
    const twins = new Map<string, PlannedFunction>();
    for (const { found, lowering, marking, options, selectors } of lowered) {
      const functionName = qualifiedName(found.name, found.scope);
      if ("reason" in lowering) {
        this.#problems.push({
          code: lowering.code,
          severity: marking.type === "traced" ? "error" : "warning",
          message: `${functionName} is not traced: ${lowering.reason}.`,
          offset: found.declaration,
          name: functionName,
        });
        continue;
      }
      const decorator = marking.type === "traced" ? marking.decorator : null;
      if (decorator !== null && marking.type === "traced" && marking.ofClass !== null && keptClasses.has(marking.ofClass)) {
        continue;
      }
      const { node } = found;
      const body = node.body;
      if (body === null) continue;
      const { line, column } = this.#lines.at(found.declaration);
      const remove = decorator !== null && !removed.has(decorator.start);
      if (decorator !== null) removed.add(decorator.start);
      // Functions of one text must keep one text where it is all that is used of them: `({ [() => 1]: 2 })[() => 1]`.
      const text = found.asText ? this.#source.slice(node.start, node.end) : null;
      const twin = text === null ? undefined : twins.get(text);
      const planned: PlannedFunction = {
        kind: lowering.kind,
        node: { start: node.start, end: node.end },
        body: { start: body.start, end: body.end },
        expressionBody: body.type !== "BlockStatement",
        begin: lowering.begin,
        site: twin?.site ?? {
          spanName: options.name ?? functionName,
          functionName,
          location: { file: this.#file, line, column },
          options,
        },
        index: twin?.index ?? firstIndex + functions.length,
        operations: lowering.operations,
        exit: lowering.exit,
        because: reasonFor(marking, selectors),
        ...(remove && decorator !== null ? { removeDecorator: decorator } : {}),
      };
      functions.push(planned);
      if (text !== null) twins.set(text, planned);
    }
    return functions;
  }
}

/**
 * Works out what is traced in one file, and how: pure and file-local, so that the same text and options give the same
 * plan wherever it runs. Never throws: what cannot be read is left alone, with a diagnostic.
 *
 * @example
 * plan("/** @traced *\/ export function charge(order) { … }", { filename: "src/order.ts" }).functions[0].site.spanName
 * // "charge"
 */
export function plan(source: string, options: PlanOptions): PlanWithSelection {
  return new Planner(source, options).plan();
}
