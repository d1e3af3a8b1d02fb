//# next with values
function* g(a) { const b = yield a; const c = yield b; return c; }
const it = g(1);
log(it.next("ignored"), it.next(2), it.next(3), it.next());

//# nothing runs before the first next
function* g() { log("body"); yield 1; }
const it = g();
log("before");
it.next();

//# throw before the first next
//: spans
function* g() { log("body"); yield 1; }
const it = g();
try { it.throw(new Error("early")); } catch (error) { log(error); }
log(it.next());

//# return before the first next
//: spans
function* g() { log("body"); yield 1; }
const it = g();
log(it.return("early"), it.next());

//# throw at a yield that catches it
function* g() { while (true) try { yield 1; } catch (error) { log("caught", error); } }
const it = g();
it.next();
log(it.throw(new Error("in")), it.throw("again"));

//# throw at a yield that does not catch it
//: spans g!
function* g() { yield 1; log("not reached"); }
const it = g();
it.next();
try { it.throw(new Error("in")); } catch (error) { log(error); }
log(it.next());

//# return runs finally
//: spans g
function* g() { try { yield 1; } finally { log("finally"); } }
const it = g();
it.next();
log(it.return(5), it.next());

//# return runs finally that yields and returns
function* g() { try { yield 1; } finally { yield 2; return 3; } }
const it = g();
log(it.next(), it.return(9), it.next(), it.next());

//# throw runs finally that returns
function* g() { try { yield 1; } finally { return "kept"; } }
const it = g();
it.next();
log(it.throw(new Error("lost")));

//# nested finally blocks on return
function* g() { try { try { yield 1; } finally { log("inner"); } } finally { log("outer"); } }
const it = g();
it.next();
log(it.return("r"));

//# a return of an iterator in a loop, a spread and a pattern
function* g() { try { yield 1; yield 2; yield 3; } finally { log("closed"); } }
for (const x of g()) { log(x); break; }
const [a, b] = g();
log(a, b, [...g()], Math.max(...g()), Array.from(g()).length, new Set(g()).size);

//# yield* to arrays, strings, maps, sets and arguments
function* g() { yield* [1, 2]; yield* "ab"; yield* new Set([3]); yield* new Map([[4, 5]]); yield* arguments; }
log([...g(6, 7)]);

//# the value of yield*
function* inner() { const x = yield 1; return "returned " + x; }
function* outer() { return yield* inner(); }
const it = outer();
log(it.next(), it.next("sent"), it.next());

//# yield* forwards next, throw and return
const inner = { [Symbol.iterator]() { return this; }, next(v) { log("next", v); return { value: 1, done: false }; }, throw(e) { log("throw", e); return { value: 2, done: false }; }, return(v) { log("return", v); return { value: 3, done: true }; } };
function* g() { yield* inner; }
const it = g();
log(it.next("a"), it.next("b"), it.throw("c"), it.return("d"));

//# yield* to an iterator without throw closes it
const inner = { [Symbol.iterator]() { return this; }, next() { return { value: 1, done: false }; }, return() { log("closed"); return {}; } };
function* g() { try { yield* inner; } catch (error) { log(error.name); } }
const it = g();
it.next();
log(it.throw(new Error("in")));

//# yield* to an iterator without return
const inner = { [Symbol.iterator]() { return this; }, next() { return { value: 1, done: false }; } };
function* g() { try { yield* inner; } finally { log("finally"); } }
const it = g();
it.next();
log(it.return(5));

//# yield* passes result objects through unread
const result = { get value() { log("value read"); return 1; }, get done() { log("done read"); return false; }, extra: true };
const inner = { [Symbol.iterator]: () => ({ next: () => result }) };
function* g() { yield* inner; }
const it = g();
log(it.next() === result);

//# yield* reads the methods as often as before
const inner = { get [Symbol.iterator]() { log("get iterator"); return () => ({ get next() { log("get next"); return () => ({ value: 1, done: false }); }, get return() { log("get return"); return undefined; }, get throw() { log("get throw"); return undefined; } }); } };
function* g() { yield* inner; }
const it = g();
it.next(); it.next(); it.return(1);

//# yield* with results that are no objects
const inner = { [Symbol.iterator]: () => ({ next: () => 5 }) };
function* g() { yield* inner; }
try { g().next(); } catch (error) { log(error.name); }

//# yield* to what is not iterable
for (const x of [null, undefined, 5, {}]) { function* g() { yield* x; } try { g().next(); } catch (error) { log(error.name); } }

