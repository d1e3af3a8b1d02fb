//# the caller keeps its context when an async callee starts
//: spans outer[inner]
async function inner() { at("inner"); await 0; at("inner"); }
function outer() { const p = inner(); at("outer"); return p; }
outer().then(log);
at(null);

//# each await comes back to the function's span
//: spans f
async function f() { at("f"); await 0; at("f"); await sleep(); at("f"); try { await Promise.reject(1); } catch { at("f"); } finally { at("f"); } at("f"); }
f();
at(null);

//# a rejection resumes in the catch with the span
//: spans f[g!]
async function g() { await sleep(); throw new Error("g"); }
async function f() { try { await g(); } catch { at("f"); await 0; at("f"); } at("f"); }
f();
at(null);

//# a rejection resumes in the finally with the span
//: spans f![last]
function last() { at("last"); }
async function f() { try { await Promise.reject(new Error("f")); } finally { at("f"); last(); } }
f().catch(log);
at(null);

//# children of every turn hang under the function
//: spans f[a b c]
function a() {} function b() {} function c() {}
async function f() { a(); await 0; b(); await sleep(); c(); }
f();

//# interleaved async functions keep their own
//: spans f[child] g[child]
function child() {}
async function f() { await sleep(1); at("f"); child(); await sleep(2); at("f"); }
async function g() { await sleep(2); at("g"); child(); await 0; at("g"); }
f(); at(null); g(); at(null);

//# Promise.all of children
//: spans f[g h]
async function g() { await sleep(2); at("g"); }
async function h() { await sleep(1); at("h"); }
async function f() { await Promise.all([g(), h()]); at("f"); }
f();

//# callbacks run in the span that they were made in
//: spans f[later]
function later() { at("later"); }
function f() { Promise.resolve().then(later); }
f();
at(null);

//# a throw restores the caller's context
//: spans outer[inner!]
function inner() { throw new Error("inner"); }
function outer() { try { inner(); } catch {} at("outer"); }
outer();
at(null);

//# the program's own AsyncLocalStorage flows as before
const storage = new AsyncLocalStorage();
async function f() { log(storage.getStore()); await 0; log(storage.getStore()); return storage.run("inner", async () => { await sleep(); log(storage.getStore()); return "end"; }); }
storage.run("outer", () => f()).then((x) => log(x, storage.getStore()));
log(storage.getStore());

//# enterWith in an async function
const storage = new AsyncLocalStorage();
async function f() { storage.enterWith("f"); await 0; log(storage.getStore()); }
async function g() { await f(); log(storage.getStore()); }
g();
log(storage.getStore());

//# enterWith in a plain function
const storage = new AsyncLocalStorage();
function f() { storage.enterWith("f"); }
function g() { f(); return storage.getStore(); }
log(g());
Promise.resolve().then(() => log(storage.getStore()));

//# enterWith in a generator
const storage = new AsyncLocalStorage();
function* g() { storage.enterWith("g"); yield storage.getStore(); yield storage.getStore(); }
const it = g();
log(it.next().value, storage.getStore(), it.next().value);

//# AsyncLocalStorage.run round a generator's next
const storage = new AsyncLocalStorage();
function* g() { yield storage.getStore(); yield storage.getStore(); }
const it = g();
log(storage.run("first", () => it.next()).value, storage.run("second", () => it.next()).value, storage.getStore());

//# the context after a for await
//: spans f[g]
async function* g() { at("g"); yield 1; at("g"); await sleep(); at("g"); yield 2; at("g"); }
async function f() { for await (const x of g()) { at("f"); await sleep(); at("f"); } at("f"); }
f();
at(null);

//# the context after for await is left early
//: spans f[g]
async function* g() { try { yield 1; yield 2; } finally { at("g"); await sleep(); at("g"); } }
async function f() { for await (const x of g()) { at("f"); break; } at("f"); await 0; at("f"); }
f();

//# the context after for await throws
//: spans f[g!]
async function* g() { yield 1; await 0; throw new Error("g"); }
async function f() { try { for await (const x of g()) at("f"); } catch { at("f"); } at("f"); }
f();
at(null);

//# the context after for await is continued and returned from
//: spans f
async function f() { for await (const x of [1, 2, 3]) { at("f"); if (x === 1) continue; at("f"); if (x === 2) return x; } }
f().then(log);
at(null);

//# the context in for await with an awaiting body
//: spans f
async function f() { for await (const x of [sleep(), sleep()]) { at("f"); await sleep(); at("f"); } at("f"); }
f();
at(null);

//# timers and immediates keep the span
//: spans f[later]
function later() { at("later"); }
async function f() { await sleep(3); at("f"); later(); }
f();

//# a microtask of the caller sees the caller's context
//: spans outer[inner]
async function inner() { await sleep(); }
async function outer() { const p = inner(); await 0; at("outer"); await p; at("outer"); }
outer();
ticks(2);

//# deeply nested callers get their context back
//: spans a[b[c[d]]]
async function d() { await 0; at("d"); } async function c() { const p = d(); at("c"); await p; at("c"); } async function b() { const p = c(); at("b"); await p; at("b"); } async function a() { const p = b(); at("a"); await p; at("a"); }
a();
at(null);

//# fire and forget ends its own span
//: spans f[g]
async function g() { await sleep(3); at("g"); }
async function f() { g(); at("f"); }
f();

//# async callbacks in map
async function f(list) { const out = await Promise.all(list.map(async (x) => { await sleep(); return x; })); at("f"); return out; }
f([1, 2]).then(log);

//# an await in a parameter default's function
async function g() { await 0; }
async function f(p = g()) { at("f"); await p; at("f"); }
f();
at(null);

//# await in a nested try in a loop
//: spans f
async function f() { for (let i = 0; i < 2; i++) { try { try { await Promise.reject(i); } finally { at("f"); } } catch { at("f"); } } at("f"); }
f();
at(null);

//# an async constructor-like pattern
//: spans A.create[A.constructor A.init]
class A { static async create() { const a = new A(); await a.init(); at("A.create"); return a; } constructor() { at("A.constructor"); } async init() { await 0; at("A.init"); } }
A.create();

//# a sync function between async ones
//: spans f[g[h]]
async function h() { await sleep(); at("h"); return 1; }
function g() { at("g"); return h(); }
async function f() { const x = await g(); at("f"); return x; }
f().then(log);
at(null);
