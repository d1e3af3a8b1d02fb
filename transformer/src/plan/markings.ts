import { isFunctionNode, unwrapTypes } from "../parse/estree.js";
import type { Class, Node } from "../parse/estree.js";
import { isReachedByClass } from "./class-members.js";
import type { CommentMarker } from "./comment-markers.js";
import { readCommentOptions } from "./comment-options.js";
import type { CommentOptions } from "./comment-options.js";
import { decoratorStays, readDecorator, tracedDecorators } from "./decorator-markers.js";
import { CODES } from "./diagnostics.js";
import type { Problem } from "./diagnostics.js";
import type { DiscoveredClass, DiscoveredFunction, Discovery } from "./discovered.js";
import type { FieldScope } from "./fields.js";
import { literalValue, NOT_CONSTANT } from "./literals.js";
import type { RawOptions } from "./option-types.js";
import { parameterNames } from "./parameters.js";
import type { Range } from "./plan.js";
import { checkParameterNames } from "./span-options.js";
import type { TracedBindings } from "./traced-bindings.js";

/** What the markers on a function and on its class come to. */
export type Marking =
  | { readonly type: "none" }
  | {
      readonly type: "traced";
      readonly options: RawOptions;
      readonly offset: number;
      readonly decorator: Range | null;
      /** The class whose marker it is; null for a marker of the function's own. */
      readonly ofClass: Class | null;
    }
  /** Left alone whatever selectors say: told so, marked wrongly, or traced by the runtime. */
  | { readonly type: "untraced" };

const NONE: Marking = { type: "none" };
const UNTRACED: Marking = { type: "untraced" };

interface Source {
  readonly text: string;
  readonly filename: string;
}

/** Brings markers and functions together, and collects what is wrong with the markers. */
export class Markings {
  readonly problems: Problem[] = [];
  readonly #source: Source;
  readonly #bindings: TracedBindings;
  readonly #fields: FieldScope;
  readonly #byTarget = new Map<number, CommentMarker[]>();
  readonly #used = new Set<CommentMarker>();
  readonly #ofClasses = new Map<Class, Marking>();
  readonly #markers: readonly CommentMarker[];

  constructor(source: Source, markers: readonly CommentMarker[], bindings: TracedBindings, fields: FieldScope) {
    this.#source = source;
    this.#bindings = bindings;
    this.#fields = fields;
    this.#markers = markers;
    for (const marker of markers) {
      for (const target of marker.targets) {
        const there = this.#byTarget.get(target);
        if (there) there.push(marker);
        else this.#byTarget.set(target, [marker]);
      }
    }
  }

  /** Reads the markers on the classes. Must come before {@link ofFunction}, for methods take them over. */
  readClasses(discovery: Discovery): void {
    for (const found of discovery.classes) {
      const marking = this.#ofClass(found);
      if (marking.type !== "none") this.#ofClasses.set(found.node, marking);
      this.#readFields(found);
    }
  }

  /** Decorators of members that hold no function as far as can be seen. */
  #readFields({ node }: DiscoveredClass): void {
    for (const element of node.body.body) {
      if (element.type !== "PropertyDefinition" && element.type !== "AccessorProperty") continue;
      const value = element.value === null ? null : unwrapTypes(element.value);
      if (value !== null && isFunctionNode(value)) continue;
      for (const decorator of tracedDecorators(element.decorators, this.#bindings)) {
        const certain = element.type === "PropertyDefinition" && (value === null || literalValue(value) !== NOT_CONSTANT);
        this.problems.push(
          certain
            ? {
                code: CODES.markerOnNoFunction,
                severity: "error",
                message: "@traced marks no function: the class property holds no function. Remove the decorator.",
                offset: decorator.start,
              }
            : decoratorStays(decorator, "what it decorates is no function before the program runs"),
        );
      }
    }
  }

  /** The marker that counts for a function: its own before its class's. */
  ofFunction(found: DiscoveredFunction): Marking {
    const own = this.#own(found);
    if (own.type !== "none") return own;
    if (found.wrapped) return UNTRACED;
    const marking = found.memberOf === null ? undefined : this.#ofClasses.get(found.memberOf);
    if (marking === undefined) return NONE;
    return marking.type === "untraced" || found.reachedByClass ? marking : NONE;
  }

  /** Comment markers that no function or class has claimed. */
  unused(): CommentMarker[] {
    return this.#markers.filter((marker) => !this.#used.has(marker));
  }

