import type { Class, Decorator, Node, ObjectExpression } from "../parse/estree.js";
import { CODES } from "./diagnostics.js";
import type { Problem } from "./diagnostics.js";
import type { DiscoveredFunction } from "./discover.js";
import { freeNames } from "./free-names.js";
import type { RawOptions } from "./option-types.js";
import type { Range } from "./plan.js";
import { memberName, readOptions } from "./read-options.js";
import { onOneLine } from "./comment-options.js";
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

function stays(decorator: Decorator, why: string): DecoratorMarker {
  return {
    type: "stays",
    problem: {
      code: CODES.decoratorStays,
      severity: "info",
      message: `The decorator stays and does its work when the program runs, because ${why}.`,
      offset: decorator.start,
    },
  };
}

/**
 * Takes the arrow function of `fields`. It moves from the class into the method, so no name that it takes from outside
 * may mean something else there.
 */
function fieldsArrow(object: ObjectExpression, target: Node, source: string): { arrow: string } | null | undefined {
  const property = object.properties.find((candidate) => memberName(candidate) === "fields");
  if (property?.type !== "Property" || property.value.type !== "ArrowFunctionExpression") return undefined;
  const arrow = property.value;
  if (arrow.async) return null;
  const inside = source.slice(target.start, target.end);
  const captured = freeNames(arrow).some(({ name }) => new RegExp(`(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(inside));
  if (captured) return null;
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
