import { isFunctionNode } from "../parse/estree.js";
import type { Class, Decorator, ObjectExpression } from "../parse/estree.js";
import { onOneLine } from "./comment-options.js";
import { CODES } from "./diagnostics.js";
import type { Problem } from "./diagnostics.js";
import type { DiscoveredFunction } from "./discovered.js";
import { freeNames, namesInFunctions } from "./free-names.js";
import type { RawOptions } from "./option-types.js";
import type { Range } from "./plan.js";
import { memberName, readOptions } from "./read-options.js";
import type { TracedBindings } from "./traced-bindings.js";

/** What a `@traced` decorator says. */
export type DecoratorMarker =
  | { readonly type: "compiled"; readonly options: RawOptions; readonly remove: Range; readonly offset: number }
  /** It stays, and works when the program runs. */
  | { readonly type: "stays"; readonly problem: Problem }
  | { readonly type: "broken"; readonly problems: readonly Problem[]; readonly offset: number };

/** The runtime's decorators among these. */
export function tracedDecorators(decorators: readonly Decorator[], bindings: TracedBindings): Decorator[] {
  return decorators.filter(({ expression }) =>
    bindings.isTraced(expression.type === "CallExpression" ? expression.callee : expression),
  );
}

/** Says that a decorator is not compiled. */
export function decoratorStays(decorator: Decorator, why: string): Problem {
  return {
    code: CODES.decoratorStays,
    severity: "info",
    message: `The decorator stays and does its work when the program runs, because ${why}.`,
    offset: decorator.start,
  };
}

function stays(decorator: Decorator, why: string): DecoratorMarker {
  return { type: "stays", problem: decoratorStays(decorator, why) };
}

/** Names that a method binds, and that an arrow function which moves into it could catch by mistake. */
function namesInside(target: DiscoveredFunction["node"] | Class): Set<string> {
  if (isFunctionNode(target)) return namesInFunctions([target]);
  return namesInFunctions(
    target.body.body.flatMap((element) => (element.type === "MethodDefinition" ? [element.value] : [])),
  );
}

/**
 * Takes the arrow function of `fields`. It moves from the class into the method, so no name that it takes from outside
 * may mean something else there.
 *
 * @returns undefined without such an option, null where it must stay
 */
function fieldsArrow(
  object: ObjectExpression,
  target: DiscoveredFunction["node"] | Class,
  source: string,
): { arrow: string } | null | undefined {
  const property = object.properties.find((candidate) => memberName(candidate) === "fields");
  if (property?.type !== "Property" || property.value.type !== "ArrowFunctionExpression") return undefined;
  const arrow = property.value;
  if (arrow.async) return null;
  const inside = namesInside(target);
  // `this` and `arguments` are others there.
  const usesReceiver = /\b(?:this|super|arguments)\b/.test(source.slice(arrow.start, arrow.end));
  if (usesReceiver || freeNames(arrow).some(({ name }) => inside.has(name))) return null;
  const text = onOneLine(arrow, source, []);
  return text === null || /\/[/*]/.test(text) ? null : { arrow: text };
}

/**
 * Reads a `@traced` decorator. It is compiled away where that changes nothing: its options are literals (and `fields`
 * an inline arrow function), and no other decorator stands between it and what it decorates.
 */
export function readDecorator(
  decorator: Decorator,
  all: readonly Decorator[],
  target: DiscoveredFunction["node"] | Class,
  source: string,
): DecoratorMarker {
  const { expression } = decorator;
  const remove = { start: decorator.start, end: decorator.end };
  const offset = decorator.start;
  if (all.at(-1) !== decorator) {
    return stays(decorator, "another decorator stands between it and what it decorates; put it last to have it compiled");
  }
  const [argument, ...rest] = expression.type === "CallExpression" ? expression.arguments : [];
  if (argument === undefined) return { type: "compiled", options: {}, remove, offset };
  if (argument.type !== "ObjectExpression" || rest.length > 0) {
    return stays(decorator, "its options are no object literal");
  }
  const { options, problems, dynamic } = readOptions(argument, 0, null);
  if (problems.length > 0) return { type: "broken", problems, offset };
  if (dynamic !== null) return stays(decorator, "its options are not literals");
  const fields = fieldsArrow(argument, target, source);
  if (fields === null) return stays(decorator, 'the function in "fields" uses names that the method could hide');
  return { type: "compiled", options: fields === undefined ? options : { ...options, fields }, remove, offset };
}
