import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markedNames, planOf, said } from "./planning.js";

describe("/** @traced */", () => {
  it.each<[what: string, source: string, names: string[]]>([
    ["a function", "/** @traced */ function a() {}", ["a"]],
    ["an exported function", "/** @traced */\nexport async function a() {}", ["a"]],
    ["the default export", "/** @traced */ export default function () {}", ["default"]],
    ["the default export, behind the word", "export default /** @traced */ () => {};", ["default"]],
    ["a variable's function", "/** @traced */ const a = () => {};", ["a"]],
    ["an exported variable's function", "/** @traced */ export const a = function () {};", ["a"]],
    ["the first of several variables", "/** @traced */ const a = () => {}, b = () => {};", ["a"]],
    ["another of several variables", "const a = () => {}, /** @traced */ b = () => {};", ["b"]],
    ["a function expression itself", "const a = /** @traced */ () => {};", ["a"]],
    ["a function expression in parentheses", "const a = /** @traced */ (function () {});", ["a"]],
    ["a callback", "app.get('/', /** @traced */ async (request) => {});", ["<anonymous>"]],
    ["a function with types around it", "/** @traced */ const a = (() => {}) as Handler;", ["a"]],
    ["what is returned", "function a() { return /** @traced */ () => {}; }", ["a.<anonymous>"]],
    ["an assignment", "/** @traced */ exports.a = function () {};", ["a"]],
    ["a method", "class A { /** @traced */ a() {} b() {} }", ["A.a"]],
    ["a static, private, asynchronous method", "class A { /** @traced */ static async #a() {} }", ["A.#a"]],
    ["an accessor", "class A { /** @traced */ get a() { return 1; } }", ["A.get a"]],
    ["a constructor", "class A { /** @traced */ constructor() {} }", ["A.constructor"]],
    ["a field", "class A { /** @traced */ a = () => {}; }", ["A.a"]],
    ["a decorated method", "class A { /** @traced */ @log() a() {} }", ["A.a"]],
    ["a method, behind its decorators", "class A { @log() /** @traced */ a() {} }", ["A.a"]],
    ["an object's method", "const o = { /** @traced */ a() {} };", ["o.a"]],
    ["an object's property", "const o = { /** @traced */ a: async () => {} };", ["o.a"]],
    ["the methods of a class, as the decorator does", "/** @traced */ class A { constructor() {} a() {} static b() {} get c() { return 1; } d = () => {}; #e() {} [f]() {} }", ["A.a", "A.b", "A.[f]"]],
    ["an exported, decorated class", "/** @traced */ @Injectable() export class A { a() {} }", ["A.a"]],
    ["a class expression", "/** @traced */ export const A = class { a() {} };", ["A.a"]],
    ["a generator", "/** @traced */ function* a() {}", ["a"]],
    ["a function in a namespace", "namespace N { /** @traced */ export function a() {} }", ["N.a"]],
  ])("marks %s", (_, source, names) => {
    expect(markedNames(source)).toEqual(names);
    expect(said(source)).toEqual([]);
  });

  it.each<[what: string, comment: string]>([
    ["among other tags", "/**\n * Charges.\n *\n * @param order what\n * @traced\n * @returns nothing\n */"],
    ["with text behind it", "/** @traced because it is slow */"],
    ["with text in parentheses behind it", "/** @traced (because it is slow) */"],
    ["without stars", "/**\n    @traced\n*/"],
    ["with Windows line ends", "/**\r\n * @traced\r\n */"],
    ["indented by tabs", "/**\n\t *\t@traced\n\t */"],
    ["with a comment between it and the function", "/** @traced */\n// eslint-disable-next-line\n/* istanbul ignore next */"],
    ["before another doc comment", "/** @traced */\n/** Charges. */"],
    ["with blank lines behind it", "/** @traced */\n\n\n"],
    ["with empty options", "/** @traced() */"],
    ["with an empty object", "/** @traced({}) */"],
    ["behind an example", "/**\n * @example\n * charge();\n * @traced\n */"],
    ["behind code", "/**\n * ```ts\n * charge()\n * ```\n * @traced\n */"],
  ])("counts %s", (_, comment) => {
    expect(markedNames(`${comment}\nexport function charge(order) {}`)).toEqual(["charge"]);
  });

  it.each<[what: string, comment: string]>([
    ["in prose", "/** Works like @traced, see there. */"],
    ["in prose on a line of its own", "/**\n * see\n * {@traced}\n */"],
    ["in a link", "/** {@link traced} */"],
    ["in fenced code", "/**\n * ```ts\n * @traced\n * ```\n */"],
    ["in fenced code of tildes", "/**\n * ~~~\n * @traced({})\n * ~~~\n */"],
    ["in indented code", "/**\n *     @traced\n */"],
    ["in an example, as a decorator", "/**\n * @example\n * class A {\n *   @traced\n *   m() {}\n * }\n */"],
    ["as a part of another tag", "/** @tracedBy */"],
    ["as a part of a dotted tag", "/** @traced.by me */"],
    ["as a part of a dashed tag", "/** @traced-by me */"],
    ["in a comment that is no doc comment", "/* @traced */"],
    ["in a line comment", "// @traced"],
    ["in an empty comment before one", "/**/ /* @traced */"],
  ])("does not count %s", (_, comment) => {
    expect(markedNames(`${comment}\nexport function charge(order) {}`)).toEqual([]);
    expect(said(`${comment}\nexport function charge(order) {}`)).toEqual([]);
  });

  it("does not count in texts and templates", () => {
    expect(markedNames('const a = "/** @traced */"; const b = `/** @traced */`; function c() {}')).toEqual([]);
  });
});

