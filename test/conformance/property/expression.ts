import fc from "fast-check";
import { nested, once, type Surroundings } from "./statement.js";

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
    pair.map(([l, r]) => `(${l}) ?? (${r})`),
    pair.map(([l, r]) => `(${l}) || (${r})`),
    pair.map(([l, r]) => `tag\`one \${${l}} two \${${r}}\``),
    fc.tuple(inner, inner, inner).map(([t, l, r]) => `((${t}) ? ${l} : ${r})`),
    pair.map(([l, r]) => `(log(${l}), ${r})`),
    inner.map((e) => `(x = ${e})`),
    inner.map((e) => `(x &&= ${e})`),
    inner.map((e) => `typeof (${e})`),
    inner.map((e) => `\`\${typeof (${e})} text\``),
    inner.map((e) => `((v) => v)(${e})`),
    inner.map((e) => `(({ k: v = 3, ...rest }) => [v, rest])(${e})`),
    inner.map((e) => `(function () { return ${around.ownArguments ? "arguments.length" : "1"}; })(${e})`),
    pair.map(([l, r]) => `(${l})?.k?.[${r}]`),
    inner.map((e) => `({ m: (v) => log(v) })?.m(${e})`),
    inner.map((e) => `(${e}).k.m`),
    inner.map((e) => `new Base(${e}).v`),
  ];
}

function nullary(around: Surroundings): Expressions[] {
  const choices: Expressions[] = [literals, variables];
  if (around.ownThis) choices.push(fc.constantFrom("this?.v", "typeof new.target", "(() => typeof this)()"));
  if (around.ownArguments) choices.push(fc.constantFrom("arguments.length", "typeof arguments[0]", "(() => arguments.length)()"));
  if (around.superProperty) choices.push(fc.constantFrom("super.v", "super['v']", "(() => super.v)()", "typeof super.m"));
  if (around.callable.length > 0) choices.push(fc.constantFrom(...around.callable.map((name) => `${name}(1, x)`)));
  return choices;
}

/** Expressions that wait, as an async function may. */
function awaiting(inner: Expressions): Expressions[] {
  return [
    inner.map((e) => `(await ${e})`),
    inner.map((e) => `(await Promise.resolve(${e}))`),
    inner.map((e) => `(await (async () => ${/yield|super|arguments/.test(e) ? "1" : e})())`),
    thenables.map((e) => `(await ${e})`),
    fc.nat(3).map((n) => `(await Promise.reject(new Error("rejected ${n}")))`),
    fc.tuple(inner, inner).map(([l, r]) => `(await Promise.all([${l}, Promise.resolve(${r})]))`),
  ];
}

/** JSX, which TypeScript compiles to calls of `h`; `still` may stand in a function of its own. */
function elements(inner: Expressions, still: Expressions): Expressions[] {
  const pair = fc.tuple(inner, inner);
  return [
    pair.map(([l, r]) => `<b k={${l}} text="t">one {${r}} two</b>`),
    pair.map(([l, r]) => `<Box {...(${l})} v={${r}} />`),
    pair.map(([l, r]) => `<>{${l}}<i />{...[${r}]}</>`),
    still.map((e) => `<Box render={() => ${e}} />`),
    still.map((e) => `((v: any) => <Box>{v}</Box>)(${e})`),
    still.map((e) => `<Box render={function* (v: any) { yield <i>{v}</i>; }}>{async () => <>{${e}}</>}</Box>`),
  ];
}

/** Expressions that the place allows; object literals stand in parentheses or where no statement begins. */
export function expression(around: Surroundings, depth: number): Expressions {
  return once("expression", around, depth, () => makeExpression(around, depth));
}

function makeExpression(around: Surroundings, depth: number): Expressions {
  const leaves = nullary(around).map((arbitrary) => arbitrary.map((text) => (text.startsWith("{") ? `(${text})` : text)));
  if (depth === 0) return fc.oneof(...leaves);
  const inner = expression(around, depth - 1);
  const choices = [...leaves, ...operators(around, inner).map((arbitrary) => arbitrary.map((text) => `(${text})`))];
  if (around.async) choices.push(...awaiting(inner));
  // TypeScript takes what begins with `(x = (yield <b` for an arrow function, and then `<` for a comparison.
  const yielded = around.jsx ? inner.map((e) => `(${e})`) : inner;
  if (around.generator) choices.push(yielded.map((e) => `(yield ${e})`), fc.constant("(yield)"), inner.map((e) => `(yield* [${e}, 1])`));
  // Parameters can neither await nor yield.
  const still = expression(nested(around, { async: false, generator: false, ownArguments: false }), depth - 1);
  choices.push(
    still.map((e) => `((v = ${e}) => { y = 1; return v; })()`),
    still.map((e) => `(({ k: v = ${e}, [log("k")]: w } = {}) => [v, w])()`),
  );
  if (around.typescript) {
    choices.push(
      inner.map((e) => `(${e} as any)`),
      inner.map((e) => `(${e})!`),
      inner.map((e) => `((${e}) satisfies unknown)`),
      inner.map((e) => `(<T,>(v: T): T => v)(${e})`),
    );
    choices.push(...(around.jsx ? elements(inner, still) : [inner.map((e) => `(<unknown>(${e}))`)]));
  }
  // Not Promise.resolve(e): it asks a promise for its constructor and does not handle it, which is where a rewritten
  // program differs (docs/conformance.md).
  if (!around.async) choices.push(inner.map((e) => `Promise.all([${e}])`), thenables.map((e) => `(${e})`));
  return fc.oneof(...choices);
}
