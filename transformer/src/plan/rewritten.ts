import { isFunctionNode } from "../parse/estree.js";
import type { FunctionNode, Node, Program } from "../parse/estree.js";

const EMIT = "@errspan/runtime/emit";

/** Tells what an earlier run of errspan has already done to a file. */
export interface EarlierRewriting {
  /** Whether this function was rewritten. */
  includes(node: FunctionNode): boolean;
  /** Whether this is a call of ours, with closures of ours as arguments. */
  isOwnCall(node: Node): boolean;
}

/** The module that an expression requires, through whatever interop helper: `__importStar(require("x"))`. */
function requiresEmit(node: Node | null, depth = 0): boolean {
  if (node?.type !== "CallExpression" || depth > 2) return false;
  const [argument] = node.arguments;
  if (argument === undefined) return false;
  return argument.type === "Literal" ? argument.value === EMIT : requiresEmit(argument, depth + 1);
}

/** Looks for our import, under whatever name it goes by now. */
export function findEarlierRewriting(program: Program, source: string): EarlierRewriting {
  const locals = new Set<string>();
  if (source.includes(EMIT)) {
    for (const statement of program.body) {
      if (statement.type === "ImportDeclaration" && statement.source.value === EMIT) {
        for (const { type, local } of statement.specifiers) if (type === "ImportNamespaceSpecifier") locals.add(local.name);
      } else if (statement.type === "VariableDeclaration") {
        for (const { id, init } of statement.declarations) {
          if (id.type === "Identifier" && requiresEmit(init)) locals.add(id.name);
        }
      }
    }
  }
  const isEmitCall = (node: Node | null, method?: string): boolean =>
    node?.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    !node.callee.computed &&
    node.callee.object.type === "Identifier" &&
    locals.has(node.callee.object.name) &&
    (method === undefined || (node.callee.property.type === "Identifier" && node.callee.property.name === method));
  /** The arrow function round an expression of a parameter list is ours. */
  const isOfParameters = ({ handler }: Node & { type: "TryStatement" }): boolean => {
    const first = handler?.body.body[0];
    return first?.type === "ExpressionStatement" && isEmitCall(first.expression, "failParameters");
  };
  const isRewritten = ({ body }: FunctionNode): boolean =>
    body?.type === "BlockStatement" &&
    body.body.some(
      (statement) =>
        (statement.type === "VariableDeclaration" &&
          statement.declarations.some(({ id, init }) => isEmitCall(init, "enter") || isBundledState(id, init))) ||
        (statement.type === "TryStatement" && isOfParameters(statement)),
    );
  /** Compilers put what was async into a generator of its own: `return __awaiter(this, void 0, void 0, function* () { … })`. */
  const isWrapped = ({ body }: FunctionNode): boolean => {
    const last = body?.type === "BlockStatement" ? body.body.at(-1) : undefined;
    const result = last?.type === "ReturnStatement" ? last.argument : body;
    return result?.type === "CallExpression" && result.arguments.some((argument) => isFunctionNode(argument) && isRewritten(argument));
  };
  const mayBeRewritten = locals.size > 0 || source.includes("__errspan");
  return {
    includes: (node) => mayBeRewritten && (isRewritten(node) || isWrapped(node)),
    isOwnCall: (node) => mayBeRewritten && (isEmitCall(node, "enter") || isBundledEnter(node)),
  };
}

/** A state as we name it, or as a bundler does that has brought several files together. */
const STATE = /^__errspan\d*_s(?:\$?\d+)?$/;

/** In a bundle that holds our helpers too nothing is imported any more. */
function isBundledState(id: Node, init: Node | null): boolean {
  return id.type === "Identifier" && STATE.test(id.name) && isBundledEnter(init);
}

function isBundledEnter(node: Node | null): boolean {
  if (node?.type !== "CallExpression" || node.callee.type !== "Identifier") return false;
  const [site] = node.arguments;
  return site?.type === "ConditionalExpression" && site.alternate.type === "Identifier" && site.alternate.name.startsWith("__errspan");
}
