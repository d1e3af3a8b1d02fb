//# a var named like a parameter starts with its value
function f(a) { var a; return a; }
log(f(1));

//# a var named like a parameter is assigned
function f(a) { var a = 2; return [a, arguments[0]]; }
log(f(1));

//# a var named like a parameter with parameter expressions is its own binding
function f(a, get = () => a) { var a; const first = a; a = 2; return [first, a, get()]; }
log(f(1));

//# a var named like a destructured parameter
function f({ a }, [b]) { var a, b = 3; return [a, b]; }
log(f({ a: 1 }, [2]));

//# a var named arguments
function f() { var arguments; return typeof arguments; }
log(f(1));

//# a var named arguments that is assigned
function f() { var arguments = 5; return arguments; }
log(f(1));

//# let named arguments
function f() { let arguments = 5; return arguments; }
log(f(1));

//# let named like an outer parameter in a block
function f(a) { { let a = 2; log(a); } return a; }
log(f(1));

//# let cannot be named like a parameter
try { eval("(function (a) { let a; })"); log("no error"); } catch (error) { log(error.name); }

//# vars in blocks, loops and catch
function f() { if (true) { var a = 1; } for (var i = 0; i < 2; i++) { var b = i; } try { throw 3; } catch (e) { var c = e; } return [a, i, b, c]; }
log(f());

//# var and catch parameter of the same name
function f() { try { throw 1; } catch (e) { var e = 2; log(e); } return e; }
log(f());

//# the temporal dead zone
function f() { try { x; } catch (error) { log(error.name); } let x = 1; return x; }
log(f());

//# typeof in the temporal dead zone
function f() { try { typeof x; } catch (error) { log(error.name); } const x = 1; return () => x; }
log(f()());

//# closures over let in loops
function f() { const out = []; for (let i = 0; i < 3; i++) out.push(() => i++); return out.map((g) => [g(), g()]); }
log(f());

//# closures over a class in its own body
function f() { class A { static make() { return new A(); } } const B = A; return B.make() instanceof B; }
log(f());

//# a variable named like the function
function f() { var f = 1; return f; }
function g() { let g = 2; return g; }
log(f(), g());

//# implicit globals
function f() { implicit = 5; }
f();
log(implicit);

//# assignment to a const throws
function f() { const c = 1; c = 2; }
try { f(); } catch (error) { log(error); }

//# delete and typeof of locals
function f(a) { return [delete a, typeof a, typeof missing]; }
log(f(1));

//# destructuring assignments
function f() { let a, b, rest; ({ a, ...rest } = { a: 1, x: 2 }); [b = 3, a] = [, a]; return [a, b, rest]; }
log(f());

//# using disposes at the end of the body
function f() { using a = { [Symbol.dispose]() { log("disposed a"); } }; using b = { [Symbol.dispose]() { log("disposed b"); } }; log("body"); return log("value"); }
log(f());

//# using disposes after a throw
function f() { using a = { [Symbol.dispose]() { log("disposed"); } }; throw new Error("body"); }
try { f(); } catch (error) { log(error); }

//# using whose disposal throws
//: spans f![f.a.[Symbol.dispose]!]
function f() { using a = { [Symbol.dispose]() { throw new Error("disposal"); } }; throw new Error("body"); }
try { f(); } catch (error) { log(error.name, error.error.message, error.suppressed.message); }

//# using in a block is disposed at the block's end
function f() { { using a = { [Symbol.dispose]() { log("disposed"); } }; log("in"); } log("out"); }
f();

//# using in a loop
function f() { for (using x of [1, 2].map((n) => ({ n, [Symbol.dispose]() { log("disposed", n); } }))) { log(x.n); } }
f();

//# using runs inside the span
function f() { using a = { [Symbol.dispose]: () => { at("f.a.[Symbol.dispose]"); log("disposed"); } }; at("f"); }
f();

//# await using
async function f() { await using a = { async [Symbol.asyncDispose]() { log("disposing"); await sleep(); log("disposed"); } }; at("f"); log("body"); return "value"; }
f().then(log);

//# await using after a throw
async function f() { await using a = { async [Symbol.asyncDispose]() { await 0; log("disposed"); } }; throw new Error("body"); }
f().catch(log);

//# await using of null waits too
async function f() { { await using a = null; log("in"); } log("out"); }
f();
ticks(4);

//# await using leaves the caller its context
async function inner() { at("inner"); await using a = { async [Symbol.asyncDispose]() { await sleep(); log("disposed"); } }; log("body"); }
async function outer() { const p = inner(); at("outer"); await p; at("outer"); }
outer();

//# await using in a block, and the span afterwards
async function f() { { await using a = { async [Symbol.asyncDispose]() { await sleep(); } }; at("f"); } at("f"); await 0; at("f"); return "end"; }
f().then(log);
at(null);

//# await using in a loop
async function f() { for (await using x of [1, 2].map((n) => ({ n, async [Symbol.asyncDispose]() { await 0; log("disposed", n); } }))) { at("f"); log(x.n); } at("f"); }
f();
at(null);
