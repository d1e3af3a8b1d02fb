//# code before the first await runs in the call
async function f() { log("in the call"); await 0; log("later"); }
log("before");
f();
log("after");

//# the ticks of an async function without await
async function f() { return 1; }
ticks(6);
f().then(() => log("f"));

//# the ticks of an async function with awaits
async function f() { await 1; log("one"); await 2; log("two"); return 3; }
ticks(8);
f().then(() => log("f"));

//# the ticks of a returned promise
async function f() { return Promise.resolve(1); }
ticks(8);
f().then(() => log("f"));

//# the ticks of a returned promise that is awaited
async function f() { return await Promise.resolve(1); }
ticks(8);
f().then(() => log("f"));

//# the ticks of a returned thenable
async function f() { return { then(resolve) { log("then"); resolve(1); } }; }
ticks(8);
f().then((x) => log("f", x));

//# the ticks of an awaited thenable
async function f() { const x = await { then(resolve) { log("then"); resolve(1); } }; log("awaited", x); }
ticks(8);
f().then(() => log("f"));

//# the ticks of an async arrow with an expression
const f = async (x) => x, g = async (x) => await x, h = async (x) => Promise.resolve(x);
ticks(8);
h(3).then(() => log("h")); g(2).then(() => log("g")); f(1).then(() => log("f"));

//# the ticks of a throw
async function f() { throw new Error("f"); }
async function g() { await 0; throw new Error("g"); }
ticks(6);
f().catch(() => log("f")); g().catch(() => log("g"));

//# the ticks of a rejected await that is caught
async function f() { try { await Promise.reject(new Error("in")); } catch (error) { log("caught", error); await 0; log("later"); } finally { log("finally"); } }
ticks(8);
f().then(() => log("f"));

//# the ticks of nested async functions
async function a() { return 1; } async function b() { return a(); } async function c() { return await b(); }
ticks(12);
c().then(() => log("c")); b().then(() => log("b")); a().then(() => log("a"));

//# the ticks of a return in a try
async function f() { try { return Promise.resolve(1); } finally { log("finally"); } }
async function g() { try { return await Promise.resolve(2); } finally { log("finally g"); } }
ticks(8);
f().then(() => log("f")); g().then(() => log("g"));

//# two async functions take turns
async function f(name) { for (let i = 0; i < 3; i++) { log(name, i); await null; } }
f("a"); f("b");
ticks(4);

//# the ticks of await in loops and expressions
async function f() { let sum = 0; for (const x of [1, Promise.resolve(2), 3]) sum += await x; return sum + (await 4) * (await 5); }
ticks(10);
f().then(log);

//# the ticks of for await over an array
async function f() { for await (const x of [1, Promise.resolve(2)]) log(x); log("done"); }
ticks(12);
f().then(() => log("f"));

//# the ticks of for await over an async generator
async function* g() { yield 1; yield 2; }
async function f() { for await (const x of g()) log(x); log("done"); }
ticks(16);
f().then(() => log("f"));

//# the ticks of an async generator's next, return and throw
async function* g() { try { yield 1; yield Promise.resolve(2); } finally { log("finally"); } }
ticks(14);
const it = g();
it.next().then((r) => log(r)); it.next().then((r) => log(r)); it.return(3).then((r) => log(r)); it.next().then((r) => log(r));

//# the ticks of a return in an async generator
async function* g() { return Promise.resolve(1); }
async function* h() { return 1; }
async function* i() { return; }
async function* j() { }
ticks(10);
for (const [name, make] of Object.entries({ g, h, i, j })) make().next().then((r) => log(name, r));

//# the ticks of yield* in an async generator
async function* inner() { yield 1; return 2; }
async function* outer() { log(yield* inner()); yield* [3, Promise.resolve(4)]; }
ticks(24);
(async () => { for await (const x of outer()) log(x); })();

//# promises are fresh and native
async function f(p) { return p; }
const p = Promise.resolve(1), q = f(p);
log(q === p, q.constructor === Promise, Object.getPrototypeOf(q) === Promise.prototype, Object.getOwnPropertyNames(q));

//# an async function is not affected by a subclass it returns
class P extends Promise {}
async function f() { return P.resolve(1); }
const q = f();
log(q instanceof P, q instanceof Promise);
q.then(log);

//# a returned thenable's then is read and called once
let reads = 0, calls = 0;
async function f() { return { get then() { reads++; return (resolve) => { calls++; resolve("value"); }; } }; }
f().then((x) => log(x, reads, calls));

//# a returned thenable's then throws
async function f() { return { get then() { throw new Error("getter"); } }; }
async function g() { return { then() { throw new Error("call"); } }; }
async function h() { return { then(resolve) { resolve(1); throw new Error("after"); } }; }
f().catch(log); g().catch(log); h().then(log);

//# a returned thenable resolves with a thenable
async function f() { return { then(resolve) { resolve({ then(inner) { inner("deep"); } }); } }; }
f().then(log);

//# a returned thenable resolves twice and rejects afterwards
async function f() { return { then(resolve, reject) { resolve(1); resolve(2); reject(new Error("late")); } }; }
f().then(log);

//# then is called with this and two functions
async function f() { const o = { then(resolve, reject) { log(this === o, typeof resolve, typeof reject, arguments.length); resolve(1); } }; return o; }
f().then(log);

//# then of an awaited thenable is called with this and two functions
async function f() { const o = { then(resolve, reject) { log(this === o, typeof resolve, typeof reject, arguments.length, resolve.length, reject.length); resolve(1); } }; return await o; }
f().then(log);

//# what is awaited need not be a promise
async function f() { return [await undefined, await null, await 1, await "s", await {}, await (() => 1)]; }
f().then((x) => log(x.length, x[0], x[4]));

