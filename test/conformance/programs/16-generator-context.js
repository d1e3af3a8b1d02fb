//# the body sees its span at each resumption, the consumer its own
//: spans consumer[g[child child]]
function child() {}
function* g() { at("g"); child(); yield 1; at("g"); child(); yield 2; at("g"); }
function consumer() { for (const x of g()) at("consumer"); at("consumer"); }
consumer();
at(null);

//# a span begins at the first next
//: spans a b[g]
function* g() { at("g"); yield 1; }
let it;
function a() { it = g(); }
function b() { it.next(); at("b"); it.next(); }
a(); b();
at(null);

//# resumed from another span, children stay under the generator
//: spans a[g[child child]] b
function child() {}
function* g() { child(); yield; child(); yield; }
const it = g();
function a() { it.next(); at("a"); }
function b() { it.next(); at("b"); it.return(); at("b"); }
a(); b();
at(null);

//# resumed by throw into a catch
//: spans g[child]
function child() { at("child"); }
function* g() { try { yield 1; } catch (error) { at("g"); child(); yield 2; at("g"); } }
const it = g();
it.next(); at(null); it.throw(new Error("in")); at(null); it.next(); at(null);

//# resumed by return into a finally
//: spans g[child]
function child() { at("child"); }
function* g() { try { yield 1; } finally { at("g"); child(); } }
const it = g();
it.next(); it.return(); at(null);

//# resumed by throw into a finally
//: spans g![child]
function child() { at("child"); }
function* g() { try { yield 1; } finally { at("g"); child(); } }
const it = g();
it.next();
try { it.throw(new Error("in")); } catch (error) { log(error); }
at(null);

//# the steps of yield* run under the generator
//: spans outer[inner[child child]]
function child() {}
function* inner() { at("inner"); child(); yield 1; at("inner"); child(); yield 2; }
function* outer() { at("outer"); yield* inner(); at("outer"); }
for (const x of outer()) at(null);
at(null);

//# the methods of a plain iterator under yield* run in the generator's context
class Steps { n = 0; next() { at("Steps.next"); return { value: this.n, done: this.n++ > 1 }; } return() { at("Steps.return"); return { done: true }; } [Symbol.iterator]() { return this; } }
function* g() { yield* new Steps(); at("g"); }
const it = g();
it.next(); at(null); it.next(); at(null); it.return(); at(null);

//# yield* returned from early
//: spans outer[inner[child]]
function child() { at("child"); }
function* inner() { try { yield 1; } finally { at("inner"); child(); } }
function* outer() { try { yield* inner(); } finally { at("outer"); } }
for (const x of outer()) break;
at(null);

//# yield* resumed by throw
//: spans outer[inner!]
function* inner() { yield 1; }
function* outer() { try { yield* inner(); } catch { at("outer"); yield 2; at("outer"); } }
const it = outer();
it.next(); it.throw(new Error("in")); at(null); it.next(); at(null);

//# two generators advanced in turn
//: spans a b
function* a() { at("a"); yield; at("a"); yield; at("a"); }
function* b() { at("b"); yield; at("b"); yield; at("b"); }
const x = a(), y = b();
for (let i = 0; i < 3; i++) { x.next(); at(null); y.next(); at(null); }

//# a generator advanced inside another
//: spans a[b]
function* b() { at("b"); yield; at("b"); }
const y = b();
function* a() { y.next(); at("a"); yield; y.next(); at("a"); }
for (const x of a()) at(null);

//# an abandoned generator leaves no context behind
function* g() { yield 1; yield 2; }
function f() { g().next(); at("f"); }
f();
at(null);

//# an abandoned generator's span is ended after it is collected
//: spans g
function* g() { yield 1; yield 2; }
g().next();
collect();

//# an abandoned async generator's span is ended after it is collected
//: spans g
async function* g() { yield 1; yield 2; }
g().next();
collect();

