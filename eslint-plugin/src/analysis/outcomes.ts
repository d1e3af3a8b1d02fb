import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type { Leak } from "./fate.js";
import { isCleanUp, isCommand, isListing, isProbe, isRemoval, type Operation, operationsOf } from "./operations.js";
import { isEndless } from "./loops.js";
import { endsYielding, readsStream } from "./sequences.js";
import { calleePath, climb, contains, enclosingFunction, type FunctionNode, functionName, isFunction, isNothing, memberName, type Node, unwrap, visit } from "./syntax.js";
import { valueKind } from "./values.js";
import { isCleanUpName, isCommandName, isExtraName, isPredicateName, words } from "./vocabulary.js";
import { variableOf } from "./variables.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What was tried when the error came up, and where. */
export interface Attempted {
  /** The `try` block, or the expression before `.catch`. */
  code: Node;
  /** The catch clause, or the `.catch(…)` call. */
  handler: Node;
  /** `lenient`: a fallback after parsing or asking is an answer; `strict`: only what a caller can tell from a result. */
  mode: "lenient" | "strict";
  /** Whether the handler has the error in its hands, if only to drop it: then it did not just take a no for an answer. */
  looksAtError?: boolean;
  /** Whether the handler throws some errors again: it then knows which of them matter, and not only that something is over. */
  rethrows?: boolean;
  /** Whether the handler's look at the error makes no difference: both ways are alike, or it is for talkative runs only. */
  looksInVain?: boolean;
  /** Whether the very error that is expected here is thrown on, and every other lost: nobody means that. */
  isInverted?: boolean;
  /** Whether success surely gives something else than a yes or a no. */
  givesNoBoolean?: () => boolean;
}

/**
 * Whether leaving without the error is an answer rather than a loss: the operation only puts something away, or it
 * asks a question that it answers by throwing, or the function says in its name or documentation what it returns then.
 */
export function isAnswer(given: Leak, tried: Attempted, source: SourceCode): boolean {
  if (tried.isInverted === true) return false;
  const leak = withReturnBehind(given, tried.handler, source);
  const operations = operationsOf(tried.code, source);
  const owner = enclosingFunction(tried.handler);
  if (tried.rethrows !== true && isPuttingAway(leak, operations, tried.handler, owner)) return true;
  if (tried.mode === "lenient" && isExtra(leak, operations)) return true;
  if (leak.value === "given" && leak.how === "return" && tried.rethrows !== true) return true;
  if (tried.looksAtError === true && leak.how !== "return") return owner !== undefined && isNamedAnswer(leak, owner, source);
  if (owner && isNamedAnswer(leak, owner, source)) return true;
  // Whoever looks at the error takes more for an answer than that it did not work.
  if (tried.looksInVain === true) return false;
  if (isQuestion(leak, operations, tried, source)) return true;
  return leak.how === "return" && isBooleanAnswer(leak, operations, tried, source);
}

/** `try { return read(); } catch {} return undefined;`: the catch leaves with what is returned right behind it. */
function withReturnBehind(leak: Leak, handler: Node, source: SourceCode): Leak {
  const next = leak.how === "end" && handler.parent?.type === "TryStatement" ? siblingsAfter(handler.parent)[0] : undefined;
  if (next?.type !== "ReturnStatement") return leak;
  const value = valueKind(next.argument, source);
  return value === "nothing" || value === "absence" ? { node: next, how: "return", value } : leak;
}

function isPuttingAway(leak: Leak, operations: readonly Operation[], handler: Node, owner: FunctionNode | undefined): boolean {
  if (operations.length === 0 || leak.value === "default" || (owner && isJob(owner))) return false;
  const last = operations.filter((operation) => !operations.some((other) => other !== operation && contains(other, operation)));
  const isLeft = (operation: Operation): boolean =>
    isCleanUp(operation) || (isRemoval(operation) && isPlaceToPutAway(handler, owner)) || ((isProbe(operation) || isListing(operation)) && operations.some(isCleanUp));
  return last.every(isLeft);
}

/** Whoever writes `prefetch(page).catch(() => {})` waits for nothing. */
function isExtra(leak: Leak, operations: readonly Operation[]): boolean {
  const first = operations[0];
  return leak.value === "nothing" && operations.length === 1 && first?.type === "CallExpression" && isExtraName(calleePath(first).at(-1) ?? "");
}

