//# Windows line ends
function f() {
  "use strict"
  return 1
}
const g = () =>
  2;
log(f(), g());

//# a byte order mark
﻿function f() { return 1; }
log(f());

//# line and paragraph separators
function f() { return "a b c".length; } // comment log("after the separator");
log(f());

//# a return before a line separator
function f() { return 1; }
log(f());

//# tabs, form feeds and no-break spaces
function	f(a )﻿{ return a }
log(f(1));

//# astral characters before edits
const 𝒇 = (𝒂) => { /* 😀😀 */ return "😀" + 𝒂; };
async function 𝒈() { "😀"; return await "😀😀"; }
log(𝒇("x"));
𝒈().then(log);

//# lone surrogates in escapes
function f() { return ["\ud800".length, "\u{1F600}".length, /\ud83d\ude00/u.test("😀")]; }
log(f());

//# no line end at the end
function f() { return 1 }
log(f()) // the end