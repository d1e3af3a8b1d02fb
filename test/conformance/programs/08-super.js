//# super methods, properties and assignment
class A { m() { return "A.m " + this.n; } get x() { return "A.x"; } set x(v) { this.set = v; } }
class B extends A { n = 1; m() { return super.m() + "!"; } get x() { return super.x + "!"; } set x(v) { super.x = v + "!"; } f() { super.y = 5; return [super["m"](), super.y, this.y]; } }
const b = new B();
b.x = 1;
log(b.m(), b.x, b.set, b.f());

//# chained, computed and optional super
class A { a = 1; get o() { return { b: () => this.a, c: null }; } k() { return "k"; } }
class B extends A { f(key) { return [super.o.b(), super[key](), super.missing?.(), super.o.c?.d]; } }
log(new B().f("k"));

//# super in static methods
class A { static m() { return this.name; } }
class B extends A { static m() { return "B/" + super.m(); } static get x() { return super.name; } }
log(B.m(), B.x);

//# super in object literals
const base = { m() { return "base " + this.x; } };
const o = { __proto__: base, x: 1, m() { return super.m() + "!"; }, nested: { __proto__: base, x: 2, m() { return super.m() + "?"; } } };
log(o.m(), o.nested.m());

//# super in an object literal inside a method
class A { m() { return "A"; } }
class B extends A { m() { const o = { __proto__: { m() { return "proto"; } }, m() { return super.m(); } }; return [super.m(), o.m()]; } }
log(new B().m());

//# super in arrows, async arrows and nested arrows
class A { m() { return this.v; } }
class B extends A { v = 3; m() { return (() => (() => super.m())())(); } async n() { await 0; return (async () => super.m())(); } }
log(new B().m());
new B().n().then(log);

//# super in generators
class A { *g() { yield 1; } m() { return 2; } }
class B extends A { *g() { yield* super.g(); yield super.m(); } async *ag() { yield* super.g(); } }
log([...new B().g()]);
(async () => { for await (const x of new B().ag()) log(x); })();

//# super as an update, delete and destructuring target
class A { get n() { return 1; } set n(v) { log("set", v); } }
class B extends A { f() { super.n++; super.n += 5; [super.n] = [9]; ({ a: super.n } = { a: 10 }); try { delete super.n; } catch (error) { log(error.name); } } }
new B().f();

//# super keeps its home when the method is borrowed
class A { who() { return "A"; } }
class B extends A { who() { return super.who() + "B"; } }
const borrowed = { who: B.prototype.who };
log(borrowed.who());

//# super in accessors and fields
class A { get x() { return 1; } }
class B extends A { y = super.x; get x() { return super.x + 1; } z = () => super.x; static s = super.name; }
const b = new B();
log(b.y, b.x, b.z(), B.s === "");

//# super property keys are computed in order
class A { get k() { return 1; } }
class B extends A { f() { return super[log("k")] + log(1); } }
log(new B().f());

//# private fields, methods, accessors and brand checks
class A { #a = 1; static #s = 2; #m() { return this.#a; } get #x() { return this.#m() * 2; } set #x(v) { this.#a = v; } run() { this.#x = 5; this.#a++; return [this.#a, this.#x, A.#s, #a in this, #m in {}]; } }
log(new A().run());

//# private names on a wrong object
class A { #a = 1; static read(o) { return o.#a; } static call(o) { return o.#m(); } #m() {} }
for (const f of [A.read, A.call]) try { f({}); } catch (error) { log(error.name); }

//# private names with optional chaining and destructuring
class A { #o = { v: 1 }; #f = () => 2; run(x) { const { v } = this.#o; return [v, x?.#o.v, this.#f?.(), x?.#o?.v]; } }
log(new A().run(), new A().run(new A()));

//# private names in nested classes and functions
class A { #x = 1; inner() { const outer = this; return class { #x = 2; both() { return [this.#x, (() => outer.inner !== undefined)()]; } }; } }
log(new (new A().inner())().both());

//# private async and generator methods
class A { async #a() { await 0; return 1; } *#g() { yield 2; } async *#ag() { yield 3; } async run() { const out = [await this.#a(), ...this.#g()]; for await (const x of this.#ag()) out.push(x); return out; } }
new A().run().then(log);

//# static blocks with private names, await-like names and this
class A { static #count = 0; static { this.#count = 5; const bump = () => { this.#count++; }; bump(); } static get count() { return A.#count; } }
log(A.count);

//# a throw in a static block
try { class A { static { (() => { throw new Error("static"); })(); } } } catch (error) { log(error); }

//# auto-accessors by hand with private storage
class A { static make() { let v = 0; return { get v() { return v; }, set v(x) { v = x; } }; } }
const a = A.make();
a.v = 3;
log(a.v);

//# methods are not enumerable and have no prototype
class A { m() {} static s() {} get x() { return 1; } }
log(Object.keys(A.prototype), Object.keys(A), Object.hasOwn(A.prototype.m, "prototype"), Object.getOwnPropertyDescriptor(A.prototype, "m").enumerable);

//# a class's methods are strict
class A { m() { return this; } static s() { return this; } }
const { m } = A.prototype, { s } = A;
log(m(), s());

//# super of a method in a frozen home
const o = Object.freeze({ __proto__: { m() { return "proto"; } }, m() { return super.m(); } });
log(o.m());

//# a class expression that names itself
const A = class Inner { static m() { return Inner.name; } who() { return Inner === A; } };
log(A.m(), new A().who());

//# a class and its inner name are const inside
class A { static m() { try { A = 1; } catch (error) { return error.name; } } }
log(A.m());

//# accessors with the same name static and not
class A { get x() { return "instance"; } static get x() { return "static"; } }
log(new A().x, A.x);

//# getters and setters that throw
const o = { get x() { throw new Error("get"); }, set x(v) { throw new Error("set " + v); } };
try { o.x; } catch (error) { log(error); }
try { o.x = 1; } catch (error) { log(error); }
