import { describe, expect, it } from "vitest";
import { rewritten, shortened } from "./rewriting.js";

/**
 * In the expectations `«` stands for entering the span and `try {`, `»` for the catch and finally that end it; `‹"name":`
 * and `›` for the arrow function of that name, with its `try`, in which a default value is evaluated.
 */
const forms: readonly [what: string, source: string, output: string][] = [
  ["a function", "function f() { a() }", "function f() {« a() »}"],
  ["an empty function", "function f() {}", "function f() {«»}"],
  ["a return value", "function f() { return a }", "function f() {« return returned(s,( a)); »}"],
  ["a bare return", "function f() { return; }", "function f() {« return; »}"],
  ["an expression body", "f = x => y", "f = x =>{«return returned(s,( y))»}"],
  ["an expression body that is plain", "f = x => 1", "f = x =>{«return( 1)»}"],
  ["a default that may throw", "function f(x = a()) {}", 'function f(x = ‹"f":a()›) {«»}'],
  ["defaults and keys in patterns", "f = ({ [a.b]: [c = d()] }) => 1", 'f = ({ [‹"f":a.b›]: [c = ‹"f":d()›] }) =>{«return( 1)»}'],
  ["a default in parentheses", "f = (x = (a, b())) => 1", 'f = (x = (‹"f":a, b()›)) =>{«return( 1)»}'],
  ["a default that ends where a function does", "f = (x = (a(), b => c)) => 1", 'f = (x = (‹"f":a(), b =>{«return returned(s,( c))»}›)) =>{«return( 1)»}'],
  ["an await", "async () => { await a }", "async () => {« resume(s,await suspend(s, a)) »}"],
  ["a yield", "function* f() { yield a }", "function* f() {« resume(s,yield suspend(s, a)) »}"],
  ["a bare yield", "function* f() { yield }", "function* f() {« resume(s,yield suspend(s)) »}"],
  ["a delegating yield", "function* f() { yield* a }", "function* f() {« resume(s,yield* delegate(s, a)) »}"],
  ["an async generator's return", "async function* f() { return a }", "async function* f() {« return suspend(s,( a)); »}"],
  [
    "for await",
    "async () => { for await (x of y) z }",
    "async () => {« try{for await (x of  delegate(s,(y))) {resume(s);z}}finally{resume(s)} »}",
  ],
  [
    "for await in an async generator",
    "async function* f() { for await (x of y) z }",
    "async function* f() {« try{for await (x of  delegate(s,(y))) {resume(s);try{z}finally{suspend(s)}}}finally{resume(s)} »}",
  ],
  [
    "a try that suspends",
    "async () => { try { await a } catch (e) { b } finally { c } }",
    "async () => {« try { resume(s,await suspend(s, a)) } catch (e) {resume(s); b } finally {resume(s); c } »}",
  ],
  [
    "await using",
    "async () => { { await using a = b; c } }",
    "async () => {« {try{ await using a = b;using __errspan_d16=suspendAtDispose(s); c }finally{resume(s)}} »}",
  ],
  [
    "for await using",
    "async () => { for (await using a of b) c }",
    "async () => {« try{for (await using a of b) {resume(s);try{c}finally{suspend(s)}}}finally{resume(s)} »}",
  ],
];

describe("the rewritten form of", () => {
  it.each(forms)("%s", (_what, source, output) => {
    expect(shortened(source)).toBe(output);
  });
});

