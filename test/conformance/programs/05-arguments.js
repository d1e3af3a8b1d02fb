//# mapped arguments follow the parameters
function f(a, b) { a = 10; arguments[1] = 20; return [a, b, arguments[0], arguments.length]; }
log(f(1, 2), f(1));

//# mapped arguments after delete and defineProperty
function f(a) { delete arguments[0]; a = 2; const first = arguments[0]; arguments[0] = 3; return [first, a]; }
function g(a) { Object.defineProperty(arguments, 0, { writable: false }); a = 2; return arguments[0]; }
log(f(1), g(1));

//# arguments are not mapped with defaults, rest or patterns
function f(a, b = 0) { a = 2; return arguments[0]; }
function g(a, ...b) { a = 2; return arguments[0]; }
function h(a, { b }) { a = 2; return arguments[0]; }
log(f(1), g(1), h(1, {}));

//# mapped arguments across await
async function f(a) { await 0; a = 2; await 0; const first = arguments[0]; arguments[0] = 3; return [first, a]; }
f(1).then(log);

//# mapped arguments across yield
function* f(a) { a = yield arguments[0]; yield arguments[0]; arguments[0] = 9; yield a; }
const it = f(1);
log(it.next(), it.next(2), it.next());

//# arguments in arrows are the function's
function f() { return [() => arguments[0], async () => arguments.length].map((g) => g()); }
log(f("x", 2)[0]);

//# arguments.callee
function f(n) { return n > 0 ? n + arguments.callee(n - 1) : 0; }
log(f(3), (function () { return typeof arguments.callee; })());

//# arguments.callee of strict code throws
function f() { "use strict"; return arguments.callee; }
try { f(); } catch (error) { log(error.name); }

//# arguments is iterable and has its tag
function f() { return [[...arguments], Object.prototype.toString.call(arguments), Array.isArray(arguments), Object.keys(arguments)]; }
log(f(1, 2));

//# arguments is one object per call
function f() { const mine = arguments; return mine === arguments && (() => arguments === mine)(); }
log(f());

//# arguments passed on
function f() { return g.apply(this, arguments); }
function g(a, b) { return [this.x, a, b, arguments.length]; }
log(f.call({ x: 1 }, 2, 3, 4));

//# arguments assigned to
function f() { arguments = 5; return arguments; }
log(f(1));

//# arguments in methods, accessors and constructors
class A { constructor() { this.n = arguments.length; } m() { return arguments.length; } set x(v) { this.n = arguments.length; } get x() { return arguments.length; } }
const a = new A(1, 2);
log(a.n, a.m(1), a.x, (a.x = 1), a.n);

//# arguments of the outer function in a class body
function f() { return class { m() { return arguments.length; } static k = (() => typeof this)(); [arguments[0]]() {} }; }
log(Object.getOwnPropertyNames(f("key").prototype), new (f("key"))().m(1));

//# arguments declared in a block of sloppy code
function f() { { function arguments() {} } return typeof arguments; }
log(f(1));

//# a parameter called arguments
function f(arguments) { return arguments; }
log(f(5));

//# arguments in a nested function are its own
function f() { return (function () { return arguments.length; })(1, 2, 3) + arguments.length; }
log(f(1));

//# arguments escape
function f() { return arguments; }
const kept = f(1, 2);
log(kept.length, kept[1], f(3)[0]);

//# arguments length is changed
function f() { arguments.length = 1; return Array.prototype.slice.call(arguments); }
log(f(1, 2, 3));

//# top-level arguments of CommonJS
//: commonjs
log(arguments.length, typeof arguments[1], (() => arguments.length)());

//# function.caller and function.arguments of sloppy functions
function f() { return [f.arguments.length, f.caller === g]; }
function g() { return f(1, 2); }
log(g());
