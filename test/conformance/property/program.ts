import fc from "fast-check";
import type { ProgramFile } from "../harness/program.js";
import { statements, type Surroundings } from "./statement.js";

/** A function of a generated program: its declaration, and statements that use it. */
interface Part {
  readonly declaration: string;
  readonly use: string;
}

/** A kind of function: how it is declared and called, and what its body may hold. */
interface Kind {
  readonly declare: (name: string, list: string, body: string) => string;
  readonly use: (name: string, given: string, steps: readonly string[]) => string;
  readonly around: Partial<Surroundings>;
  /** Takes no parameters (0), exactly one (1), or any. */
  readonly parameters?: 0 | 1;
}

const attempt = (name: string, expression: string): string =>
  `try { log("${name}", ${expression}); } catch (error) { log("${name} throws", error); }`;
/** Calls what gives a promise: it may throw, and it may reject. */
const later = (name: string, call: string): string =>
  `try { ${call}.then((value) => log("${name}", value), (error) => log("${name} rejects", error)); } catch (error) { log("${name} throws", error); }`;

const isMethod = { superProperty: true } as const;
const noThis = { ownThis: false, ownArguments: false } as const;

const kinds: Readonly<Record<string, Kind>> = {
  function: {
    declare: (name, list, body) => `function ${name}(${list}) {${body}}`,
    use: (name, given) => attempt(name, `${name}.call({ v: 1 }${given && `, ${given}`})`),
    around: {},
  },
  arrow: {
    declare: (name, list, body) => `const ${name} = (${list}) => {${body}};`,
    use: (name, given) => attempt(name, `${name}(${given})`),
    around: noThis,
  },
  async: {
    declare: (name, list, body) => `async function ${name}(${list}) {${body}}`,
    use: (name, given) => later(name, `${name}(${given})`),
    around: { async: true },
  },
  "async arrow": {
    declare: (name, list, body) => `const ${name} = async (${list}) => {${body}};`,
    use: (name, given) => later(name, `${name}(${given})`),
    around: { async: true, ...noThis },
  },
  generator: {
    declare: (name, list, body) => `function* ${name}(${list}) {${body}}`,
    use: (name, given, steps) =>
      `try { const it = ${name}(${given}); ${steps.map((step) => attempt(name, `it.${step}`)).join(" ")} } catch (error) { log("${name} throws at the call", error); }`,
    around: { generator: true },
  },
  "async generator": {
    declare: (name, list, body) => `async function* ${name}(${list}) {${body}}`,
    use: (name, given, steps) =>
      `try { const it = ${name}(${given}); ${steps.map((step) => later(name, `it.${step}`)).join(" ")} } catch (error) { log("${name} throws at the call", error); }`,
    around: { async: true, generator: true },
  },
  method: {
    declare: (name, list, body) => `const ${name} = { __proto__: { v: 6 }, v: 3, m(${list}) {${body}} };`,
    use: (name, given) => attempt(name, `${name}.m(${given})`),
    around: isMethod,
  },
  "async method": {
    declare: (name, list, body) => `class ${name} extends Base { async m(${list}) {${body}} }`,
    use: (name, given) => later(name, `new ${name}().m(${given})`),
    around: { async: true, ...isMethod },
  },
  "private method": {
    declare: (name, list, body) => `class ${name} extends Base { static #m(${list}) {${body}} static call(...all) { return this.#m(...all); } }`,
    use: (name, given) => attempt(name, `${name}.call(${given})`),
    around: isMethod,
  },
  "method generator": {
    declare: (name, list, body) => `class ${name} { static *m(${list}) {${body}} }`,
    use: (name, given) => attempt(name, `[...${name}.m(${given})]`),
    around: { generator: true, ...isMethod },
  },
  field: {
    declare: (name, list, body) => `class ${name} extends Base { v = 7; f = (${list}) => {${body}}; }`,
    use: (name, given) => attempt(name, `new ${name}().f(${given})`),
    around: { ...isMethod, ownArguments: false },
  },
  accessor: {
    declare: (name, _list, body) => `class ${name} extends Base { v = 4; get x() {${body}} }`,
    use: (name) => attempt(name, `new ${name}().x`),
    around: isMethod,
    parameters: 0,
  },
  setter: {
    declare: (name, list, body) => `class ${name} extends Base { set x(${list}) {${body}} }`,
    use: (name) => attempt(name, `new ${name}().x = undefined`),
    around: isMethod,
    parameters: 1,
  },
  "derived constructor": {
    declare: (name, list, body) => `class ${name} extends Base { field = log("field"); constructor(${list}) { log("before super"); super(); ${body}} }`,
    use: (name, given) => attempt(name, `typeof new ${name}(${given})`),
    around: { ...isMethod, returns: false },
  },
  "constructor without super": {
    declare: (name, list, body) => `class ${name} { #secret = 1; constructor(${list}) { ${body} log(this.#secret); } }`,
    use: (name, given) => attempt(name, `typeof new ${name}(${given})`),
    around: { ...isMethod, returns: false },
  },
};