/** What meets at one offset, and what a careless insertion would run into. */
const edits: readonly [what: string, source: string, output: string][] = [
  ["keywords right before operands", "function f(){return\"x\"[a]}", "function f(){«return returned(s,(\"x\"[a]));»}"],
  ["await right before a parenthesis", "async()=>{await(a)}", "async()=>{«resume(s,await suspend(s,(a)))»}"],
  ["yield right before a regular expression", "function*f(){yield/a/}", "function*f(){«resume(s,yield suspend(s,/a/))»}"],
  ["of right before an array", "async()=>{for await(x of[a]);}", "async()=>{«try{for await(x of delegate(s,([a]))){resume(s);;}}finally{resume(s)}»}"],
  ["a comment between the words of yield*", "function*f(){yield/*a*/* b}", "function*f(){«resume(s,yield/*a*/* delegate(s, b))»}"],
  ["awaits of awaits", "async()=>await await a", "async()=>{«return(resume(s,await suspend(s, resume(s,await suspend(s, a)))))»}"],
  ["yields of yields", "function*f(){yield yield}", "function*f(){«resume(s,yield suspend(s, resume(s,yield suspend(s))))»}"],
  ["functions that end where others do", "f=a=>b=>c", "f=a=>{«return(b=>{«return returned(s,(c))»})»}"],
  [
    "an arrow that awaits as the operand of a yield",
    "function*f(){yield async x=>await y}",
    "function*f(){«resume(s,yield suspend(s, async x=>{«return(resume(s,await suspend(s, y)))»}))»}",
  ],
  ["parentheses and comments round an expression body", "f = x => /*a*/ (/*b*/ (y) /*c*/) // d\n;", "f = x =>{«return returned(s,( /*a*/ (/*b*/ (y) /*c*/)))»} // d\n;"],
  ["a line break before an expression body", "f = x =>\n y", "f = x =>{«return returned(s,(\n y))»}"],
  ["an object as the body", "f = x => ({ ...a })", "f = x =>{«return returned(s,( ({ ...a })))»}"],
  ["a sequence that is returned", "function f() { return a, b }", "function f() {« return returned(s,( a, b)); »}"],
  ["comments round a return value", "function f() { return /*\\*/ (a /*b*/) /*c*/; // d\n}", "function f() {« return returned(s,( /*\\*/ (a /*b*/))) /*c*/; // d\n»}"],
  ["a line break in a comment before a return value", "function f() { return (// a\n b) }", "function f() {« return returned(s,( (// a\n b))); »}"],
  ["a body that ends in a comment", "function f() { a // b\n}", "function f() {« a // b\n»}"],
  ["a return that lacks its semicolon before else", "function f() { if (a) return b\n else c }", "function f() {« if (a) return returned(s,( b));\n else c »}"],
  ["directives ended by line breaks", "function f() { 'use strict'\n a() }", "function f() { 'use strict';«\n a() »}"],
  ["a directive alone", "function f() {'use strict'}", "function f() {'use strict';«»}"],
  ["super that lacks its semicolon", "class C extends D { a = 1; constructor() { super()\n b() } }", "class C extends D { a = 1; constructor() { super();«\n b() »} }"],
  ["await using that lacks its semicolon", "async () => { await using a = await b }", "async () => {« await using a = resume(s,await suspend(s, b));using __errspan_d14=suspendAtDispose(s); »}"],
  [
    "the labels of for await",
    "async () => { a: b: for await (x of y) continue a }",
    "async () => {« try{a: b: for await (x of  delegate(s,(y))) {resume(s);continue a}}finally{resume(s)} »}",
  ],
  [
    "statements that begin where a loop or declaration ends",
    "async()=>{for await(a of b){}for await(c of d){}await using e=f;await g}",
    "async()=>{«try{for await(a of  delegate(s,(b))){resume(s);{}}}finally{resume(s)}try{for await(c of  delegate(s,(d))){resume(s);{}}}finally{resume(s)}await using e=f;using __errspan_d48=suspendAtDispose(s);resume(s,await suspend(s, g))»}",
  ],
  ["for await without braces round it", "async () => { if (a) for await (x of y); else b }", "async () => {« if (a) try{for await (x of  delegate(s,(y))){resume(s);;}}finally{resume(s)} else b »}"],
  ["a sequence that for await iterates", "async () => { for await (x of (a, b)) c }", "async () => {« try{for await (x of ( delegate(s,(a, b)))) {resume(s);c}}finally{resume(s)} »}"],
];