const schedulers = /^(?:schedule|scheduleJob|setInterval|every|cron|Cron|CronJob|Interval|repeat)$/;

/** `cron.schedule("0 * * * *", () => …)`, `@Cron("0 * * * *")`: what it puts away is what it is there for. */
function isJob(owner: FunctionNode): boolean {
  const { parent } = climb(owner);
  if (parent?.type === "CallExpression" || parent?.type === "NewExpression") return parent.callee !== owner && schedulers.test(calleePath(parent).at(-1) ?? "");
  if (parent?.type !== "MethodDefinition") return false;
  return parent.decorators.some(({ expression }) => expression.type === "CallExpression" && schedulers.test(calleePath(expression).at(-1) ?? ""));
}

const putAwayHooks = /^(?:afterEach|afterAll|after|teardown|onTestFinished|onCleanup|onDestroy|ngOnDestroy|componentWillUnmount|addCleanup|defer)$/;

/** In a `finally`, a catch, a hook or a function that is there to put things away. */
export function isPlaceToPutAway(node: Node, owner: FunctionNode | undefined): boolean {
  for (let at: Node | undefined = node; at?.parent; at = at.parent) {
    const parent: Node = at.parent;
    if (parent.type === "TryStatement" && parent.finalizer === at) return true;
    if (parent.type === "CatchClause") return true;
    if (isFunction(at)) {
      const name = functionName(at);
      if (name && (isCleanUpName(name) || putAwayHooks.test(name))) return true;
      const call: Node | undefined = at.parent;
      return call?.type === "CallExpression" && call.callee.type === "Identifier" && putAwayHooks.test(call.callee.name);
    }
  }
  return owner !== undefined && isCleanUpName(functionName(owner) ?? "");
}

function isQuestion(leak: Leak, operations: readonly Operation[], tried: Attempted, source: SourceCode): boolean {
  const value = leakedValue(leak.node);
  if (value && isTrue(value) && !givesOther(tried, source)) return false;
  const outermost = operations.filter((operation) => !operations.some((other) => other !== operation && contains(other, operation)));
  // A promise that comes from elsewhere: nothing is known of what it is the answer to.
  if (operations.length === 0 && tried.code.type !== "BlockStatement" && leak.value !== "absence") return false;
  // A stream that is read to its end is no question, nor are things that are handed out one by one.
  if (leak.value === "nothing" && leak.how !== "loop" && readsStream(tried.code, source)) return false;
  if (endsYielding(leak, tried.handler, source)) return false;
  // What only prepares the question, as in `new URL(clean(text))`, belongs to it, as long as nothing is waited for.
  const isPlain = operations.every(isProbe) || (tried.mode === "lenient" && outermost.every(isProbe) && !isAwaited(tried.code, source));
  if (!isPlain) {
    // A synchronous look-up of a step or two that answers null: the step itself is the question.
    if (operations.length > 2 || leak.how === "end" || leak.value === "default") return false;
    if (!value && !returnsElsewhere(tried.code, source)) return false;
    if (tried.mode === "strict" && !isDeclaredAbsence(tried.handler, source)) return false;
    return !isAwaited(tried.code, source) && !operations.some(isCommand);
  }
  if (leak.value === "default") return tried.mode === "lenient" || isOnTheWayToThrow(tried.handler) || isReading(operations, value, tried.handler);
  return operations.length > 0 || leak.how === "return" || tried.mode === "lenient";
}

/** `parsePort(text)` gives a port whatever the text: it reads text and says so. */
function isReading(operations: readonly Operation[], value: Node | undefined, handler: Node): boolean {
  if (value?.type !== "Literal" || !/^(?:parse|to|as|coerce|normali[sz]e|decode|format)(?:[A-Z]|$)/.test(ownerName(handler))) return false;
  return operations.every((each) => each.type !== "ImportExpression" && each.type !== "TaggedTemplateExpression" && /^(?:JSON\.(?:parse|stringify)|URL|RegExp|BigInt|decodeURI(?:Component)?|Intl\..+)$/.test(calleePath(each).join(".")));
}

