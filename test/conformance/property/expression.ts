import fc from "fast-check";
import type { Surroundings } from "./statement.js";

type Expressions = fc.Arbitrary<string>;

const literals = fc.constantFrom("0", "1", "2", "'text'", "null", "undefined", "[1, 2]", "{ k: 1 }", "-1", "true");
const variables = fc.constantFrom("x", "y", "z", "a", "b", "typeof a", "typeof p");

const thenables = fc.constantFrom(
  "{ then(resolve) { log('then'); resolve(5); } }",
  "{ then(resolve, reject) { log('then'); reject(new Error('query')); } }",
  "{ then(resolve) { Promise.resolve().then(() => resolve(6)); } }",
);

function operators(around: Surroundings, inner: Expressions): Expressions[] {
  const pair = fc.tuple(inner, inner);
  return [
    pair.map(([l, r]) => `(${l}) === (${r})`),
    pair.map(([l, r]) => `[${l}, ${r}].length`),
    pair.map(([l, r]) => `[...[${l}], ${r}]`),
    pair.map(([l, r]) => `{ k: ${l}, ["m"]: ${r} }`),
    fc.tuple(inner, inner, inner).map(([t, l, r]) => `((${t}) ? ${l} : ${r})`),
    pair.map(([l, r]) => `(log(${l}), ${r})`),
    inner.map((e) => `(x = ${e})`),
    inner.map((e) => `((v) => v)(${e})`),
    inner.map((e) => `(function () { return ${around.ownThis ? "arguments.length" : "1"}; })(${e})`),
    inner.map((e) => `(${e})?.k`),
  ];
}

function nullary(around: Surroundings): Expressions[] {
  const choices: Expressions[] = [literals, variables];
  if (around.ownThis) choices.push(fc.constantFrom("this?.v", "arguments.length", "typeof arguments[0]", "typeof new.target", "(() => typeof this)()"));
  if (around.callable.length > 0) choices.push(fc.constantFrom(...around.callable.map((name) => `${name}(1, x)`)));
  return choices;
}

/** Expressions that the place allows; object literals stand in parentheses or where no statement begins. */
export function expression(around: Surroundings, depth: number): Expressions {
  const leaves = nullary(around).map((arbitrary) => arbitrary.map((text) => (text.startsWith("{") ? `(${text})` : text)));
  if (depth === 0) return fc.oneof(...leaves);
  const inner = expression(around, depth - 1);
  const choices = [...leaves, ...operators(around, inner).map((arbitrary) => arbitrary.map((text) => `(${text})`))];
  if (around.async) {
    choices.push(
      inner.map((e) => `(await ${e})`),
      inner.map((e) => `(await Promise.resolve(${e}))`),
      inner.map((e) => `(await (async () => ${e.includes("yield") ? "1" : e})())`),
      thenables.map((e) => `(await ${e})`),
      fc.nat(3).map((n) => `(await Promise.reject(new Error("rejected ${n}")))`),
    );
  }
  if (around.generator) choices.push(inner.map((e) => `(yield ${e})`), fc.constant("(yield)"), inner.map((e) => `(yield* [${e}, 1])`));
  // Parameters can neither await nor yield.
  if (!around.async && !around.generator) choices.push(inner.map((e) => `((v = ${e}) => { y = 1; return v; })()`));
  if (!around.async) choices.push(inner.map((e) => `Promise.resolve(${e})`), thenables.map((e) => `(${e})`));
  return fc.oneof(...choices);
}
