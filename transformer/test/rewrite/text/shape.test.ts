import { describe, expect, it } from "vitest";
import { rewritten, shortened } from "./rewriting.js";

/**
 * In the expectations `«` stands for entering the span and `try {`, `»` for the catch that fails it; `‹"name":` and `›` for
 * the arrow function of that name, with its `try`, in which a default value is evaluated.
 */
const forms: readonly [what: string, source: string, output: string][] = [
  ["a function", "function f() { a() }", "function f() {« a() »exit(s)}"],
  ["an empty function", "function f() {}", "function f() {«»exit(s)}"],
  ["a return value", "function f() { return a }", "function f() {« return returned(( a),s); »}"],
  ["a bare return", "function f() { return; }", "function f() {« {exit(s);return;} »}"],
  ["an expression body", "f = x => y", "f = x =>{«return returned(( y),s)»}"],
  ["an expression body that is plain", "f = x => 1", "f = x =>{«return done(( 1),s)»}"],
  ["a default that may throw", "function f(x = a()) {}", 'function f(x = ‹"f":a()›) {«»exit(s)}'],
  ["defaults and keys in patterns", "f = ({ [a.b]: [c = d()] }) => 1", 'f = ({ [‹"f":a.b›]: [c = ‹"f":d()›] }) =>{«return done(( 1),s)»}'],
  ["a default in parentheses", "f = (x = (a, b())) => 1", 'f = (x = (‹"f":a, b()›)) =>{«return done(( 1),s)»}'],
  ["a default that ends where a function does", "f = (x = (a(), b => c)) => 1", 'f = (x = (‹"f":a(), b =>{«return returned(( c),s)»}›)) =>{«return done(( 1),s)»}'],
  ["an await", "async () => { await a; b }", "async () => {« await suspend(s, a),resume(s); b »exit(s)}"],
  ["an await at the end", "async () => { await a }", "async () => {« await suspend(s, a) »exit(s)}"],
  ["an await at the end, before what is disposed", "async () => { using a = b; await c }", "async () => {« using a = b; await suspend(s, c),resume(s) »exit(s)}"],
  ["an await at the end of a loop", "async () => { for (;;) { await a } }", "async () => {« for (;;) { await suspend(s, a),resume(s) } »}"],
  ["an await in an expression", "async () => { a = await b }", "async () => {« a = resumed(await suspend(s, b),s) »exit(s)}"],
  ["an await that a statement begins with", "async () => { await a || b }", "async () => {« resumed(await suspend(s, a),s) || b »exit(s)}"],
  ["an await that is returned", "async () => { return await a }", "async () => {« return resolved(( await suspend(s, a)),s); »}"],
  ["an await that is returned, and caught", "async () => { try { return await a } catch { b } }", "async () => {« try { return resolved(( await suspend(s, a)),s); } catch {resume(s); b } »exit(s)}"],
  ["an await that is returned, before a finally", "async () => { try { return await a } finally { b } }", "async () => {« try { return resolved(( resumed(await suspend(s, a),s)),s); } finally {resume(s); b } »finally{exit(s)}}"],
  ["a return that a finally follows", "function f() { try { return a } finally { b } }", "function f() {« try { return returned(( a),s); } finally { b } »finally{exit(s)}}"],
  ["a return from a loop", "function f() { for (a of b) if (c) return d; return }", "function f() {« for (a of b) if (c) return returned(( d),s); return »finally{exit(s)}}"],
  ["a return from a block that disposes", "function f() { { using a = b; return } }", "function f() {« { using a = b; return } »finally{exit(s)}}"],
  ["a bare return of an if", "function f() { if (a) return; else return 1 }", "function f() {« if (a) {exit(s);return;} else return done(( 1),s); »}"],
  ["a bare return that lacks its semicolon", "function f() { if (a) return\n else b\n return\n (c) }", "function f() {« if (a) {exit(s);return}\n else b\n {exit(s);return}\n (c) »exit(s)}"],
  ["a throw at the end", "function f() { if (a) return 1; throw b }", "function f() {« if (a) return done(( 1),s); throw b »}"],
  ["a yield", "function* f() { yield a }", "function* f() {« resumed(yield suspend(s, a),s) »finally{exit(s)}}"],
  ["a bare yield", "function* f() { yield }", "function* f() {« resumed(yield suspend(s),s) »finally{exit(s)}}"],
  ["a delegating yield", "function* f() { yield* a }", "function* f() {« resumed(yield* delegate(s, a),s) »finally{exit(s)}}"],
  ["an async generator's return", "async function* f() { return a }", "async function* f() {« return suspend(s,( a)); »finally{exit(s)}}"],
  [
    "for await",
    "async () => { for await (x of y) z }",
    "async () => {« try{for await (x of  delegate(s,(y))) {resume(s);z}}finally{resume(s)} »exit(s)}",
  ],
  [
    "for await in an async generator",
    "async function* f() { for await (x of y) z }",
    "async function* f() {« try{for await (x of  delegate(s,(y))) {resume(s);try{z}finally{suspend(s)}}}finally{resume(s)} »finally{exit(s)}}",
  ],
  [
    "a try that suspends",
    "async () => { try { await a } catch (e) { b } finally { c } }",
    "async () => {« try { await suspend(s, a),resume(s) } catch (e) {resume(s); b } finally {resume(s); c } »exit(s)}",
  ],
  [
    "await using",
    "async () => { { await using a = b; c } }",
    "async () => {« {try{ await using a = b;using __errspan_d16=suspendAtDispose(s); c }finally{resume(s)}} »exit(s)}",
  ],
  [
    "for await using",
    "async () => { for (await using a of b) c }",
    "async () => {« try{for (await using a of b) {resume(s);try{c}finally{suspend(s)}}}finally{resume(s)} »exit(s)}",
  ],
];