describe("insertions keep their order and distance with", () => {
  it.each(edits)("%s", (_what, source, output) => {
    expect(shortened(source)).toBe(output);
  });

  it.each(["yield\n(a)", "yield\n[a]", "yield\n`a`", "yield\n/a/g", "yield\n+a", "yield\n-a", "yield () => {}\n(a)", "b = yield yield\n[a]"])(
    "a yield whose operand ends where the next statement begins: %j",
    (statements) => {
      expect(shortened(`function* f() { ${statements} }`)).toMatch(/\);+\n/);
    },
  );

  it.each(["await a++\n(b)", "await a--\n[b]", "await a++\n`b`"])("an await whose operand cannot go on: %j", (statements) => {
    expect(shortened(`async () => { ${statements} }`)).toMatch(/\);\n/);
  });

  it.each(["await a\n+b", "await a++\n/b/c", "await a\n.b", "a = await b\n;(c)", "f(await a\n, b)"])("an expression that goes on behind an await: %j", (statements) => {
    expect(shortened(`async () => { ${statements} }`)).not.toMatch(/\);+\n/);
  });
});

describe("the site of a function", () => {
  it("is made at the first call, with its place and kind", () => {
    expect(rewritten("\n  class A { static async *b() {} }", "module")).toContain(
      '__errspan.enter(__errspan_0===void 0?__errspan_0=(0,__errspan.site)("A.b","A.b","program.js",2,13,3):__errspan_0)',
    );
  });

  const marked = (options: string, parameters = ""): string => rewritten(`/** @traced(${options}) */ function f(${parameters}) {}`, "module");

  it("has the options that are constant", () => {
    expect(marked('{ name: "n", kind: "client", attributes: { a: "b", c: [1, 2] }, root: true }')).toContain(
      '(0,__errspan.site)("n","f","program.js",1,94,0,{"kind":2,"attributes":{"a":"b","c":[1,2]},"root":true})',
    );
  });

  it("leaves fields and arguments to closures that are called when the span records", () => {
    expect(marked('{ fields: { "order.id": order.id }, args: ["card"] }', "order, card")).toContain(
      ',()=>({"order.id":(order.id)}),()=>__errspan_c.captureArguments({card}))',
    );
    expect(marked('{ args: "all" }', "order, { card }, ...rest")).toContain(
      ",void 0,()=>__errspan_c.captureArguments({order,card,rest}))",
    );
    expect(marked("{ ret: true }")).toContain('{"ret":__errspan_c.captureResult}');
  });

  it("brings in what captures values only where something is captured", () => {
    const capture = "@errspan/runtime/capture";
    expect(marked('{ args: ["card"] }', "card")).toContain(`import * as __errspan_c from "${capture}";var __errspan_0;`);
    expect(marked("{ ret: true }")).toContain(capture);
    expect(marked('{ kind: "client", skip: ["card"] }', "card")).not.toContain(capture);
    const script = "/** @traced({ ret: true }) */ function f() {}";
    expect(rewritten(script, "commonjs")).toContain(`=require("@errspan/runtime/emit"),__errspan_c=require("${capture}"),__errspan_0;`);
  });

  it("never sets a prototype", () => {
    expect(marked('{ attributes: { "__proto__": "a" } }')).toContain('"attributes":{["__proto__"]:"a"}');
  });
});

describe("decorators that are compiled away", () => {
  const source = 'import { traced } from "@errspan/runtime";\nclass A {\n  @traced({\n    name: "n"\n  }) async b() { return 1 }\n}';

  it("leave white space of their shape", () => {
    const lines = rewritten(source, "module", "program.ts").split("\n");
    expect(lines.slice(2, 4)).toEqual([" ".repeat(11), " ".repeat(13)]);
    expect(lines[4]).toMatch(/^ {5}async b\(\) \{const __errspan_s=/);
  });

  it("take the functions in their options with them", () => {
    const fields = "class A { @traced({ fields: (order) => ({ id: order.id }) }) a(order) {} }";
    const output = rewritten(`import { traced } from "@errspan/runtime";\n${fields}`, "module", "program.ts");
    expect(output).toContain("()=>((order) => ({ id: order.id }))(...arguments)");
    expect(output).toMatch(/class A \{ {52}a\(order\)/);
  });
});
