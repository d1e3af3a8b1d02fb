//# this before super throws
class A {}
class B extends A { constructor() { this.x = 1; super(); } }
try { new B(); } catch (error) { log(error); }

//# a missing super throws
class A {}
class B extends A { constructor() { log("body"); } }
try { new B(); } catch (error) { log(error); }

//# a second super throws
class A { constructor() { log("A"); } }
class B extends A { constructor() { super(); super(); } }
try { new B(); } catch (error) { log(error); }

//# super inside an arrow
//: spans B.constructor[B.constructor.call[A.constructor]]
class A { constructor() { this.a = 1; } }
class B extends A { constructor() { const call = () => super(); call(); this.b = this.a + 1; } }
log(new B().b);

//# super inside a try
class A { constructor() { throw new Error("A"); } }
class B extends A { constructor() { try { super(); } catch (error) { log(error); } } }
try { new B(); } catch (error) { log(error); }

//# super in a condition
class A { constructor(x) { this.x = x; } }
class B extends A { constructor(x) { if (x) super("yes"); else super("no"); log(this.x); } }
new B(1); new B(0);

//# super in an expression
class A { constructor(x) { this.x = x; } }
class B extends A { constructor() { const self = super("x"); log(self === this, self.x); } }
new B();

//# super in a default of an arrow
class A {}
class B extends A { constructor() { ((a = super()) => log(a === this))(); } }
new B();

//# super in the parameters
class A {}
class B extends A { constructor(self = super()) { log(self === this); } }
new B();

//# a derived constructor returns an object
class A {}
class B extends A { constructor() { return { other: true }; } }
log(new B());

//# a derived constructor returns undefined
class A {}
class B extends A { constructor() { super(); return undefined; } }
log(new B() instanceof B);

//# a derived constructor returns undefined without super
class A {}
class B extends A { constructor() { return undefined; } }
try { new B(); } catch (error) { log(error); }

//# a derived constructor returns a primitive
class A {}
class B extends A { constructor() { super(); return 5; } }
try { new B(); } catch (error) { log(error); }

//# a derived constructor returns a primitive without super
class A {}
class B extends A { constructor() { return 5; } }
try { new B(); } catch (error) { log(error); }

//# a base constructor returns a primitive or an object
class A { constructor(x) { this.own = true; return x; } }
log(new A(5), new A({ other: 1 }), new A(null));

//# a return in the finally of a constructor
class A {}
class B extends A { constructor() { try { super(); throw new Error("lost"); } finally { return; } } }
log(new B() instanceof B);

//# a throw before super
class A {}
class B extends A { constructor() { throw new RangeError("early"); } }
try { new B(); } catch (error) { log(error); }

//# fields are initialised after super and before the rest
class A { constructor() { log("A"); } }
class B extends A { x = log("field"); constructor() { log("before"); super(); log("after"); } }
new B();

//# fields of a base class are initialised before the body
class A { x = log("field"); constructor(y = log("parameter")) { log("body"); } }
new A();

//# a field's initialiser throws
class A {}
class B extends A { x = (() => { throw new Error("field"); })(); constructor() { super(); log("not reached"); } }
try { new B(); } catch (error) { log(error); }

//# a field sees new.target as undefined and this
class A { t = new.target; self = this; constructor() { this.n = new.target === A; } }
const a = new A();
log(a.t, a.self === a, a.n);

//# new.target in constructors, arrows and super calls
class A { constructor() { this.t = new.target.name; this.u = (() => new.target.name)(); } }
class B extends A { constructor() { super(); this.v = new.target.name; } }
const b = new B();
log(b.t, b.u, b.v);

//# a constructor without super that extends null
class A extends null { constructor() { return Object.create(A.prototype); } }
log(new A() instanceof A);

//# a class that extends null and calls super
class A extends null { constructor() { super(); } }
try { new A(); } catch (error) { log(error.name); }

//# a class that extends a plain function
function A(x) { this.x = x; }
class B extends A { constructor(x) { super(x + 1); } }
log(new B(1).x);

//# a class that extends a built-in
class E extends Error { constructor(message) { super(message); this.name = "E"; } }
class L extends Array { constructor(...items) { super(...items); } get last() { return this[this.length - 1]; } }
class M extends Map { constructor() { super([[1, 2]]); } }
const e = new E("message");
log(e instanceof Error, String(e), new L(1, 2).last, new L(1, 2).map((x) => x) instanceof L, new M().get(1));

//# a subclass of Promise
class P extends Promise { constructor(executor) { super(executor); this.mine = true; } }
const p = P.resolve(1);
log(p.mine, p.then((x) => x).mine);
p.then(log);

//# a class made by a function, a mixin
const Mixin = (Base) => class extends Base { constructor(...args) { super(...args); this.mixed = true; } };
class A { constructor(x) { this.x = x; } }
const a = new (Mixin(A))(1);
log(a.x, a.mixed);

//# a class whose super class is computed when it is defined
const make = () => { log("made"); return class { constructor() { this.x = 1; } }; };
class B extends make() { constructor() { super(); } }
log(new B().x, new B().x);

//# the super class is looked up at the call
class A { constructor() { this.x = "A"; } }
class C { constructor() { this.x = "C"; } }
class B extends A { constructor() { super(); } }
Object.setPrototypeOf(B, C);
log(new B().x);

//# super is evaluated before its arguments
class B extends Object { constructor() { try { super(log("argument")); } catch (error) { log(error.name); } } }
Object.setPrototypeOf(B, null);
try { new B(); } catch (error) { log(error.name); }

//# super with a spread
class A { constructor(...args) { this.n = args.length; } }
class B extends A { constructor(list) { super(...list, 1); } }
log(new B([1, 2]).n);

//# Reflect.construct with another new.target
class A { constructor() { this.t = new.target; } }
class B { }
log(Reflect.construct(A, [], B) instanceof B);

//# constructors of accessors and static methods
class A { static create(...args) { return new this(...args); } constructor(x) { this.x = x; } }
class B extends A { constructor(x) { super(x * 2); } }
log(B.create(2).x);

//# private fields are there after super
class A {}
class B extends A { #x = 1; constructor() { try { this.#x; } catch (error) { log(error.name); } super(); log(this.#x); } }
new B();

//# a constructor that leaks this
let leaked;
class A { constructor() { leaked = this; throw new Error("A"); } }
try { new A(); } catch (error) { log(error, leaked instanceof A); }

//# a private method before super
class A { constructor() { this.init(); } }
class B extends A { #m() { return 1; } constructor() { super(); } init() { log(this.#m()); } }
try { new B(); } catch (error) { log(error.name); }

//# super after an await-like suspension of an async arrow
class A { constructor() { this.x = 1; } }
class B extends A { constructor() { const later = async () => { super(); }; later(); log(this.x); } }
new B();

//# arrows called after the constructor
class A {}
class B extends A { constructor() { super(); this.get = () => this; } }
const b = new B();
log(b.get() === b);

//# a constructor's error is recorded at its span
//: spans B.constructor![A.constructor!]
class A { constructor() { throw new Error("A"); } }
class B extends A { constructor() { super(); } }
try { new B(); } catch (error) { log(error); }

//# the context inside a constructor
//: spans B.constructor[A.constructor]
class A { constructor() { at("A.constructor"); } }
class B extends A { constructor() { at("B.constructor"); super(); at("B.constructor"); } }
new B();
at(null);