//# yield* receives how many arguments
const inner = { [Symbol.iterator]() { log("iterator", arguments.length); return this; }, next() { log("next", arguments.length); return { value: 1, done: false }; }, return() { log("return", arguments.length); return { done: true }; }, throw() { log("throw", arguments.length); return { done: true }; } };
function* g() { yield* inner; }
const it = g();
it.next(); it.next(); it.next(1, 2); it.return();
const other = g();
other.next(); other.throw(1);

//# re-entrance throws
function* g() { try { it.next(); } catch (error) { log(error); } yield 1; }
const it = g();
log(it.next());

//# re-entrance by return and throw
function* g() { try { it.return(); } catch (error) { log(error.name); } try { it.throw(1); } catch (error) { log(error.name); } yield 1; }
const it = g();
log(it.next());

//# yield in every position
function* g() { const a = [yield 1, (yield 2) + (yield 3)]; const o = { [yield 4]: yield 5 }; const t = `${yield 6}`; if (yield 7) return [a, o, t, (yield) ?? (yield 8), yield yield 9]; }
const it = g();
let r = it.next();
for (let i = 1; !r.done; i++) { log(r.value); r = it.next(i); }
log(r.value);

//# a bare yield and bare return
function* g() { yield; const x = yield
  ; return; }
const it = g();
log(it.next(), it.next(), it.next());

//# yield as an argument, in parentheses, in a sequence and a conditional
function* g() { log(yield 1, yield 2); (yield 3, yield 4); return (yield 5) ? yield 6 : yield 7; }
const it = g();
let r = it.next();
for (let i = 1; !r.done; i++) r = it.next(i);
log(r.value);

//# a generator method with this and super
class A { *items() { yield this.x; } }
class B extends A { x = 1; *items() { yield* super.items(); yield this.x + 1; } *[Symbol.iterator]() { yield* this.items(); } static *s() { yield this.name; } }
log([...new B()], [...B.s()]);

//# generators with prototypes, new and instanceof
function* g() { yield this === undefined || this === globalThis; }
g.prototype.extra = function () { return "extra"; };
log(g().extra(), g() instanceof g);
try { new g(); } catch (error) { log(error.name); }

//# iterator helpers
function* g() { try { for (let i = 0; ; i++) yield i; } finally { log("closed"); } }
log(g().filter((x) => x % 2).map((x) => x * 10).take(3).toArray(), g().some((x) => x > 3), g().drop(2).next());

//# a recursive generator
function* walk(tree) { if (!tree) return; yield* walk(tree.left); yield tree.value; yield* walk(tree.right); }
log([...walk({ value: 2, left: { value: 1 }, right: { value: 3, left: null, right: { value: 4 } } })]);

//# an infinite generator that is abandoned
function* g() { let i = 0; while (true) yield i++; }
const it = g();
log(it.next().value, it.next().value);

//# an error inside a generator
//: spans g!
function* g() { yield 1; throw new Error("inside"); }
try { [...g()]; } catch (error) { log(error); }

//# an early return is no error
//: spans g
function* g() { yield 1; yield 2; }
for (const x of g()) break;

//# arrows and nested functions inside generators do not yield for them
function* g() { const f = () => 1; function h() { return 2; } function* i() { yield 3; } yield f() + h(); yield* i(); }
log([...g()]);

//# an async generator's requests are queued
async function* g() { log("start"); yield 1; log("middle"); yield 2; log("end"); }
const it = g();
Promise.all([it.next(), it.next(), it.next(), it.next()]).then(log);

//# an async generator's return and throw before the first next
async function* g() { log("not reached"); yield 1; }
const a = g(), b = g();
a.return("r").then(log); a.next().then(log);
b.throw(new Error("t")).catch(log); b.next().then(log);

//# an async generator's return awaits its value
async function* g() { try { yield 1; } finally { log("finally"); } }
const it = g();
it.next().then(() => it.return(Promise.resolve("awaited"))).then(log);

//# an async generator's return of a rejected promise
async function* g() { try { yield 1; } catch (error) { log("caught", error); yield 2; } }
const it = g();
(async () => { log(await it.next()); log(await it.return(Promise.reject(new Error("r"))).catch((e) => e)); log(await it.next()); })();

