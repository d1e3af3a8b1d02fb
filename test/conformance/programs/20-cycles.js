//# a cycle of modules calls hoisted functions early
//: module
import { b } from "./b.mjs";
export function a(n) { return n > 0 ? "a" + b(n - 1) : "."; }
log(a(3), b(2));
//: file b.mjs
import { a } from "./main.mjs";
export function b(n) { return n > 0 ? "b" + a(n - 1) : "."; }
log("early", b(3), a(1));

//# a cycle of three modules with default functions, generators and async functions
//: module
import b from "./b.mjs";
export default function a() { return "a" + typeof b; }
export function* g() { yield 1; }
export async function f() { return "f"; }
log(b());
//: file b.mjs
import c from "./c.mjs";
export default function b() { return "b" + c(); }
log(c());
//: file c.mjs
import a, { g, f } from "./main.mjs";
export default function c() { return "c" + a(); }
log(a(), [...g()]);
f().then(log);

//# a module that imports itself
//: module
import * as self from "./main.mjs";
export function f() { return Object.keys(self); }
log(f());

//# a class in a cycle is in its dead zone as before
//: module
import "./b.mjs";
export class A { constructor() { this.x = 1; } }
//: file b.mjs
import { A } from "./main.mjs";
try { new A(); } catch (error) { log(error.name); }

//# a const arrow in a cycle is in its dead zone as before
//: module
import "./b.mjs";
export const f = () => 1;
//: file b.mjs
import { f } from "./main.mjs";
try { f(); } catch (error) { log(error.name); }

//# a cycle of CommonJS modules
//: commonjs
exports.early = function early() { return "early"; };
const b = require("./b.cjs");
exports.late = () => "late";
log(b.call(), b.late());
//: file b.cjs
const a = require("./main.cjs");
log(a.early(), typeof a.late);
exports.call = function () { return a.early(); };
exports.late = () => a.late();

//# a hoisted function of CommonJS in a cycle
//: commonjs
module.exports = hoisted;
const b = require("./b.cjs");
function hoisted(x) { return "hoisted " + x; }
log(b);
//: file b.cjs
const a = require("./main.cjs");
module.exports = a("from b");

//# functions called before the imports' line
//: module
log(f());
function f() { return x; }
import { x } from "./x.mjs";
//: file x.mjs
export const x = "x";

//# a hoisted function called in the first statement of a script
log(f());
log(g().next().value);
h().then(log);
function f() { return "f"; }
function* g() { yield "g"; }
async function h() { return "h"; }

//# dynamic imports inside functions
//: module
async function load() { const m = await import("./m.mjs"); return m.f(); }
log(await load());
const lazy = () => import("./m.mjs");
log((await lazy()).f());
//: file m.mjs
export function f() { return "f"; }

//# re-exports
//: module
import { f, all, default as d } from "./index.mjs";
log(f(), all.f(), d());
//: file index.mjs
export { f } from "./f.mjs";
export * as all from "./f.mjs";
export { default } from "./f.mjs";
//: file f.mjs
export const f = () => "f";
export default () => "default";
