import fc from "fast-check";
import { statements, type Surroundings } from "./statement.js";

/** A function of a generated program: its declaration, and statements that use it. */
interface Part {
  readonly declaration: string;
  readonly use: string;
}

type Kind = "function" | "arrow" | "async" | "async arrow" | "generator" | "async generator" | "method" | "constructor" | "accessor";

const kinds: readonly Kind[] = ["function", "arrow", "async", "async arrow", "generator", "async generator", "method", "constructor", "accessor"];

const parameters = fc.constantFrom("a, b", "a = log('default a', 1), b = a", "{ a = 1, ...b } = {}", "a, ...b", "[a, b = 2] = [0]", "a, b, a2 = () => a", "");

const steps = fc.array(fc.constantFrom("next(1)", "next(2)", "throw(new Error('thrown in'))", "return('returned in')"), { minLength: 1, maxLength: 5 });

function declare(kind: Kind, name: string, list: string, body: string): string {
  switch (kind) {
    case "function":
      return `function ${name}(${list}) {${body}}`;
    case "arrow":
      return `const ${name} = (${list}) => {${body}};`;
    case "async":
      return `async function ${name}(${list}) {${body}}`;
    case "async arrow":
      return `const ${name} = async (${list}) => {${body}};`;
    case "generator":
      return `function* ${name}(${list}) {${body}}`;
    case "async generator":
      return `async function* ${name}(${list}) {${body}}`;
    case "method":
      return `const ${name} = { v: 3, m(${list}) {${body}} };`;
    case "accessor":
      return `class ${name} { v = 4; get x() {${body}} }`;
    case "constructor":
      return `class ${name} extends Base { field = log("field"); constructor(${list}) { log("before super"); super(); ${body}} }`;
  }
}

function use(kind: Kind, name: string, given: readonly string[]): string {
  const attempt = (expression: string): string => `try { log("${name}", ${expression}); } catch (error) { log("${name} throws", error); }`;
  switch (kind) {
    case "function":
      return attempt(`${name}.call({ v: 1 }, 1, 2)`);
    case "arrow":
      return attempt(`${name}(1, 2)`);
    case "async":
    case "async arrow":
      return `${name}(1, 2).then((value) => log("${name}", value), (error) => log("${name} rejects", error));`;
    case "method":
      return attempt(`${name}.m(1, 2)`);
    case "accessor":
      return attempt(`new ${name}().x`);
    case "constructor":
      return attempt(`typeof new ${name}(1, 2)`);
    case "generator":
      return `try { const it = ${name}(1, 2); ${given.map((step) => attempt(`it.${step}`)).join(" ")} } catch (error) { log("${name} throws at the call", error); }`;
    case "async generator":
      return `try { const it = ${name}(1, 2); ${given.map((step) => `it.${step}.then((r) => log("${name}", r), (error) => log("${name} rejects", error));`).join(" ")} } catch (error) { log("${name} throws at the call", error); }`;
  }
}

function surroundings(kind: Kind, callable: readonly string[]): Surroundings {
  return {
    async: kind === "async" || kind === "async arrow" || kind === "async generator",
    generator: kind === "generator" || kind === "async generator",
    ownThis: kind !== "arrow" && kind !== "async arrow",
    returns: kind !== "constructor",
    loop: false,
    callable,
  };
}

function part(kind: Kind, index: number, callable: readonly string[]): fc.Arbitrary<Part> {
  const name = `f${index}`;
  return fc.tuple(parameters, statements(surroundings(kind, callable), 3), steps).map(([list, body, given]) => ({
    // A body's own x and y shadow nothing; the outer z is shared by all.
    declaration: declare(kind, name, kind === "accessor" ? "" : list, `let x = 1, y = 2; ${body}`),
    use: use(kind, name, given),
  }));
}

/** Programs of one to four functions of any kind, each of which may call the plain ones before it, and statements that use them all. */
export const programs: fc.Arbitrary<string> = fc
  .tuple(fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 4 }), fc.boolean())
  .chain(([chosen, strict]) => {
    const parts = chosen.map((kind, index) =>
      part(kind, index, chosen.flatMap((earlier, at) => (at < index && (earlier === "function" || earlier === "async") ? [`f${at}`] : []))),
    );
    return fc.tuple(...parts).map((made) => {
      const head = `${strict ? '"use strict";\n' : ""}var z = 0, a = "outer a", b = "outer b";\nclass Base { constructor() { log("Base"); } get v() { return 2; } set v(value) { log("set v", value); } }`;
      return [head, ...made.map(({ declaration }) => declaration), "ticks(4);", ...made.map((each) => each.use)].join("\n");
    });
  });