describe("the rewritten form of", () => {
  it.each(forms)("%s", (_what, source, output) => {
    expect(shortened(source)).toBe(output);
  });
});

/** What meets at one offset, and what a careless insertion would run into. */
const edits: readonly [what: string, source: string, output: string][] = [
  ["keywords right before operands", "function f(){return\"x\"[a]}", "function f(){«return returned((\"x\"[a]),s);»}"],
  ["await right before a parenthesis", "async()=>{await(a)}", "async()=>{«await suspend(s,(a))»exit(s)}"],
  ["yield right before a regular expression", "function*f(){yield/a/}", "function*f(){«resumed(yield suspend(s,/a/),s)»finally{exit(s)}}"],
  ["of right before an array", "async()=>{for await(x of[a]);}", "async()=>{«try{for await(x of delegate(s,([a]))){resume(s);;}}finally{resume(s)}»exit(s)}"],
  ["a comment between the words of yield*", "function*f(){yield/*a*/* b}", "function*f(){«resumed(yield/*a*/* delegate(s, b),s)»finally{exit(s)}}"],
  ["awaits on lines without semicolons", "async () => { a\nawait b\nawait c + 1\nreturn await d }", "async () => {« a\nawait suspend(s, b),resume(s)\nresumed(await suspend(s, c),s) + 1\nreturn resolved(( await suspend(s, d)),s); »}"],
  ["awaits of awaits", "async()=>await await a", "async()=>{«return resolved((await suspend(s, resumed(await suspend(s, a),s))),s)»}"],
  ["yields of yields", "function*f(){yield yield}", "function*f(){«resumed(yield suspend(s, resumed(yield suspend(s),s)),s)»finally{exit(s)}}"],
  ["functions that end where others do", "f=a=>b=>c", "f=a=>{«return done((b=>{«return returned((c),s)»}),s)»}"],
  [
    "an arrow that awaits as the operand of a yield",
    "function*f(){yield async x=>await y}",
    "function*f(){«resumed(yield suspend(s, async x=>{«return resolved((await suspend(s, y)),s)»}),s)»finally{exit(s)}}",
  ],
  ["parentheses and comments round an expression body", "f = x => /*a*/ (/*b*/ (y) /*c*/) // d\n;", "f = x =>{«return returned(( /*a*/ (/*b*/ (y) /*c*/)),s)»} // d\n;"],
  ["a line break before an expression body", "f = x =>\n y", "f = x =>{«return returned((\n y),s)»}"],
  ["an object as the body", "f = x => ({ ...a })", "f = x =>{«return returned(( ({ ...a })),s)»}"],
  ["a sequence that is returned", "function f() { return a, b }", "function f() {« return returned(( a, b),s); »}"],
  ["comments round a return value", "function f() { return /*\\*/ (a /*b*/) /*c*/; // d\n}", "function f() {« return returned(( /*\\*/ (a /*b*/)),s) /*c*/; // d\n»}"],
  ["a line break in a comment before a return value", "function f() { return (// a\n b) }", "function f() {« return returned(( (// a\n b)),s); »}"],
  ["a body that ends in a comment", "function f() { a // b\n}", "function f() {« a // b\n»exit(s)}"],
  ["a return that lacks its semicolon before else", "function f() { if (a) return b\n else c }", "function f() {« if (a) return returned(( b),s);\n else c »exit(s)}"],
  ["directives ended by line breaks", "function f() { 'use strict'\n a() }", "function f() { 'use strict';«\n a() »exit(s)}"],
  ["a directive alone", "function f() {'use strict'}", "function f() {'use strict';«»exit(s)}"],
  ["super that lacks its semicolon", "class C extends D { a = 1; constructor() { super()\n b() } }", "class C extends D { a = 1; constructor() { super();«\n b() »exit(s)} }"],
  ["await using that lacks its semicolon", "async () => { await using a = await b }", "async () => {« await using a = resumed(await suspend(s, b),s);using __errspan_d14=suspendAtDispose(s); »exit(s)}"],
  [
    "the labels of for await",
    "async () => { a: b: for await (x of y) continue a }",
    "async () => {« try{a: b: for await (x of  delegate(s,(y))) {resume(s);continue a}}finally{resume(s)} »exit(s)}",
  ],
  [
    "statements that begin where a loop or declaration ends",
    "async()=>{for await(a of b){}for await(c of d){}await using e=f;await g}",
    "async()=>{«try{for await(a of  delegate(s,(b))){resume(s);{}}}finally{resume(s)}try{for await(c of  delegate(s,(d))){resume(s);{}}}finally{resume(s)}await using e=f;using __errspan_d48=suspendAtDispose(s);await suspend(s, g),resume(s)»exit(s)}",
  ],
  ["for await without braces round it", "async () => { if (a) for await (x of y); else b }", "async () => {« if (a) try{for await (x of  delegate(s,(y))){resume(s);;}}finally{resume(s)} else b »exit(s)}"],
  ["a sequence that for await iterates", "async () => { for await (x of (a, b)) c }", "async () => {« try{for await (x of ( delegate(s,(a, b)))) {resume(s);c}}finally{resume(s)} »exit(s)}"],
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
      '__errspan.enter(__errspan_0===void 0?__errspan_0=(0,__errspan.site)(["A.b","A.b","program.js",2,13,3]):__errspan_0)',
    );
  });

  const marked = (options: string, parameters = ""): string => rewritten(`/** @traced(${options}) */ function f(${parameters}) {}`, "module");

  it("has the options that are constant", () => {
    expect(marked('{ name: "n", kind: "client", attributes: { a: "b", c: [1, 2] }, root: true }')).toContain(
      '(0,__errspan.site)(["n","f","program.js",1,94,4],{"kind":2,"attributes":{"a":"b","c":[1,2]},"root":true})',
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