//# an async generator's context at each resumption
//: spans g[child child child]
function child() { at("child"); }
async function* g() { at("g"); child(); yield 1; at("g"); await sleep(); at("g"); child(); yield 2; at("g"); await 0; at("g"); child(); }
const it = g();
it.next(); it.next(); it.next();
at(null);

//# an async generator and its consumer
//: spans consumer[g]
async function* g() { at("g"); yield 1; at("g"); await sleep(); at("g"); yield 2; at("g"); }
async function consumer() { const it = g(); await it.next(); at("consumer"); await it.next(); at("consumer"); await it.next(); at("consumer"); }
consumer();
at(null);

//# an async generator with parallel requests
async function* g() { for (let i = 0; i < 3; i++) { at("g"); await sleep(); at("g"); yield i; at("g"); } }
async function consumer() { const it = g(); const all = Promise.all([it.next(), it.next(), it.return("end")]); at("consumer"); log(await all); at("consumer"); }
consumer();
at(null);

//# an async generator resumed by throw and return
async function* g() { try { yield 1; } catch { at("g"); await 0; at("g"); try { yield 2; } finally { at("g"); await sleep(); at("g"); } } }
async function consumer() { const it = g(); await it.next(); at("consumer"); await it.throw(new Error("in")); at("consumer"); await it.return(); at("consumer"); }
consumer();

//# an async generator's yield* and its context
async function* inner() { at("inner"); yield 1; at("inner"); await sleep(); at("inner"); yield 2; at("inner"); }
async function* outer() { at("outer"); yield* inner(); at("outer"); await 0; at("outer"); }
async function consumer() { for await (const x of outer()) at("consumer"); at("consumer"); }
consumer();
at(null);

//# yield* to a plain async iterator runs its methods in the generator's context
class Steps { n = 0; async next() { at("Steps.next"); await 0; return { value: this.n, done: this.n++ > 1 }; } [Symbol.asyncIterator]() { return this; } }
async function* g() { yield* new Steps(); at("g"); }
async function consumer() { for await (const x of g()) at("consumer"); }
consumer();

//# an async generator's for await
async function* source() { at("source"); yield 1; await sleep(); at("source"); yield 2; }
async function* g() { for await (const x of source()) { at("g"); yield x; at("g"); } at("g"); }
async function consumer() { for await (const x of g()) { at("consumer"); await 0; at("consumer"); } at("consumer"); }
consumer();
at(null);

//# an async generator's for await is broken out of
async function* source() { try { yield 1; yield 2; } finally { at("source"); await sleep(); at("source"); } }
async function* g() { for await (const x of source()) { yield x; if (x === 1) break; } at("g"); yield "end"; at("g"); }
async function consumer() { for await (const x of g()) at("consumer"); }
consumer();

//# a generator inside an async function
function* g() { at("g"); yield 1; at("g"); yield 2; at("g"); }
async function f() { for (const x of g()) { at("f"); await sleep(); at("f"); } at("f"); }
f();
at(null);

//# a generator advanced from different turns
//: spans g
function* g() { at("g"); yield; at("g"); yield; at("g"); }
const it = g();
it.next();
const next = it.next.bind(it);
sleep(2).then(next).then(next);

//# a generator in a context of the program's own
const storage = new AsyncLocalStorage();
function* g() { log(storage.getStore()); yield; log(storage.getStore()); }
const it = g();
storage.run("a", () => it.next()); storage.run("b", () => it.next());
log(storage.getStore());

//# the span of a generator that throws at once
//: spans f[g!]
function* g() { throw new Error("g"); }
function f() { try { g().next(); } catch { at("f"); } }
f();

//# spread, destructuring and Array.from keep the consumer's context
//: spans f[g g g]
function* g() { at("g"); yield 1; at("g"); yield 2; at("g"); }
function f() { [...g()]; at("f"); const [a] = g(); at("f"); Array.from(g()); at("f"); }
f();
at(null);

//# iterator helpers keep the consumer's context
function* g() { at("g"); yield 1; at("g"); yield 2; }
function f() { const it = g().map(Number); it.next(); at("f"); it.next(); at("f"); it.return(); at("f"); }
f();
at(null);