  #claim(anchors: readonly number[], node: Node): CommentMarker[] {
    const found: CommentMarker[] = [];
    for (const anchor of new Set(anchors)) {
      for (const marker of this.#byTarget.get(anchor) ?? []) {
        // Past an opening parenthesis only the function itself counts, not what it is part of.
        if (marker.targets[0] !== anchor && anchor !== node.start) continue;
        if (this.#used.has(marker)) continue;
        this.#used.add(marker);
        found.push(marker);
      }
    }
    return found.sort((a, b) => a.offset - b.offset);
  }

  #reportDuplicates(offsets: readonly number[], name: string | null): void {
    for (const offset of offsets.slice(1)) {
      this.problems.push({
        code: CODES.duplicateMarker,
        severity: "error",
        message: `${name ?? "This function"} is marked more than once. Keep one marker.`,
        offset,
        ...(name === null ? {} : { name }),
      });
    }
  }

  #own(found: DiscoveredFunction): Marking {
    if (this.#markers.length === 0 && found.decorators.length === 0) return NONE;
    const comments = this.#claim(found.anchors, found.node);
    const decorators = tracedDecorators(found.decorators, this.#bindings);
    const [comment] = comments;
    const [decorator] = decorators;
    this.#reportDuplicates([...comments.map(({ offset }) => offset), ...decorators.map(({ start }) => start)], found.name);
    if (comments.length + decorators.length > 1) return UNTRACED;
    if (comment !== undefined) {
      const read = this.#fromComment(comment);
      if (read === null) return UNTRACED;
      return this.#checked(read.options, comment.offset, null, found, this.#checkFields(read, found));
    }
    if (decorator === undefined) return NONE;
    const marker = readDecorator(decorator, found.decorators, found.node, this.#source.text);
    if (marker.type === "stays") this.problems.push(marker.problem);
    else if (marker.type === "broken") this.problems.push(...marker.problems);
    if (marker.type !== "compiled") return UNTRACED;
    return this.#checked(marker.options, marker.offset, marker.remove, found, []);
  }

  #checkFields(read: CommentOptions, found: DiscoveredFunction): Problem[] {
    return [...read.fieldNodes].flatMap(([key, node]) => this.#fields.check(key, node, read.base, found));
  }

  /** Null where the function is not to be traced. */
  #fromComment(marker: CommentMarker): CommentOptions | null {
    const read = readCommentOptions(marker, this.#source.filename);
    this.problems.push(...read.problems);
    return read.problems.length > 0 || marker.tag === "untraced" ? null : read;
  }

  #checked(
    options: RawOptions,
    offset: number,
    decorator: Range | null,
    found: DiscoveredFunction,
    fieldProblems: readonly Problem[],
  ): Marking {
    const problems = [...checkParameterNames(options, parameterNames(found.node)), ...fieldProblems];
    this.problems.push(...problems);
    if (problems.some(({ severity }) => severity === "error")) return UNTRACED;
    return { type: "traced", options, offset, decorator, ofClass: null };
  }

  #ofClass(found: DiscoveredClass): Marking {
    const comments = this.#claim(found.anchors, found.node);
    const decorators = tracedDecorators(found.node.decorators, this.#bindings);
    const [comment] = comments;
    const [decorator] = decorators;
    this.#reportDuplicates([...comments.map(({ offset }) => offset), ...decorators.map(({ start }) => start)], found.name);
    if (comments.length + decorators.length > 1) return UNTRACED;
    if (comment !== undefined) {
      const read = this.#fromComment(comment);
      return read === null ? UNTRACED : this.#classMarking(found, read.options, comment.offset, null);
    }
    if (decorator === undefined) return NONE;
    const marker = readDecorator(decorator, found.node.decorators, found.node, this.#source.text);
    if (marker.type === "stays") this.problems.push(marker.problem);
    else if (marker.type === "broken") this.problems.push(...marker.problems);
    if (marker.type !== "compiled") return UNTRACED;
    return this.#classMarking(found, marker.options, marker.offset, marker.remove);
  }

  #classMarking({ node, name }: DiscoveredClass, options: RawOptions, offset: number, decorator: Range | null): Marking {
    if (options.fields !== undefined && !("arrow" in options.fields)) {
      this.problems.push({
        code: CODES.classOption,
        severity: "error",
        message: 'Option "fields" names parameters, and the methods of a class have different ones. Mark the methods that it is meant for.',
        offset,
        ...(name === null ? {} : { name }),
      });
      return UNTRACED;
    }
    if (!node.body.body.some(isReachedByClass)) {
      this.problems.push({
        code: CODES.markerOnNoFunction,
        severity: "error",
        message: `The class ${name ?? ""} has no methods that could be traced. Put the marker on a function.`.replace("  ", " "),
        offset,
        ...(name === null ? {} : { name }),
      });
    }
    return { type: "traced", options, offset, decorator, ofClass: node };
  }
}