//# a function with then is a thenable
async function f() { const g = () => {}; g.then = (resolve) => resolve("from a function"); return await g; }
f().then(log);

//# a rejected await is thrown with its identity
const reason = Object.freeze(new Error("frozen"));
async function f() { try { await Promise.reject(reason); } catch (error) { return error === reason; } }
f().then(log);

//# async functions reject with anything
async function f(x) { throw x; }
for (const x of [undefined, null, 0, "text", Symbol.for("s"), { a: 1 }]) f(x).catch((error) => log(error, error === x));

//# try, catch and finally round awaits
async function f(fail) { const out = []; try { out.push("try"); await (fail ? Promise.reject("no") : 1); out.push("after"); } catch (error) { out.push("catch " + error); await 0; } finally { out.push("finally"); await 0; out.push("end"); } return out; }
f(false).then(log); f(true).then(log);

//# a return in finally after a rejection
async function f() { try { await Promise.reject(new Error("lost")); } finally { return "kept"; } }
f().then(log);

//# await in unusual places
async function f(x) { const o = { [await "k"]: await 1, m: async () => await 2 }; const [a = await 3] = []; const t = `${await 4}`; if (await false); else while (await false); switch (await 5) { case await 5: return [o.k, await o.m(), a, t, await x?.y, (await x) ?? "nullish", new (await Array)(1).length]; } }
f(null).then(log);

//# await of await
async function f() { return await await await 1; }
f().then(log);

//# await as a name in scripts
var await = 1;
function f() { return await + 1; }
log(f());

//# await in a class body, fields and computed keys
async function f() { class A { [await "m"]() { return "m"; } static async s() { return await 1; } } return [new A().m(), await A.s()]; }
f().then(log);

//# async methods, static and private, with super
class A { async m() { await 0; return "A"; } static async s() { return this.name; } }
class B extends A { async m() { const x = await super.m(); return x + "B" + (await super.m()); } }
new B().m().then(log); B.s().then(log);

//# async arrows capture this and arguments
function f() { return (async () => { await 0; return [this.x, arguments[0]]; })(); }
f.call({ x: 1 }, 2).then(log);

//# awaits in parallel
async function f(n) { await sleep(n); log("slept", n); return n; }
(async () => { log(await Promise.all([f(3), f(1), f(2)])); log(await Promise.race([f(2), f(1)])); log((await Promise.allSettled([f(1), Promise.reject(1)])).map((x) => x.status)); })();

//# an async function that never settles
async function f() { await new Promise(() => {}); log("not reached"); }
f();
log("end");

//# an async function that is collected
async function f() { await new Promise(() => {}); }
f();
collect().then(() => log("collected"));

//# top-level await
//: module
log("before");
const { value } = await import("./other.mjs");
log(value, await Promise.resolve(2));
async function f() { return value; }
log(await f());
//: file other.mjs
export const value = await (async () => { await 0; return "value"; })();

//# top-level await and for await
//: module
async function* g() { yield 1; yield 2; }
for await (const x of g()) log(x);

//# an async iterator by hand
const o = { n: 0, [Symbol.asyncIterator]() { return this; }, async next() { return { value: this.n, done: this.n++ > 1 }; }, async return() { log("return"); return {}; } };
async function f() { for await (const x of o) { log(x); if (x === 1) break; } }
f();

//# for await over rejections closes or not as before
const it = () => ({ i: 0, [Symbol.iterator]() { return this; }, next() { return { value: this.i++ ? Promise.reject(new Error("second")) : "first", done: false }; }, return() { log("closed"); return {}; } });
async function f() { for await (const x of it()) log(x); }
f().catch(log);

//# for await with labels, continue, break and return
async function* g(n) { for (let i = 0; i < n; i++) { try { yield i; } finally { log("left", i); } } }
async function f() { outer: for await (const x of g(3)) { for await (const y of g(3)) { if (y === 1) continue outer; if (x === 1) break outer; log(x, y); } } for await (const x of g(2)) return x; }
f().then(log);

//# for await with a pattern, let closures and no braces
async function f() { const fs = []; for await (const { a, b = 2 } of [{ a: 1 }]) fs.push(() => [a, b]); for await (let [x] of [[3]]) fs.push(() => x++); return fs.map((g) => g()); }
f().then(log);

//# for await whose left side is an assignment
async function f() { let x; const o = {}; for await (x of [1]); for await (o.y of [2]); for await (var z of [3]); return [x, o.y, z]; }
f().then(log);

//# for await over null throws as before
async function f() { for await (const x of null) log(x); }
f().catch((error) => log(error.name));

//# for await whose body throws
async function* g() { try { yield 1; } finally { log("cleaned"); await 0; log("up"); } }
async function f() { for await (const x of g()) throw new Error("body"); }
f().catch(log);

//# Array.fromAsync and async iterator helpers see plain values
async function* g() { yield 1; yield Promise.resolve(2); }
Array.fromAsync(g()).then(log);

//# a recursive async function
async function f(n) { if (n === 0) return 0; return n + (await f(n - 1)); }
f(50).then(log);

//# thrown in the first turn, caught by await
async function f() { throw new Error("at once"); }
async function g() { try { await f(); } catch (error) { log(error); } }
g();

//# an async executor and async callbacks
new Promise(async (resolve) => { await 0; resolve("executor"); }).then(log);
Promise.all([1, 2].map(async (x) => { await 0; return x * 2; })).then(log);

//# queueMicrotask-like order with then callbacks
Promise.resolve().then(() => log("then 1")).then(() => log("then 2")).then(() => log("then 3"));
(async () => { await 0; log("await 1"); await 0; log("await 2"); })();