describe("options in a comment", () => {
  const options = (marker: string, parameters = "order, card, { id, lines: [first] }, ...rest"): unknown =>
    planOf(`/** ${marker} */ function charge(${parameters}) {}`).functions[0]?.site.options;

  it("name the span", () => {
    const source = '/** @traced({ name: "process_payment" }) */ function charge() {}';
    expect(planOf(source).functions[0]?.site).toMatchObject({ spanName: "process_payment", functionName: "charge" });
  });

  it.each([
    ["kind", '@traced({ kind: "client" })', { kind: "client" }],
    ["the default kind, left out", '@traced({ kind: "internal" })', {}],
    ["attributes", '@traced({ attributes: { "a.b": "x", c: 1, d: -1.5, e: true, f: ["x", `y`], "g": [] } })', { attributes: { "a.b": "x", c: 1, d: -1.5, e: true, f: ["x", "y"], g: [] } }],
    ["arguments", '@traced({ args: ["order", "id"] })', { args: ["order", "id"] }],
    ["all arguments", '@traced({ args: "all" })', { args: ["order", "card", "id", "first", "rest"] }],
    ["all arguments but some", '@traced({ args: "all", skip: ["card", "rest"] })', { args: ["order", "id", "first"] }],
    ["the return value", "@traced({ ret: true })", { ret: true }],
    ["a trace of its own", "@traced({ root: true })", { root: true }],
    ["no span", "@traced({ span: false })", { span: false }],
    ["what is the default anyway", "@traced({ ret: false, root: false, span: true })", {}],
    ["fields", '@traced({ fields: { "order.id": order.id, id, total: order.lines.map((line) => line.sum) } })', {
      fields: [
        { key: "order.id", expression: "order.id" },
        { key: "id", expression: "id" },
        { key: "total", expression: "order.lines.map((line) => line.sum)" },
      ],
    }],
    ["fields in parentheses", '@traced({ fields: { a: (order.id), b: ((x) => x)(order) } })', {
      fields: [{ key: "a", expression: "order.id" }, { key: "b", expression: "((x) => x)(order)" }],
    }],
    ["several, with a comma too many", '@traced({ kind: "server", ret: true, })', { kind: "server", ret: true }],
    ["with parentheses and quotes in texts", '@traced({ attributes: { a: "a)b", b: \'it\\\'s ("\', c: `)` } })', { attributes: { a: "a)b", b: 'it\'s ("', c: ")" } }],
  ])("give %s", (_, marker, expected) => {
    expect(options(marker)).toEqual(expected);
  });

  it("may stand on several lines, with stars and comments", () => {
    const source = `/**
 * Charges.
 * @traced({
 *   name: "pay", // as the dashboards know it
 *   fields: {
 *     "order.id": order
 *       // the public one
 *       .id,
 *   },
 * })
 */
async function charge(order) {}`;
    expect(said(source)).toEqual([]);
    expect(planOf(source).functions[0]?.site.options).toEqual({
      name: "pay",
      fields: [{ key: "order.id", expression: "order .id" }],
    });
  });

  it("know this, the names around the function, and globals", () => {
    const source = `import { VERSION } from "./version.js";
const table = "orders";
function outer(db) {
  const local = 1;
  /** @traced({ fields: { a: VERSION, b: table, c: db.name, d: local, e: JSON.stringify(x), f: this.y, g: arguments.length } }) */
  function inner(x) {}
}`;
    expect(said(source)).toEqual([]);
    expect(planOf(source).functions[0]?.site.options.fields).toHaveLength(7);
  });

  it("are TypeScript in a TypeScript file", () => {
    expect(said("/** @traced({ fields: { a: order!.id as string } }) */ function f(order?: Order) {}")).toEqual([]);
  });

  it("are those of the class for methods without a marker", () => {
    const source = '/** @traced({ kind: "client" }) */ class A { a() {} /** @traced({ ret: true }) */ b() {} }';
    expect(planOf(source).functions.map(({ site }) => site.options)).toEqual([{ kind: "client" }, { ret: true }]);
  });

  it("of a class name the class, and the parameters that each method has", () => {
    const source = '/** @traced({ name: "Payments", args: ["order"] }) */ class A { a(order) {} b() {} }';
    expect(planOf(source).functions.map(({ site }) => [site.spanName, site.options.args])).toEqual([
      ["Payments.a", ["order"]],
      ["Payments.b", undefined],
    ]);
  });
});