/** A bare `return` answers only where a result is given otherwise. */
function returnsElsewhere(code: Node, source: SourceCode): boolean {
  let returns = code.type !== "BlockStatement";
  visit(code, source.visitorKeys, (node) => {
    if (node.type === "ReturnStatement" && node.argument) returns = true;
    return !returns && !isFunction(node);
  });
  return returns;
}

/** The function says in its type that it may come back without a value: `string | undefined`. */
function isDeclaredAbsence(handler: Node, source: SourceCode): boolean {
  const type = enclosingFunction(handler)?.returnType;
  return type !== undefined && /\b(?:undefined|null)\b/.test(source.getText(type));
}

function isAwaited(code: Node, source: SourceCode): boolean {
  // What stands before `.catch` is asynchronous by nature.
  let found = code.type !== "BlockStatement";
  visit(code, source.visitorKeys, (node) => {
    if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await)) found = true;
    return !found && !isFunction(node);
  });
  return found;
}

/** The name or the doc comment says what comes back when it does not work. */
function isNamedAnswer(leak: Leak, owner: FunctionNode, source: SourceCode): boolean {
  const name = functionName(owner);
  if (isPredicateName(name)) {
    const first = words(name ?? "")[0] ?? "";
    // "is" and "has" promise a yes or a no; "try" and "safe" promise nothing.
    return leak.value !== "default" || !/^(?:is|has|can|should|was|were|are)$/.test(first);
  }
  return isDocumented(owner, source);
}

const documentedAnswer =
  /\b(?:returns?|resolves?|yields?|gives?|falls? back|null|undefined|false|empty|otherwise)\b[^.]*\b(?:null|undefined|false|empty|nothing|default|fallback|if|when|unless|otherwise|on failure|on error|fails)\b|best[- ]effort|never throws|does not throw|doesn'?t throw|ignor(?:es?|ing) (?:any )?(?:errors?|failures?)|(?:errors?|failures?) (?:are|is) ignored|silently/i;

function isDocumented(owner: FunctionNode, source: SourceCode): boolean {
  let node: Node = owner;
  while (node.parent && !/^(?:BlockStatement|Program|ClassBody|ObjectExpression|StaticBlock|SwitchCase)$/.test(node.parent.type)) node = node.parent;
  return source.getCommentsBefore(node).some((comment) => comment.type === "Block" && documentedAnswer.test(comment.value.replace(/\n\s*\*/g, " ")));
}

/** `try { await ping(); return true } catch { return false }`: did it work? */
function isBooleanAnswer(leak: Leak, operations: readonly Operation[], tried: Attempted, source: SourceCode): boolean {
  const value = leakedValue(leak.node);
  if (!value || !isBoolean(value)) return false;
  if (tried.givesNoBoolean?.() === true) return false;
  if (tried.mode === "strict" && (operations.some(isCommand) || isCommandName(ownerName(tried.handler)))) return false;
  // `true` for a failure is an answer only where success gives something else.
  if (value.type === "Literal" && value.value === true && !givesOther(tried, source)) return false;
  let answers = tried.code.type !== "BlockStatement" && operations.length <= 2;
  visit(tried.code, source.visitorKeys, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "ReturnStatement" && node.argument && isBoolean(unwrap(node.argument))) answers = true;
    return true;
  });
  return answers;
}

function ownerName(node: Node): string {
  const owner = enclosingFunction(node);
  return owner ? (functionName(owner) ?? "") : "";
}

/** The way without a failure gives `false`, or what is computed. */
function givesOther(tried: Attempted, source: SourceCode): boolean {
  if (tried.handler.type === "CallExpression") {
    const [first] = tried.handler.arguments;
    const target = tried.handler.arguments.length === 2 && first ? unwrap(first) : undefined;
    if (isFunction(target) && target.body.type !== "BlockStatement") return !isTrue(unwrap(target.body));
  }
  let gives = false;
  visit(tried.code, source.visitorKeys, (node) => {
    if (node.type === "Literal" && node.value === false) gives = true;
    if (node.type === "ReturnStatement" && node.argument && !isTrue(unwrap(node.argument))) gives = true;
    return !gives;
  });
  return gives;
}

