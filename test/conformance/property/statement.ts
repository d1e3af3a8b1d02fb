import fc from "fast-check";
import { expression } from "./expression.js";

/** What the place of a statement or expression allows. */
export interface Surroundings {
  readonly async: boolean;
  readonly generator: boolean;
  /** Has a `this` of its own. */
  readonly ownThis: boolean;
  /** Has `arguments` of its own, which may be named. */
  readonly ownArguments: boolean;
  /** May say `super.name`. */
  readonly superProperty: boolean;
  /** May return values. */
  readonly returns: boolean;
  readonly loop: boolean;
  /** Functions that may be called. */
  readonly callable: readonly string[];
  readonly typescript: boolean;
  /** May hold JSX; TypeScript's assertions in angle brackets are then none. */
  readonly jsx: boolean;
}

type Statements = fc.Arbitrary<string>;
type Kind = Partial<Surroundings>;

const made = new Map<string, fc.Arbitrary<string>>();

/** The grammar refers to itself everywhere: what a place allows is put together once. */
export function once(rule: string, around: Surroundings, depth: number, make: () => fc.Arbitrary<string>): fc.Arbitrary<string> {
  const key = JSON.stringify([rule, depth, Object.entries(around).sort()]);
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

const plainFunction: Kind = { async: false, generator: false, ownThis: true, ownArguments: true, superProperty: false };
const arrow: Kind = { async: false, generator: false, ownThis: false, ownArguments: false };
const method: Kind = { ...plainFunction, superProperty: true };
const staticBlock: Kind = { ...method, ownArguments: false, returns: false };

/** What of the surroundings a nested function has. */
export function nested(outer: Surroundings, kind: Kind): Surroundings {
  return { ...outer, returns: true, loop: false, ...kind };
}

const patterns = ["[x, y = ?]", "{ length: x = ? }", "{ k: { m: x = ? } = {} }", "[[x = ?] = [], ...z]", "{ [log('key', 'k')]: x = ?, ...y }"];

function simple(around: Surroundings): Statements {
  const value = expression(around, 2);
  const choices = [
    value.map((e) => `log(${e});`),
    value.map((e) => `x = ${e};`),
    value.map((e) => `z = ${e};`),
    value.map((e) => `y += ${e};`),
    value.map((e) => `x ??= ${e};`),
    value.map((e) => `var { p = ${e}, q } = {};`),
    fc.tuple(fc.constantFrom(...patterns), value, value).map(([pattern, e, from]) => `(${pattern.replace("?", e)} = ${from});`),
    value.map((e) => `throw new Error("thrown", { cause: typeof ${e} });`),
    fc.constantFrom("throw null;", "throw 'text';", "throw { k: 1 };", "throw Promise.resolve(1);", "throw Promise.reject(new Error('a promise'));"),
    fc.nat(3).map((n) => `throw new Error("thrown ${n}");`),
  ];
  if (around.superProperty) choices.push(value.map((e) => `super.v = ${e};`));
  if (around.returns) choices.push(value.map((e) => `return ${e};`), fc.constant("return;"));
  if (around.loop) choices.push(fc.constantFrom("break;", "continue;", "if (x) break;", "if (!y) continue;"));
  if (around.async) choices.push(fc.constant("await sleep();"), fc.constant("await null;"));
  if (around.typescript) choices.push(value.map((e) => `const typed@: unknown = ${e}; log(typed@ as string);`));
  return fc.oneof(...choices);
}

function classes(around: Surroundings, depth: number): Statements {
  const inside = (kind: Kind): Statements => statements(nested(around, kind), depth);
  const value = expression(nested(around, { ...arrow, callable: around.callable }), 1);
  return fc.tuple(inside(method), inside(method), inside({ ...method, async: true }), inside(staticBlock), value, value).map(
    ([secret, getter, later, block, field, initial]) =>
      `class C@ extends Base { static s = ${initial}; #f = () => ${field}; #m(a) { let x = 1, y = 2; ${secret} } get g() { let x = 1, y = 2; ${getter} } ` +
      `async later(a) { let x = 1, y = 2; ${later} } static { let x = 1, y = 2; var p; ${block} } m(a) { return [this.#m(a), this.#f(), #f in this]; } } ` +
      `{ const c = new C@(); log("C@", c.m(1)); c.later(2).catch((error) => log("later rejects", error)); log("C@.g", c.g); }`,
  );
}

function loops(around: Surroundings, depth: number): Statements[] {
  const value = expression(around, 1);
  const looped = statements({ ...around, loop: true }, depth);
  return [
    looped.map((body) => `for (let i = 0; i < 2; i++) {${body}}`),
    looped.map((body) => `for (const x of [1, 2]) {${body}}`),
    fc.tuple(value, looped).map(([e, body]) => `for (const [x, y = ${e}] of [[1], [2, 3]]) {${body}}`),
    looped.map((body) => `for (var p in { k: 1, m: 2 }) {${body}}`),
    fc.tuple(value, looped).map(([e, body]) => `{ let n = 0; while (n++ < 2 && (${e}, true)) {${body}} }`),
    looped.map((body) => `{ let n = 0; do {${body}} while (n++ < 1); }`),
    looped.map((body) => `outer${depth}: for (const i of [1, 2]) { for (const x of [i, 0]) {${body} if (x) continue outer${depth}; log("inner", i); break outer${depth}; } }`),
  ];
}

function asynchronous(around: Surroundings, depth: number): Statements[] {
  const block = statements(around, depth);
  const looped = statements({ ...around, loop: true }, depth);
  const source = statements(nested(around, { ...plainFunction, async: true, generator: true }), depth);
  return [
    looped.map((body) => `for await (const x of [1, Promise.resolve(2)]) {${body}}`),
    fc.tuple(expression(around, 1), looped).map(([e, body]) => `again${depth}: for await (const { k: x = ${e} } of [{}, { k: 2 }]) {${body} if (y) continue again${depth}; }`),
    fc.tuple(looped, source).map(
      ([body, yielded]) => `for await (const item of (async function* () { let x = 1, y = 2; ${yielded} })()) { log("item", item); ${body} }`,
    ),
    block.map((body) => `{ await using resource = { async [Symbol.asyncDispose]() { log("disposed"); } }; ${body} }`),
    looped.map((body) => `for (await using resource of [null, { async [Symbol.asyncDispose]() { log("disposed"); await null; log("and gone"); } }]) {${body}}`),
    looped.map((body) => `for await (await using resource of [null, { [Symbol.dispose]() { log("disposed"); } }]) {${body}}`),
  ];
}

function compound(around: Surroundings, depth: number): Statements {
  const value = expression(around, 2);
  const block = statements(around, depth);
  const inner = (kind: Kind): Statements => statements(nested(around, kind), depth);
  const choices = [
    ...loops(around, depth),
    fc.tuple(value, block, block).map(([test, yes, no]) => `if (${test}) {${yes}} else {${no}}`),
    fc.tuple(block, block).map(([body, handler]) => `try {${body}} catch (error) { log("caught", error); ${handler}}`),
    fc.tuple(block, block).map(([body, last]) => `try {${body}} finally {${last}}`),
    fc.tuple(block, block, block).map(([body, handler, last]) => `try {${body}} catch {${handler}} finally { log("finally"); ${last}}`),
    fc.tuple(value, block, block).map(([test, one, other]) => `switch (${test}) { case 1: {${one}} default: {${other}} }`),
    block.map((body) => `label${depth}: { ${body} if (x) break label${depth}; log("after the break"); }`),
    block.map((body) => `{ let x = y, y2 = x; ${body} }`),
    block.map((body) => `{ using resource = { [Symbol.dispose]() { log("disposed"); } }; ${body} }`),
    inner(plainFunction).map((body) => `function n@(a) { let x = 1, y = 2; ${body} } log("n@", n@(x));`),
    inner({ ...plainFunction, async: true }).map((body) => `async function n@(a) { let x = 1, y = 2; ${body} } n@(x).catch((error) => log("n@ rejects", error));`),
    inner({ ...plainFunction, generator: true }).map((body) => `for (const item of (function* () { let x = 1, y = 2; ${body} })()) log("item", item);`),
    inner(arrow).map((body) => `log("arrow", (() => { let y = 2; ${body} })());`),
    fc.tuple(inner(method), inner(method)).map(
      ([getter, setter]) => `{ const o = { __proto__: { v: 5 }, get g() { let x = 1, y = 2; ${getter} }, set g(a) { let x = 1, y = 2; ${setter} } }; log("o.g", o.g); o.g = x; }`,
    ),
    classes(around, depth),
  ];
  if (around.async) choices.push(...asynchronous(around, depth));
  return fc.oneof(...choices);
}

/** One to three statements; `depth` tells how deep they may nest. */
export function statements(around: Surroundings, depth: number): Statements {
  return once("statements", around, depth, () => makeStatements(around, depth));
}

function makeStatements(around: Surroundings, depth: number): Statements {
  const one = depth === 0 ? simple(around) : fc.oneof({ weight: 3, arbitrary: simple(around) }, { weight: 2, arbitrary: compound(around, depth - 1) });
  // A function's name is made of its place in the list: one name declared twice in a block is an error for async functions.
  return fc.array(one, { minLength: 1, maxLength: 3 }).map((list) => list.map((text, index) => text.replaceAll("@", String(index))).join(" "));
}