describe("a marker with a mistake", () => {
  it.each([
    [
      "an unknown option",
      '/** @traced({ nmae: "x" }) */ function f() {}',
      '1:15 ERRSPAN2002 Unknown option "nmae". Did you mean "name"?',
    ],
    [
      "an unknown option like no other",
      "/** @traced({ sampling: 1 }) */ function f() {}",
      '1:15 ERRSPAN2002 Unknown option "sampling". Options are name, kind, attributes, fields, args, skip, ret, root, links, span.',
    ],
    [
      "a value of the wrong type",
      "/**\n * @traced({\n *   name: 1,\n * })\n */ function f() {}",
      '3:12 ERRSPAN2003 Option "name" must be a string that is not empty, but is 1.',
    ],
    [
      "an unknown kind",
      '/** @traced({ kind: "sever" }) */ function f() {}',
      '1:21 ERRSPAN2003 Option "kind" must be one of "internal", "server", "client", "producer", "consumer", but is "sever". Did you mean "server"?',
    ],
    [
      "a value that only the program knows",
      "/** @traced({ name: NAME }) */ function f() {}",
      '1:21 ERRSPAN2003 Option "name" must be a string that is not empty, written as literals: a comment is read at build time.',
    ],
    [
      "attributes of mixed arrays",
      '/** @traced({ attributes: { a: [1, "2"] } }) */ function f() {}',
      '1:32 ERRSPAN2003 Attribute "a" must be a string, a finite number, true or false, or an array of one of these, but is an array.',
    ],
    [
      "an option twice",
      '/** @traced({ name: "a", name: "b" }) */ function f() {}',
      '1:26 ERRSPAN2003 Option "name" is given twice. Keep one of them.',
    ],
    [
      "links",
      "/** @traced({ links: [] }) */ function f() {}",
      '1:15 ERRSPAN2003 Option "links" cannot be written in a comment, for links exist only when the program runs. Use the decorator or withSpan() from "@errspan/runtime".',
    ],
    [
      "skipping a parameter that is not there",
      '/** @traced({ args: "all", skip: ["crad"] }) */ function f(card) {}',
      '1:35 ERRSPAN2004 Option "skip" names "crad", which is not a parameter of the function. Did you mean "card"?',
    ],
    [
      "capturing a parameter that is not there",
      '/** @traced({ args: ["order"] }) */ function f() {}',
      '1:22 ERRSPAN2004 Option "args" names "order", which is not a parameter of the function. It has no parameters.',
    ],
    [
      "skipping without capturing",
      '/** @traced({ skip: ["card"] }) */ function f(card) {}',
      '1:22 ERRSPAN2012 Option "skip" has no effect without "args": arguments are captured only where "args" asks for it.',
    ],
    [
      "a field of an unknown name",
      '/** @traced({ fields: { "order.id": oder.id } }) */ function f(order) {}',
      '1:37 ERRSPAN2005 Field "order.id" uses "oder", which is neither a parameter of the function nor a name around it. Did you mean "order"?',
    ],
    [
      "a field of a name inside the function",
      "/** @traced({ fields: { a: total } }) */ function f(order) { const total = 1; }",
      '1:28 ERRSPAN2005 Field "a" uses "total", which is neither a parameter of the function nor a name around it. Its parameters are order.',
    ],
    [
      "a field that waits",
      "/** @traced({ fields: { a: await order } }) */ async function f(order) {}",
      '1:28 ERRSPAN2006 Field "a" uses await; a field is a plain expression over the parameters.',
    ],
    [
      "a field that assigns",
      "/** @traced({ fields: { a: order.seen = true } }) */ function f(order) {}",
      '1:28 ERRSPAN2006 Field "a" uses an assignment; a field is a plain expression over the parameters.',
    ],
    [
      "a field that uses this before super()",
      "class A extends B { /** @traced({ fields: { a: this.x } }) */ constructor() { super(); } }",
      '1:48 ERRSPAN2006 Field "a" uses "this", which a derived constructor has not got before super() returns. Use its parameters.',
    ],
    [
      "fields as a function",
      "/** @traced({ fields: (order) => ({}) }) */ function f(order) {}",
      '1:23 ERRSPAN2003 Option "fields" must be an object of attribute names and expressions over the parameters, like { "order.id": order.id }.',
    ],
    [
      "a spread",
      "/** @traced({ ...common }) */ function f() {}",
      "1:15 ERRSPAN2007 The options of @traced must be written out: spread and computed keys cannot be read at build time.",
    ],
    [
      "options that are no object",
      '/** @traced("name") */ function f() {}',
      '1:12 ERRSPAN2007 The options of @traced must be one object. Write them as @traced({ name: "process_payment", args: ["orderId"] }).',
    ],
    [
      "options that are not closed",
      "/** @traced({ name: 'x' */ function f() {}",
      '1:5 ERRSPAN2007 The options of @traced are not closed. Write them as @traced({ name: "process_payment", args: ["orderId"] }).',
    ],
    [
      "two markers",
      "/**\n * @traced\n * @traced({ ret: true })\n */ function f() {}",
      "3:4 ERRSPAN2008 f is marked more than once. Keep one marker.",
    ],
    [
      "a marker and its opposite",
      "/** @traced */ /** @untraced */ function f() {}",
      "1:20 ERRSPAN2008 f is marked more than once. Keep one marker.",
    ],
    [
      "fields for all methods",
      '/** @traced({ fields: { a: order } }) */ class A { a(order) {} b() {} }',
      '1:5 ERRSPAN2010 Option "fields" names parameters, and the methods of a class have different ones. Mark the methods that it is meant for.',
    ],
    [
      "options on its opposite",
      "/** @untraced({}) */ function f() {}",
      "1:14 ERRSPAN2007 @untraced takes no options. Remove the parentheses.",
    ],
  ])("is told where it is wrong: %s", (_, source, message) => {
    expect(said(source)).toEqual([message]);
    const severe = planOf(source).diagnostics.some(({ severity }) => severity === "error");
    expect(markedNames(source)).toHaveLength(severe ? 0 : 1);
  });

  it("is told about syntax at its place", () => {
    expect(said("/**\n * @traced({ name: })\n */ function f() {}")).toEqual([
      expect.stringMatching(/^2:20 ERRSPAN2007 The options of @traced cannot be read: .*\. Write them as @traced\(/),
    ]);
  });

  const noFunction = "Put the marker right before a function, a method, or a variable or property that holds one.";
  const noBody = "Put the marker on the implementation, the one with a body.";
  it.each([
    ["a property that holds no function", "class A { /** @traced */ a = 1; }", `1:15 ERRSPAN2001 @traced marks no function: the class property holds no function. ${noFunction}`],
    ["a variable that holds no function", "/** @traced */ const a = 1;", `1:5 ERRSPAN2001 @traced marks no function: the variable holds no function. ${noFunction}`],
    ["the result of a call", "/** @traced */ export const a = memo(() => {});", "1:5 ERRSPAN2001 @traced marks no function: the variable holds the result of a call. Put the marker right before the function that is given to the call, or on the function that it returns."],
    ["an interface", "/** @traced */ export interface A {}", `1:5 ERRSPAN2001 @traced marks no function: it is part of an interface or type, and types do not run. ${noFunction}`],
    ["a method of an interface", "interface A { /** @traced */ a(): void }", `1:19 ERRSPAN2001 @traced marks no function: it is part of an interface or type, and types do not run. ${noFunction}`],
    ["a type", "/** @traced */ type A = 1;", `1:5 ERRSPAN2001 @traced marks no function: it is a type, and types do not run. ${noFunction}`],
    ["an overload signature", "/** @traced */ function f(a: 1): void; function f(a: 2) {}", `1:5 ERRSPAN2009 @traced marks no function: it is a signature without a body. ${noBody}`],
    ["a method's overload signature", "class A { /** @traced */ f(a: 1): void; f(a: 2) {} }", `1:15 ERRSPAN2009 @traced marks no function: it is an overload signature. ${noBody}`],
    ["an abstract method", "abstract class A { /** @traced */ abstract f(): void; }", `1:24 ERRSPAN2009 @traced marks no function: it is abstract. ${noBody}`],
    ["an enum", "/** @traced */ enum A { B }", `1:5 ERRSPAN2001 @traced marks no function: it is an enum. ${noFunction}`],
    ["a namespace", "/** @traced */ namespace A { f() }", "1:5 ERRSPAN2001 @traced marks no function: it is a namespace. Mark the functions in it."],
    ["an import", '/** @traced */ import a from "a"; a();', "1:5 ERRSPAN2001 @traced marks no function: it is an import. Mark the function where it is defined."],
    ["an export list", "/** @traced */ export { a }; function a() {}", `1:5 ERRSPAN2001 @traced marks no function: it is an export list. ${noFunction}`],
    ["a call", "/** @traced */ run();", `1:5 ERRSPAN2001 @traced marks no function: it is an expression statement. ${noFunction}`],
    ["nothing", "f();\n/** @traced */", `2:5 ERRSPAN2001 @traced marks no function: nothing follows it. ${noFunction}`],
    ["a class without methods", "/** @traced */ class A { constructor() {} }", "1:5 ERRSPAN2001 The class A has no methods that could be traced. Put the marker on a function."],
    ["a static block", "class A { /** @traced */ static { } }", `1:15 ERRSPAN2001 @traced marks no function: it is a static block. ${noFunction}`],
  ])("is told that it stands on no function: %s", (_, source, message) => {
    expect(said(source)).toEqual([message]);
    expect(planOf(source).diagnostics[0]?.severity).toBe("error");
  });

  it("survives whatever stands in a comment", () => {
    const piece = fc.constantFrom("@traced", "(", ")", "{", "}", "name", ":", '"', "'", "`", "${", "\n * ", "\r\n", ",", "fields", "[", "]", "...", "=>", "\\", "//", "/*", "```", "é😀", "\ud800", " ", "1");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const comment = `/** @traced(${pieces.join("")}`.replaceAll("*/", "* /");
        const { diagnostics } = planOf(`${comment} */ function f(a) {}`);
        for (const { line, column } of diagnostics) expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
  });
});

describe("/** @untraced */", () => {
  it("takes a function out of what selectors pick, and a method out of its class", () => {
    const config = { select: [{ functions: "all" }] } as const;
    expect(markedNames("/** @untraced */ function a() {} function b() {}", { config })).toEqual(["b"]);
    expect(markedNames("/** @traced */ class A { /** @untraced */ a() {} b() {} }")).toEqual(["A.b"]);
    expect(markedNames("/** @untraced */ class A { a() {} constructor() {} /** @traced */ b() {} }", { config })).toEqual(["A.b"]);
  });
});