function isTrue(node: Node): boolean {
  return node.type === "Literal" && node.value === true;
}

function leakedValue(node: Node): Node | undefined {
  if (node.type === "ReturnStatement") return node.argument ? unwrap(node.argument) : undefined;
  return node.type.endsWith("Statement") ? undefined : unwrap(node);
}

function isBoolean(node: Node): boolean {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "boolean";
    case "UnaryExpression":
      return node.operator === "!";
    case "BinaryExpression":
      return /^(?:[=!]==?|[<>]=?|instanceof|in)$/.test(node.operator);
    case "ConditionalExpression":
      return isBoolean(unwrap(node.consequent)) && isBoolean(unwrap(node.alternate));
    case "CallExpression":
      return /^(?:Boolean|some|every|includes|startsWith|endsWith|has|test|equals|isEqual|(?:is|has|are|matches)[A-Z]\w*|\w+Has[A-Z]\w*)$/.test(calleePath(node).at(-1) ?? "");
    case "LogicalExpression":
      return isBoolean(unwrap(node.left)) && isBoolean(unwrap(node.right));
    default:
      return false;
  }
}

/** A function that only waits for others to finish; they tell of their failures themselves. */
export function isOnlyWaiting(node: TSESTree.TryStatement): boolean {
  const [only, ...rest] = node.block.body;
  if (rest.length > 0 || only?.type !== "ExpressionStatement" || only.expression.type !== "AwaitExpression") return false;
  // What is only begun here nobody else waits for.
  const awaited = unwrap(only.expression.argument);
  if (awaited.type === "CallExpression" && !/^(?:Promise\.\w+|(?:.+\.)?(?:wait|drain|settle|join|once|finished|idle)\w*)$/.test(calleePath(awaited).join("."))) return false;
  for (let owner = enclosingFunction(node); owner; owner = enclosingFunction(owner)) {
    if (/^(?:wait|drain|settle|join)/.test(functionName(owner) ?? "")) return true;
  }
  return false;
}

/** The handler itself runs while another error is dealt with, or in `finally`: there is no better place to go. */
export function isWhileHandling(handler: Node): boolean {
  for (let at: Node | undefined = handler.parent; at; at = at.parent) {
    if (isFunction(at)) return isRejectionHandler(at);
    if (at.type === "CatchClause") return true;
    if (at.parent?.type === "TryStatement" && at.parent.finalizer === at) return true;
  }
  return false;
}

/** `.catch(async (error) => {…})`, `.finally(() => {…})` */
function isRejectionHandler(target: FunctionNode): boolean {
  const { parent, child } = climb(target);
  if (parent?.type !== "CallExpression" || parent.callee.type !== "MemberExpression") return false;
  const method = memberName(parent.callee);
  return ((method === "catch" || method === "finally") && parent.arguments[0] === child) || (method === "then" && parent.arguments[1] === child);
}

/** `const user = await load().catch(() => null); if (!user) throw new NotFound();`: what is missing is not overlooked. */
export function isMissedAfterwards(call: Node, source: SourceCode): boolean {
  let statement: Node = call;
  while (statement.parent && statement.type !== "VariableDeclaration" && !statement.type.endsWith("Statement")) {
    if (isFunction(statement)) return false;
    statement = statement.parent;
  }
  const names = new Set<unknown>(statement.type === "VariableDeclaration" ? source.getDeclaredVariables(statement) : []);
  const assigned = statement.type === "ExpressionStatement" ? unwrap(statement.expression) : undefined;
  if (assigned?.type === "AssignmentExpression") names.add(variableOf(unwrap(assigned.left), source));
  return siblingsAfter(statement).some((sibling) => {
    if (sibling.type !== "IfStatement" || !leavesLoudly(sibling.consequent, source)) return false;
    return asksForMissing(sibling.test).some((name) => names.has(variableOf(name, source)));
  });
}

/** The variables that a condition asks for because they may be missing: `!user || !user.active` → `user`. */
function asksForMissing(test: Node): Node[] {
  test = unwrap(test);
  if (test.type === "LogicalExpression") return [...asksForMissing(test.left), ...asksForMissing(test.right)];
  if (test.type === "UnaryExpression" && test.operator === "!") return [unwrap(test.argument)];
  if (test.type === "BinaryExpression" && /^={2,3}$/.test(test.operator)) return isNothing(test.right) ? [unwrap(test.left)] : [];
  return [];
}

