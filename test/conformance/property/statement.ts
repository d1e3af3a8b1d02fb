import fc from "fast-check";
import { expression } from "./expression.js";

/** What the place of a statement or expression allows. */
export interface Surroundings {
  readonly async: boolean;
  readonly generator: boolean;
  /** Has a `this` and `arguments` of its own. */
  readonly ownThis: boolean;
  /** May return values. */
  readonly returns: boolean;
  readonly loop: boolean;
  /** Functions that may be called. */
  readonly callable: readonly string[];
}

type Statements = fc.Arbitrary<string>;

/** What of the surroundings a nested function has. */
function nested(outer: Surroundings, kind: { readonly async: boolean; readonly generator: boolean; readonly ownThis: boolean }): Surroundings {
  return { ...outer, ...kind, returns: true, loop: false };
}

function simple(around: Surroundings): Statements {
  const value = expression(around, 2);
  const choices = [
    value.map((e) => `log(${e});`),
    value.map((e) => `x = ${e};`),
    value.map((e) => `z = ${e};`),
    value.map((e) => `y += ${e};`),
    value.map((e) => `var { p = ${e}, q } = {};`),
    value.map((e) => `[x, y = ${e}] = [y];`),
    value.map((e) => `throw new Error("thrown", { cause: typeof ${e} });`),
    fc.constantFrom("throw null;", "throw 'text';", "throw { k: 1 };"),
    fc.nat(3).map((n) => `throw new Error("thrown ${n}");`),
  ];
  if (around.returns) choices.push(value.map((e) => `return ${e};`), fc.constant("return;"));
  if (around.loop) choices.push(fc.constantFrom("break;", "continue;", "if (x) break;", "if (!y) continue;"));
  if (around.async) choices.push(fc.constant("await sleep();"), fc.constant("await null;"));
  return fc.oneof(...choices);
}

function compound(around: Surroundings, depth: number): Statements {
  const value = expression(around, 2);
  const block = statements(around, depth);
  const looped = statements({ ...around, loop: true }, depth);
  const inner = (kind: { readonly async: boolean; readonly generator: boolean; readonly ownThis: boolean }): Statements => statements(nested(around, kind), depth);
  const choices = [
    fc.tuple(value, block, block).map(([test, yes, no]) => `if (${test}) {${yes}} else {${no}}`),
    looped.map((body) => `for (let i = 0; i < 2; i++) {${body}}`),
    looped.map((body) => `for (const x of [1, 2]) {${body}}`),
    fc.tuple(block, block).map(([body, handler]) => `try {${body}} catch (error) { log("caught", error); ${handler}}`),
    fc.tuple(block, block).map(([body, last]) => `try {${body}} finally {${last}}`),
    fc.tuple(block, block, block).map(([body, handler, last]) => `try {${body}} catch {${handler}} finally { log("finally"); ${last}}`),
    fc.tuple(value, block, block).map(([test, one, other]) => `switch (${test}) { case 1: {${one}} default: {${other}} }`),
    block.map((body) => `label${depth}: { ${body} if (x) break label${depth}; log("after the break"); }`),
    block.map((body) => `{ let x = y, y2 = x; ${body} }`),
    inner({ async: false, generator: false, ownThis: true }).map((body) => `function n@(a) { let x = 1, y = 2; ${body} } log("n@", n@(x));`),
    inner({ async: true, generator: false, ownThis: true }).map((body) => `async function n@(a) { let x = 1, y = 2; ${body} } n@(x).catch((error) => log("n@ rejects", error));`),
    inner({ async: false, generator: true, ownThis: true }).map((body) => `for (const item of (function* () { let x = 1, y = 2; ${body} })()) log("item", item);`),
    inner({ async: false, generator: false, ownThis: false }).map((body) => `log("arrow", (() => { let y = 2; ${body} })());`),
  ];
  if (around.async) {
    choices.push(
      looped.map((body) => `for await (const x of [1, Promise.resolve(2)]) {${body}}`),
      fc.tuple(looped, inner({ async: true, generator: true, ownThis: true })).map(
        ([body, source]) => `for await (const item of (async function* () { let x = 1, y = 2; ${source} })()) { log("item", item); ${body} }`,
      ),
      block.map((body) => `{ await using resource = { async [Symbol.asyncDispose]() { log("disposed"); } }; ${body} }`),
    );
  }
  choices.push(block.map((body) => `{ using resource = { [Symbol.dispose]() { log("disposed"); } }; ${body} }`));
  return fc.oneof(...choices);
}

/** One to three statements; `depth` tells how deep they may nest. */
export function statements(around: Surroundings, depth: number): Statements {
  const one = depth === 0 ? simple(around) : fc.oneof({ weight: 3, arbitrary: simple(around) }, { weight: 2, arbitrary: compound(around, depth - 1) });
  // A function's name is made of its place in the list: one name declared twice in a block is an error for async functions.
  return fc.array(one, { minLength: 1, maxLength: 3 }).map((list) => list.map((text, index) => text.replaceAll("@", String(index))).join(" "));
}
