//# use strict in a function
function f() { "use strict"; return this; }
log(f());

//# use strict with single quotes and no semicolon
function f() {
  'use strict'
  return this
}
log(f());

//# use strict followed by a comment
function f() { "use strict"/* comment */; return this; }
function g() { "use strict" // comment
  return this; }
log(f(), g());

//# use strict followed by a parenthesis is no directive
function f() { "use strict"
  (0, 1); return typeof this; }
try { log(f()); } catch (error) { log(error.name); }

//# use strict followed by an operator is no directive
function f() { "use strict"
  + 1; return typeof this; }
log(f());

//# use strict followed by a property is no directive
function f() { "use strict"
  .length; return typeof this; }
log(f());

//# use strict in parentheses is no directive
function f() { ("use strict"); return typeof this; }
log(f());

//# use strict with an escape is no directive
function f() { "use\x20strict"; return typeof this; }
log(f());

//# several directives
function f() { "one"; 'two'; "use strict"; return typeof this; }
log(f());

//# a directive behind a statement is none
function f() { ; "use strict"; return typeof this; }
log(f());

//# a directive alone in a body
function f() { "use strict" }
const g = () => { "use strict" };
log(f(), g());

//# a directive in an arrow, a method and an async function
const f = () => { "use strict"; try { undeclared = 1; } catch (error) { return error.name; } };
const o = { m() { "use strict"; return typeof this; } };
async function g() { "use strict"; return typeof this; }
log(f(), o.m.call(1));
g.call(1).then(log);

//# a file's own use strict
"use strict";
function f() { return this; }
log(f());

//# a file's use strict after a license
/*! license */
// more
"use strict"
function f() { return this; }
log(f());

//# a file that begins with a string that is no directive
"use strict" + "";
function f() { return typeof this; }
log(f());

//# a file with other directives
"use client"; "use strict";
function f() { return this; }
log(f());

//# a shebang
#!/usr/bin/env node
"use strict";
function f() { return this; }
log(f());

//# use strict inside and outside
"use strict";
function f() { "use strict"; return (() => this)(); }
log(f());

//# a function that is strict inside one that is not
function f() { function g() { "use strict"; return typeof this; } return [typeof this, g.call(1)]; }
log(f.call(1));

//# strictness of arguments
function f(a) { "use strict"; a = 2; return arguments[0]; }
function g(a) { a = 2; return arguments[0]; }
log(f(1), g(1));

//# use asm is left alone
function Module(stdlib, foreign, heap) {
  "use asm";
  function add(a, b) { a = a | 0; b = b | 0; return (a + b) | 0; }
  return { add: add };
}
log(Module(globalThis, {}, new ArrayBuffer(65536)).add(2, 3));

//# use strict in a class is no directive and does no harm
class A { m() { "use strict"; return this; } }
log((0, new A().m)());

//# an octal escape in a sloppy directive prologue
function f() { "\07"; return typeof this; }
log(f());

//# a file that is only directives
"use strict"

//# an empty file

//# a file that is only a comment
// nothing here

//# a hashbang-like comment is not one
/* #! */ function f() { return 1; }
log(f());

//# a module with directives
//: module
"use strict"; "use client";
import { x } from "./x.mjs";
export function f() { return x; }
log(f());
//: file x.mjs
'use server'
export const x = 1

//# CommonJS with directives
//: commonjs
"use strict";
const x = require("./x.cjs");
function f() { return [x, this]; }
log(f());
//: file x.cjs
/* license */ 'use strict'
module.exports = (function () { return this; })();