/** Ends the path, and not without a word: by an error, or after somebody has been told. */
function leavesLoudly(node: Node, source: SourceCode): boolean {
  const last = node.type === "BlockStatement" ? node.body.at(-1) : node;
  if (last?.type === "ThrowStatement") return true;
  if (last?.type !== "ReturnStatement") return false;
  if (valueKind(last.argument, source) === "failure") return true;
  const said = node.type === "BlockStatement" ? node.body.slice(0, -1) : [];
  return said.some((each) => each.type === "ExpressionStatement" && operationsOf(each, source).length > 0);
}

/** After the `try`, somebody checks what it should have produced, and complains. */
export function isCheckedAfterwards(node: TSESTree.TryStatement, source: SourceCode): boolean {
  const siblings = siblingsAfter(node);
  const assigned = new Set<unknown>();
  visit(node.block, source.visitorKeys, (each) => {
    if (each.type === "AssignmentExpression") {
      const variable = variableOf(unwrap(each.left), source);
      if (variable) assigned.add(variable);
    }
    return !isFunction(each);
  });
  return siblings.some((sibling) => {
    if (sibling.type !== "IfStatement" || !complains(sibling.consequent, source)) return false;
    let tests = false;
    visit(sibling.test, source.visitorKeys, (each) => {
      if (each.type === "Identifier" && assigned.has(variableOf(each, source))) tests = true;
    });
    return tests;
  });
}

/** The code around is about to throw: what is looked up here only goes into the message. */
function isOnTheWayToThrow(handler: Node): boolean {
  for (let at = handler.parent, child = handler; at && !isFunction(at); child = at, at = at.parent) {
    if (at.type === "ThrowStatement") return true;
    if (at.type === "BlockStatement" && at.body.at(-1)?.type === "ThrowStatement" && at.body.includes(child as TSESTree.Statement)) return true;
  }
  return false;
}

/** The statements that run after this one, in the same block. */
export function siblingsAfter(node: Node): TSESTree.Statement[] {
  const parent = node.parent;
  if (parent?.type === "LabeledStatement") return siblingsAfter(parent);
  if (parent?.type !== "BlockStatement" && parent?.type !== "Program") return [];
  const body = parent.body as TSESTree.Statement[];
  return body.slice(body.indexOf(node as TSESTree.Statement) + 1);
}

function complains(code: Node, source: SourceCode): boolean {
  let found = false;
  visit(code, source.visitorKeys, (each) => {
    if (each.type === "ThrowStatement") found = true;
    if (each.type === "CallExpression" && /(?:^|\.)(?:reject|fail|error|abort|exit)$/.test(source.getText(each.callee))) found = true;
    if (each.type === "ReturnStatement" && valueKind(each.argument, source) === "failure") found = true;
    return !isFunction(each) && !found;
  });
  return found;
}

/** The loop tries again, and what follows it says that no attempt succeeded. */
export function isRetried(node: TSESTree.TryStatement, source: SourceCode): boolean {
  let loop: Node | undefined = node.parent;
  while (loop && !/^(?:For|While|DoWhile|ForOf|ForIn)Statement$/.test(loop.type)) {
    if (isFunction(loop)) return false;
    loop = loop.parent;
  }
  if (!loop) return false;
  if (isEndless(loop) && leavesOnSuccess(node, source)) return true;
  return siblingsAfter(loop).some((sibling) => {
    if (sibling.type === "ReturnStatement") {
      return sibling.argument !== null && /^(?:failure|recovery)$/.test(valueKind(sibling.argument, source)) && leavesOnSuccess(node, source);
    }
    return complains(sibling, source);
  });
}

function leavesOnSuccess(node: TSESTree.TryStatement, source: SourceCode): boolean {
  let leaves = false;
  visit(node.block, source.visitorKeys, (each) => {
    if (each.type === "ReturnStatement" || each.type === "BreakStatement") leaves = true;
    return !isFunction(each);
  });
  return leaves || (siblingsAfter(node)[0]?.type === "BreakStatement" && !isNothing(node.handler));
}