const lists: readonly (readonly [several: string, typed: string])[] = [
  ["a, b", "a?: any, b?: any"],
  ["a = log('default a', 1), b = a", "a: any = log('default a', 1), b: any = a"],
  ["{ a = 1, ...b } = {}", "{ a = 1, ...b }: any = {}"],
  ["a, ...b", "a?: any, ...b: any[]"],
  ["[a, b = 2] = [0]", "[a, b = 2]: any = [0] as any"],
  ["a, b, a2 = () => a", "a?: any, b?: any, a2 = (): any => a"],
  ["a = boom('a')", "a: any = boom('a')"],
  ["{ [log('key', 'a')]: a, b = boom('b') } = {}", "{ [log('key', 'a')]: a, b = boom('b') }: any = {}"],
  ["a = new Base().v, ...[b = a.k]", "a: any = new Base().v!, ...[b = a.k]: any[]"],
  ["{ a, b: [b = 1] }", "{ a, b: [b = 1] }: any"],
  ["", ""],
];
const single: typeof lists = [
  ["a", "a: any"],
  ["a = boom('a')", "a: any = boom('a')"],
  ["{ a = log(1), b } = {}", "{ a = log(1), b }: any = {}"],
];

const given = fc.constantFrom("", "1, 2", "undefined, null", "[3], { k: 4 }", "{ b: [] }");
const steps = fc.array(fc.constantFrom("next(1)", "next(2)", "throw(new Error('thrown in'))", "return('returned in')"), { minLength: 1, maxLength: 5 });

type Language = "js" | "ts" | "tsx";

function part({ declare, use, around, parameters }: Kind, index: number, callable: readonly string[], language: Language): fc.Arbitrary<Part> {
  const name = `f${index}`;
  const typescript = language !== "js";
  const surroundings: Surroundings = {
    async: false,
    generator: false,
    ownThis: true,
    ownArguments: true,
    superProperty: false,
    returns: true,
    loop: false,
    callable,
    typescript,
    jsx: language === "tsx",
    ...around,
  };
  const list = parameters === 0 ? fc.constant(["", ""] as const) : fc.constantFrom(...(parameters === 1 ? single : lists));
  return fc.tuple(list, statements(surroundings, 3), given, steps).map(([[untyped, typed], body, values, taken]) => ({
    // A body's own x and y shadow nothing; the outer z is shared by all.
    declaration: declare(name, typescript ? typed : untyped, `let x${typescript ? ": any" : ""} = 1, y = 2; ${body}`),
    use: use(name, values, taken),
  }));
}

const head = `var z = 0, a = "outer a", b = "outer b";
class Base { constructor() { log("Base"); } get v() { return 2; } set v(value) { log("set v", value); } static get v() { return 8; } static set v(value) { log("set static v", value); } m() {} }
function boom(what) { throw new Error(what); }
function tag(strings, ...values) { return log(strings.raw.join("-"), values.length, strings === tag.last) && (tag.last = strings, values[0]); }`;

const jsxHead = `
const h = (type: any, props: any, ...children: any[]): any => (typeof type === "function" ? type({ ...props, children }) : { type, props, children });
const Fragment = "fragment";
function Box({ render, children, ...props }: any): any {
  const made = [render, ...children].map((each) => { const value = typeof each === "function" ? each(1) : each; return value?.next ? [...value] : value; });
  for (const each of made) if (each instanceof Promise) each.then((value) => log("made", value), (error) => log("not made", error));
  return <b {...props}>{made.length}</b>;
}`;

function programsIn(language: Language): fc.Arbitrary<ProgramFile> {
  return fc.tuple(fc.array(fc.constantFrom(...Object.entries(kinds)), { minLength: 1, maxLength: 4 }), fc.boolean()).chain(([chosen, strict]) => {
    const parts = chosen.map(([, kind], index) =>
      part(kind, index, chosen.flatMap(([earlier], at) => (at < index && (earlier === "function" || earlier === "async") ? [`f${at}`] : [])), language),
    );
    return fc.tuple(...parts).map((made) => {
      const first = strict && language === "js" ? `"use strict";\n${head}` : `${head}${language === "tsx" ? jsxHead : ""}`;
      const code = [first, ...made.map(({ declaration }) => declaration), "ticks(4);", ...made.map((each) => each.use)].join("\n");
      return { name: `main.${language}`, code };
    });
  });
}

/** Programs of one to four functions of any kind, each of which may call the plain ones before it, and statements that use them all. */
export const programs = programsIn("js");
/** The same in TypeScript, half of them with JSX. */
export const typedPrograms = fc.oneof(programsIn("ts"), programsIn("tsx"));
