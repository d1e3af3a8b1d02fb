import type { Node, Program } from "../parse/estree.js";
import { walk } from "../parse/walk.js";
import { CODES } from "./diagnostics.js";
import type { Problem } from "./diagnostics.js";
import type { DiscoveredFunction } from "./discovered.js";
import { declaredNames, freeNames, namesInFunctions } from "./free-names.js";
import { parameterNames } from "./parameters.js";
import { closest } from "./suggestion.js";

// What every JavaScript runtime has, and the globals of Node and browsers that people read in such expressions.
const GLOBALS = new Set(
  (
    "undefined NaN Infinity globalThis Object Function Array String Number Boolean BigInt Symbol Date RegExp Error " +
    "AggregateError TypeError RangeError Map Set WeakMap WeakSet WeakRef Promise Proxy Reflect JSON Math Intl " +
    "ArrayBuffer SharedArrayBuffer DataView Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array " +
    "Float32Array Float64Array BigInt64Array BigUint64Array Uint8ClampedArray Iterator Temporal parseInt parseFloat " +
    "isNaN isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent structuredClone performance process " +
    "Buffer URL URLSearchParams TextEncoder TextDecoder AbortSignal Headers Request Response FormData Blob File " +
    "navigator location document window self crypto Event EventTarget console require module __dirname __filename"
  ).split(" "),
);

/** Constructs that have no business in a field: they would need the function's own control flow, or change its state. */
function misplacedConstruct(node: Node): string | null {
  switch (node.type) {
    case "AwaitExpression":
      return "await";
    case "YieldExpression":
      return "yield";
    case "AssignmentExpression":
    case "UpdateExpression":
      return "an assignment";
    case "UnaryExpression":
      return node.operator === "delete" ? "delete" : null;
    case "ImportExpression":
      return "import()";
    default:
      return null;
  }
}

/** Tells what names field expressions of a function may use. */
export class FieldScope {
  readonly #program: Program;
  #moduleNames: Set<string> | undefined;

  constructor(program: Program) {
    this.#program = program;
  }

  #outerNames(found: DiscoveredFunction): Set<string> {
    const enclosing = [];
    for (let outer = found.parent; outer !== null; outer = outer.parent) enclosing.push(outer.node);
    const names = namesInFunctions(enclosing);
    this.#moduleNames ??= declaredNames(this.#program);
    for (const name of this.#moduleNames) names.add(name);
    return names;
  }

  /**
   * Checks the parsed expression of one field.
   *
   * @param base what to add to the expression's offsets to get offsets into the file
   */
  check(key: string, expression: Node, base: number, found: DiscoveredFunction): Problem[] {
    const problems: Problem[] = [];
    const say = (code: string, node: Node, message: string): void => {
      problems.push({ code, severity: "error", message, offset: base + node.start });
    };
    const derived = found.surroundings.constructorOf?.derived === true;
    walk(expression, (node) => {
      const construct = misplacedConstruct(node);
      if (construct !== null) {
        say(CODES.badFieldExpression, node, `Field "${key}" uses ${construct}; a field is a plain expression over the parameters.`);
        return false;
      }
      if (derived && (node.type === "ThisExpression" || node.type === "Super")) {
        say(CODES.badFieldExpression, node, `Field "${key}" uses "this", which a derived constructor has not got before super() returns. Use its parameters.`);
        return false;
      }
      return undefined;
    });
    const parameters = new Set(parameterNames(found.node));
    let outer: Set<string> | undefined;
    for (const { name, node } of freeNames(expression)) {
      if (parameters.has(name) || GLOBALS.has(name)) continue;
      if (name === "arguments" && found.node.type !== "ArrowFunctionExpression") continue;
      outer ??= this.#outerNames(found);
      if (outer.has(name)) continue;
      const candidate = closest(name, [...parameters, ...outer]);
      const hint =
        candidate !== undefined
          ? ` Did you mean "${candidate}"?`
          : parameters.size > 0
            ? ` Its parameters are ${[...parameters].join(", ")}.`
            : " The function has no parameters.";
      say(CODES.unknownName, node, `Field "${key}" uses "${name}", which is neither a parameter of the function nor a name around it.${hint}`);
    }
    return problems;
  }
}
