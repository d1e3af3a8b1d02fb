import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { carriersOf } from "./carriers.js";
import { narrowing } from "./conditions.js";
import type { Handler } from "./fate.js";
import { keptByCall } from "./kept-by-call.js";
import { calleeName, calleePath, climb, contains, isFunction, leavesFunction, literalString, memberName, type Node, unwrap } from "./syntax.js";
import { keptInStores, type Store, storesOf } from "./error-stores.js";
import { constantValue, type Variable, variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** How much of the caught error an expression keeps: the `whole` of it, only a `part` such as its text, or `nothing`. */
export type Kept = "nothing" | "part" | "whole";

const textual = /^(?:String|JSON\.stringify|(?:util\.)?(?:format|inspect))$/;

/** Tells what expressions keep of the error that a handler was given. */
export class CauseTracker {
  private readonly errors: ReadonlySet<Variable>;
  private readonly carriers: ReadonlySet<Variable>;
  private readonly isWhole: boolean;
  private readonly source: SourceCode;
  private readonly body: Node;
  private stores: readonly Store[] | undefined;

  constructor(handler: Handler, source: SourceCode) {
    const { errors, carriers } = carriersOf(handler, source);
    this.source = source;
    this.body = handler.body;
    this.errors = errors;
    this.carriers = carriers;
    // `catch ({ message })` has thrown the rest away already.
    this.isWhole = handler.param?.type === "Identifier";
  }

  keptBy(node: Node, depth = 0): Kept {
    let kept: Kept = "nothing";
    for (const variable of this.carriers) {
      for (const reference of variable.references) {
        if (!reference.isRead() || !contains(node, reference.identifier)) continue;
        const own = this.keptAt(reference.identifier, node, variable, depth);
        if (own === "whole") return "whole";
        kept = own === "part" ? "part" : kept;
      }
    }
    const stored = depth === 0 ? this.storedIn(node) : "nothing";
    return stored === "nothing" ? kept : stored;
  }

  /** `failures.push(error)` or `this.last = error` before, and here `failures` or `this.last`. */
  private storedIn(node: Node): Kept {
    this.stores ??= storesOf(this.body, (value) => this.keptBy(value, 1) === "whole", this.source);
    return keptInStores(node, this.stores, this.source);
  }

  private keptAt(identifier: Node, within: Node, variable: Variable, depth: number): Kept {
    if (isReduced(identifier, within)) return "part";
    const { parent, child } = climb(identifier);
    if (parent?.type === "CallExpression" && parent.callee !== child && contains(within, parent)) {
      const passed = keptByCall(parent, (parent.arguments as Node[]).indexOf(child), this.source);
      if (passed !== "whole") return passed;
    }
    const value = constantValue(variable);
    const last = value ? undefined : lastWritten(variable, identifier);
    if (last && depth < 4) return this.keptBy(last, depth + 1);
    if (this.errors.has(variable)) return this.isWhole ? "whole" : "part";
    if (value && depth < 4 && !isFunction(value)) {
      const kept = this.keptBy(value, depth + 1);
      return kept === "nothing" ? "part" : kept;
    }
    return "whole";
  }

  /** Whether `instanceof Error` or the like has shown at this place that what was caught is no error at all. */
  isKnownNoError(at: Node): boolean {
    const isError = (node: Node): boolean => node.type === "Identifier" && this.refersTo(node);
    const excludes = (test: Node, holds: boolean): boolean => {
      const plain = unwrap(test);
      if (plain.type === "UnaryExpression" && plain.operator === "!") return excludes(plain.argument, !holds);
      if (holds || !asksForError(plain)) return false;
      const { whenTrue, whenFalse } = narrowing(plain, isError);
      return whenTrue === "all" && whenFalse === "known" && this.keptBy(plain) !== "nothing";
    };
    for (let node = at; node.parent && node.parent.type !== "CatchClause" && !isFunction(node); node = node.parent) {
      const { parent } = node;
      if (parent.type === "IfStatement" || parent.type === "ConditionalExpression") {
        if (node !== parent.test && excludes(parent.test, node === parent.consequent)) return true;
      } else if (parent.type === "BlockStatement") {
        const before = parent.body.slice(0, parent.body.indexOf(node as TSESTree.Statement));
        if (before.some((each) => each.type === "IfStatement" && leavesFunction(each.consequent) && excludes(each.test, false))) return true;
      }
    }
    return false;
  }

  private refersTo(node: Node): boolean {
    return [...this.errors].some((variable) => variable.references.some((reference) => reference.identifier === node));
  }

  /** `failure.cause = error` on the way. */
  isGivenCause(variable: Variable): boolean {
    return variable.references.some(({ identifier }) => {
      const { parent, child } = climb(identifier);
      if (parent?.type !== "MemberExpression" || parent.object !== child) return false;
      // `failure.details.inner = error`
      let field: Node = parent;
      for (let above = climb(field).parent; above?.type === "MemberExpression"; above = climb(field).parent) field = above;
      const assignment = climb(field).parent;
      return assignment?.type === "AssignmentExpression" && this.keptBy(assignment.right) === "whole";
    }) || variable.references.some(({ identifier }) => {
      // `Object.assign(failure, { cause: error })`, `failure.initCause(error)`
      for (let at: Node | undefined = identifier.parent; at && !at.type.endsWith("Statement"); at = at.parent) {
        if (at.type === "CallExpression" && this.keptBy(at) === "whole") return true;
      }
      return false;
    });
  }
}

/** What a variable that is written more than once surely holds at this place: the last value given to it in the same block. */
export function lastWritten(variable: Variable, at: Node): Node | undefined {
  const writes = variable.references.filter(({ identifier, writeExpr }) => writeExpr && identifier.range[0] < at.range[0]);
  const last = writes.at(-1);
  const assignment = last && climb(last.identifier).parent;
  const statement = assignment?.parent;
  if (!last?.writeExpr || assignment?.type !== "AssignmentExpression" || assignment.operator !== "=" || statement?.type !== "ExpressionStatement") return undefined;
  return statement.parent.type === "BlockStatement" && contains(statement.parent, at) ? last.writeExpr : undefined;
}

/** `e instanceof Error`, `isError(e)`: false only for what is none. */
function asksForError(test: Node): boolean {
  if (test.type === "BinaryExpression") return test.operator === "instanceof";
  return test.type === "CallExpression" && /^is\w*Error\w*$/.test(calleeName(test));
}

/** Whether only a part or the text of the identifier's value gets out of the expression it stands in. */
export function isReduced(identifier: Node, within: Node): boolean {
  let child = identifier;
  for (let node = identifier.parent; node && contains(within, node); child = node, node = node.parent) {
    switch (node.type) {
      case "MemberExpression":
        if (node.object === child && !/^(?:cause|error|originalError|innerError|errors)$/.test(memberName(node) ?? "")) {
          const above = climb(node);
          // A method of the error may give all of it back: `e.toApplicationError()`.
          const isCalled = above.parent?.type === "CallExpression" && above.parent.callee === above.child;
          return !isCalled || /^(?:toString|toLocaleString|valueOf)$/.test(memberName(node) ?? "");
        }
        break;
      case "TemplateLiteral":
      case "BinaryExpression":
        return true;
      case "ConditionalExpression":
        if (node.test === child) return true;
        break;
      case "CallExpression":
        if (node.callee !== child && textual.test(calleePath(node).join("."))) return true;
        break;
      default:
        if (isFunction(node)) return false;
    }
  }
  return false;
}

const builtIn = /^(?:Error|EvalError|RangeError|ReferenceError|SyntaxError|TypeError|URIError|AggregateError|SuppressedError)$/;

/** Whether the expression makes one of the language's own errors, whose arguments are known. */
export function builtInErrorOf(node: Node, source: SourceCode): (TSESTree.CallExpression | TSESTree.NewExpression) | undefined {
  node = unwrap(node);
  if (node.type !== "NewExpression" && node.type !== "CallExpression") return undefined;
  const callee = unwrap(node.callee);
  if (callee.type !== "Identifier" || !builtIn.test(callee.name)) return undefined;
  return (variableOf(callee, source)?.defs.length ?? 0) === 0 ? node : undefined;
}

/** Whether the expression makes an error of some kind: by `new XError(…)`, or by a factory that says so. */
export function makesError(node: Node): node is TSESTree.CallExpression | TSESTree.NewExpression {
  if (node.type === "NewExpression") return true;
  if (node.type !== "CallExpression") return false;
  const path = calleePath(node);
  return /(?:Error|Exception|Failure|Boom)$/i.test(calleeName(node)) || /^(?:boom|createError|errors|HttpError|httpErrors?)$/i.test(path[0] ?? "");
}

/** The `cause` among the arguments of a built-in error: its value, `undefined` for none, `"open"` if it cannot be seen. */
export function causeArgument(call: TSESTree.CallExpression | TSESTree.NewExpression, source: SourceCode): Node | "open" | undefined {
  const index = calleeName(call) === "AggregateError" ? 2 : 1;
  if (call.arguments.some((argument) => argument.type === "SpreadElement")) return "open";
  const argument = call.arguments[index];
  if (!argument) return undefined;
  let options = unwrap(argument);
  if (options.type === "Identifier") {
    const variable = variableOf(options, source);
    const value = constantValue(variable);
    // `options.cause = error` on some path.
    if (!value || variable?.references.some(({ identifier }) => isCauseWritten(identifier))) return "open";
    options = unwrap(value);
  }
  if (options.type !== "ObjectExpression") return "open";
  let cause: Node | "open" | undefined;
  for (const property of options.properties) {
    if (property.type === "SpreadElement") cause = cause ?? "open";
    else {
      const name = property.computed ? computedName(property.key, source) : property.key.type === "Identifier" ? property.key.name : literalString(property.key);
      if (name === undefined) cause = "open";
      else if (name === "cause") cause = property.value;
    }
  }
  return cause;
}

function isCauseWritten(options: Node): boolean {
  const { parent } = options;
  return parent?.type === "MemberExpression" && memberName(parent) === "cause" && parent.parent.type === "AssignmentExpression" && parent.parent.left === parent;
}

function computedName(key: Node, source: SourceCode): string | undefined {
  const value = key.type === "Identifier" ? constantValue(variableOf(key, source)) : key;
  return literalString(value);
}
