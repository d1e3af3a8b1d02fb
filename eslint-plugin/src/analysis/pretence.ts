import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isCollecting } from "./calls.js";
import type { Handler } from "./fate.js";
import { siblingsAfter } from "./outcomes.js";
import type { Vocabulary } from "./settings.js";
import { type CallLike, calleePath, climb, isFunction, memberName, type Node, unwrap, visit } from "./syntax.js";
import { valueKind } from "./values.js";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `return json([])` after `return json(await load())`, `done({ ok: true })` twice: what success does, with a constant. */
export function pretendsSuccess(value: Node, handler: Handler, source: SourceCode, mentions: (node: Node) => boolean): boolean {
  const call = unwrap(value);
  const block = handler.node.type === "CatchClause" ? handler.node.parent.block : undefined;
  if (block && call.type === "CallExpression" && saysTheSame(call, block, source) && !mentions(call)) return true;
  const before = block ? [block] : stepsBefore(handler.node);
  if (before.length === 0 || call.type !== "CallExpression" || call.arguments.length !== 1 || !call.arguments[0] || call.arguments[0].type === "SpreadElement") return false;
  const given = unwrap(call.arguments[0]);
  // `.then(setIsAvailable).catch(() => setIsAvailable(false))` asks a question.
  if (!block && given.type === "Literal" && typeof given.value === "boolean") return false;
  const isConstant = /^(?:ArrayExpression|ObjectExpression)$/.test(given.type) || (given.type === "Literal" && typeof given.value !== "string");
  const kind = valueKind(given, source);
  if (!isConstant || mentions(given) || (kind !== "default" && kind !== "absence")) return false;
  const name = source.getText(call.callee);
  let same = false;
  const look = (code: Node): void =>
    visit(code, source.visitorKeys, (each) => {
      if (each.type === "CallExpression" && source.getText(each.callee) === name && saysAsMuch(given, each, source)) same = true;
      return !same && !isFunction(each);
    });
  for (const each of before) {
    // `.then(setRows)`
    if (!isFunction(each) && each.type !== "BlockStatement" && source.getText(each) === name) return true;
    look(isFunction(each) ? each.body : each);
  }
  if (!block) return same;
  // `try { await save() } catch { res.json({ ok: true }); return; } res.json({ ok: true })`
  const { parent } = block;
  if (parent.type === "TryStatement") for (const each of siblingsAfter(parent)) look(each);
  return same;
}

/** What is done with the result in a chain before the handler that is put on it: `f` in `.then(f).catch(…)`, `.then(f, …)`. */
function stepsBefore(handler: Node): Node[] {
  const { parent, child } = climb(handler);
  const steps: Node[] = [];
  for (let at: Node | undefined = parent; at?.type === "CallExpression" && at.callee.type === "MemberExpression"; at = unwrap(at.callee.object)) {
    const [first] = at.arguments;
    if (memberName(at.callee) === "then" && first && first !== child) steps.push(unwrap(first));
  }
  return steps;
}

/** `toast.success("saved")` in the block and in the catch. */
function saysTheSame(call: TSESTree.CallExpression, block: TSESTree.BlockStatement, source: SourceCode): boolean {
  if (!/^(?:success|succeed(?:ed)?|done|ok|completed?)$/.test(calleePath(call).at(-1) ?? "")) return false;
  const text = source.getText(call);
  return block.body.some((each) => each.type === "ExpressionStatement" && source.getText(each.expression) === text);
}

/** What the success call says in words, the constant says, too; other words may well tell of the failure. */
function saysAsMuch(given: Node, success: TSESTree.CallExpression, source: SourceCode): boolean {
  const [told] = success.arguments;
  // `setOnline(true)` and `setOnline(false)` are two answers; of a list of them nobody knows which is which.
  if (!isCollecting(success) && given.type === "Literal" && typeof given.value === "boolean" && told && unwrap(told).type === "Literal" && source.getText(told) !== given.raw) return false;
  const text = source.getText(success);
  let same = true;
  visit(given, source.visitorKeys, (each) => {
    if (each.type === "TemplateElement" || each.type === "TaggedTemplateExpression") same = false;
    if (each.type === "Literal" && typeof each.value === "string" && !text.includes(each.raw)) same &&= each.value === "";
  });
  return same;
}

/** `res.status(500).end()`, `reply.code(503)`: a number and nothing about what failed. */
export function isStatusCall(node: CallLike): boolean {
  const names = calleePath(node).flatMap((name) => name.split("."));
  const isResponse = /^(?:res|resp|response|reply|rep|ctx)\b/.test(names[0] ?? "");
  return isResponse && (names.some((name) => /^(?:status|code|sendStatus|writeHead)\b/.test(name)) || /^(?:end|send|json)$/.test(names.at(-1) ?? ""));
}

/** The call's value is nothing anybody could use: `return console.log("…")`. */
export function isVoidCall(value: Node, vocabulary: Vocabulary): boolean {
  value = unwrap(value);
  return value.type === "CallExpression" && value.callee.type === "MemberExpression" && (unwrap(value.callee.object) as { name?: string }).name === "console" && !vocabulary.isHandler(["console"]);
}