//# an async generator awaits what it yields
async function* g() { yield Promise.resolve("resolved"); try { yield Promise.reject(new Error("rejected")); } catch (error) { log("caught", error); } return Promise.resolve("returned"); }
(async () => { const it = g(); log(await it.next()); log(await it.next()); log(await it.next()); })();

//# an async generator's bare return stays bare
async function* g() { yield 1; return; }
async function* h() { if (true) return; yield 1; }
ticks(10);
const it = g();
it.next(); it.next().then((r) => log("g", r)); h().next().then((r) => log("h", r));

//# an async generator with finally that awaits and yields
async function* g() { try { yield 1; } finally { await 0; yield "cleaning"; log("cleaned"); } }
(async () => { const it = g(); log(await it.next()); log(await it.return("r")); log(await it.next()); log(await it.next()); })();

//# yield* in an async generator to sync and async iterables
async function* inner() { const x = yield "a"; log("got", x); return "r"; }
async function* g() { log(yield* inner()); yield* [Promise.resolve("b"), "c"]; yield* "d"; }
(async () => { const it = g(); log(await it.next(), await it.next("sent"), await it.next(), await it.next(), await it.next()); })();

//# yield* in an async generator forwards throw and return
const inner = { [Symbol.asyncIterator]() { return this; }, next(v) { log("next", v); return { value: Promise.resolve(1), done: false }; }, throw(e) { log("throw", e); return Promise.resolve({ value: 2, done: false }); }, return(v) { log("return", v); return { value: 3, done: true }; } };
async function* g() { yield* inner; }
(async () => { const it = g(); for (const r of [await it.next("a"), await it.throw("b"), await it.return("c")]) log(r.done, typeof r.value); })();

//# yield* in an async generator with a method that is missing
const inner = { [Symbol.asyncIterator]() { return this; }, async next() { return { value: 1, done: false }; }, async return() { log("closed"); return {}; } };
async function* g() { yield* inner; }
(async () => { const it = g(); await it.next(); try { await it.throw(new Error("t")); } catch (error) { log(error.name); } })();

//# yield* in an async generator to what is not iterable
async function* g(x) { yield* x; }
for (const x of [null, undefined, 5, {}]) g(x).next().catch((error) => log(error.name));

//# yield* in ticks
async function* inner() { yield 1; }
async function* g() { yield* inner(); }
ticks(12);
g().next().then((r) => log(r));

//# yield* over a sync iterable in ticks
async function* g() { yield* [1]; return 2; }
const it = g();
ticks(14);
it.next().then((r) => log(r)); it.next().then((r) => log(r));

//# an async generator's yield and await in one expression
async function* g() { return (yield (await 1) + 1) + (await (yield 2)); }
(async () => { const it = g(); log(await it.next(), await it.next(10), await it.next(Promise.resolve(5))); })();

//# an async generator in a class, private and computed
class A { async *#p() { yield 1; } async *[Symbol.asyncIterator]() { yield* this.#p(); yield 2; } }
(async () => { for await (const x of new A()) log(x); })();

//# an async generator's error
//: spans g!
async function* g() { yield 1; throw new Error("inside"); }
(async function () {}).call;
const it = g();
it.next(); it.next().catch(log); it.next().then(log);

//# next of something that is not a generator
function* g() { yield 1; }
try { g.prototype.next.call({}); } catch (error) { log(error.name); }

//# for of over a generator with a closure per value
function* g() { yield 1; yield 2; }
const fs = [];
for (const x of g()) fs.push(() => x);
log(fs.map((f) => f()));

//# yield in a for await and for of head
function* g() { for (const x of yield) log(x); for (let i = yield; i < (yield); i++) log(i); }
const it = g();
it.next(); it.next([1, 2]); it.next(0); it.next(1); it.next(0);

//# a generator whose locals are kept
function* g() { let n = 0; const add = (x) => { n += x; }; while (true) add(yield n); }
const it = g();
it.next();
log(it.next(1).value, it.next(2).value, it.next(3).value);

//# a generator passed to Promise-based runners
function run(make) { const it = make(); return new Promise((resolve, reject) => { const step = (method, x) => { let r; try { r = it[method](x); } catch (error) { return reject(error); } if (r.done) resolve(r.value); else Promise.resolve(r.value).then((v) => step("next", v), (e) => step("throw", e)); }; step("next"); }); }
run(function* () { const a = yield sleep().then(() => 1); try { yield Promise.reject(new Error("rejected")); } catch (error) { log(error); } return a + (yield 2); }).then(log);
