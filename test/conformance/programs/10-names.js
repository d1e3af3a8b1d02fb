//# tagged templates keep one identity
const seen = new Set();
const tag = (strings) => seen.add(strings);
function f() { tag`a${1}b`; tag`other`; }
f(); f(); f();
log(seen.size);

//# tagged templates in methods, generators and async functions
const seen = new Set();
const tag = (strings) => { seen.add(strings); return strings.length; };
const o = { m() { return tag`m`; }, *g() { yield tag`g`; }, async a() { await 0; return tag`a`; } };
o.m(); o.m(); [...o.g()]; [...o.g()];
o.a().then(() => o.a()).then(() => log(seen.size));

//# globals named like the helpers
var __errspan = "mine", __errspan_s = "also", __errspan_0 = "too";
function f() { return [__errspan, __errspan_s, __errspan_0]; }
log(f());

//# locals named like the helpers
function f(__errspan_e) { const __errspan_s = 1; try { throw 2; } catch (__errspan) { return [__errspan, __errspan_s, __errspan_e]; } }
log(f(3));

//# properties, labels and strings named like the helpers
function f() { __errspan: for (;;) break __errspan; return { __errspan: 1, "__errspan_s": 2 }; }
log(f());

//# helper names that an eval builds
function f() { return eval("typeof __errs" + "pan_nothing"); }
log(f());

//# no new globals
//: commonjs
const before = Object.getOwnPropertyNames(globalThis).length;
function f() { return g(); }
function g() { return Object.getOwnPropertyNames(globalThis).length; }
log(f() - before);

//# no new bindings for typeof
function f() { return [typeof s, typeof enter, typeof exit, typeof site, typeof fail, typeof trace, typeof error, typeof e]; }
log(f());

//# a global called require that is not require
function f(require) { return require; }
log(f("parameter"));

//# catch parameters do not collide
function f() { try { null.x; } catch (e) { return typeof e; } }
log(f());

//# a function called enter, fail or exit
function enter() { return "enter"; } function fail() { return "fail"; } function exit() { return "exit"; } function returned(x) { return x; }
log(enter(), fail(), exit(), returned(1));

//# a module that has an import of the same name
//: module
import * as __errspan from "./own.mjs";
function f() { return __errspan.value; }
log(f());
//: file own.mjs
export const value = "own";

//# a module that exports all helper-like names
//: module
import { __errspan, __errspan_s } from "./own.mjs";
export function f() { return [__errspan, __errspan_s]; }
log(f());
//: file own.mjs
export function __errspan() { return 1; }
export const __errspan_s = () => 2;

//# a module's export names do not change
//: module
import * as own from "./own.mjs";
log(Object.keys(own));
//: file own.mjs
export function a() {}
export default class { m() {} }
export const b = () => {};

//# a CommonJS module's exports do not change
//: commonjs
const own = require("./own.cjs");
log(Object.keys(own), own.a());
//: file own.cjs
exports.a = function () { return this === exports; };
exports.b = () => {};

//# this at the top of CommonJS and module
//: commonjs
log(this === module.exports, (() => this === module.exports)());

//# this at the top of a module
//: module
log(this, (() => this)());

//# for in over globals shows nothing new
//: commonjs
const names = [];
function f() { for (const name in globalThis) names.push(name); return names.filter((name) => name.includes("errspan")); }
var mine = 1;
log(f());
