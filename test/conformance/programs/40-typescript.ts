//# types disappear
function f<T extends object>(this: void, a: T, b?: number, ...rest: readonly string[]): [T, number | undefined, number] { return [a, b!, rest.length] as [T, number, number]; }
log(f({ x: 1 }, 2, "a"));

//# overloads are no functions
function f(a: string): string;
function f(a: number): number;
function f(a: any): any { return a; }
class A { m(a: string): void; m(a: number): void; m(a: any) { log(a); } constructor(); constructor(x?: number) {} }
log(f("x"));
new A().m(1);

//# abstract classes and declared members
abstract class A { abstract m(): string; declare x: number; run() { return this.m(); } protected abstract get g(): number; }
class B extends A { m() { return "B"; } get g() { return 1; } }
log(new B().run(), "x" in new B());

//# declare functions, modules and globals are no functions
declare function missing(): void;
declare const nothing: () => void;
declare module "elsewhere" { export function f(): void; }
declare global { interface Window { f(): void } }
function f() { return typeof missing; }
log(f());
export {};

//# parameter properties
class A { constructor(readonly a: number, private b = a + 1, public c?: string) { log(this.a, this.b, this.c); } sum() { return this.a + this.b; } }
log(new A(1).sum(), Object.keys(new A(1, 2, "c")));

//# parameter properties in a derived class
class A { constructor(readonly a: number) { log("A"); } }
class B extends A { constructor(readonly b: number) { super(b + 1); log(this.a, this.b); } }
new B(1);

//# parameter properties and initialised fields in a derived class
class A { constructor() { log("A"); } }
class B extends A { x = log("field") && 1; constructor(private y: number) { super(); log(this.x, this.y); } }
new B(2);

//# parameter properties with statements before super
class A { constructor(x: number) { log("A", x); } }
class B extends A { y = 1; constructor(x: number) { const doubled = x * 2; log("before"); super(doubled); log("after", this.y); } }
new B(2);

//# initialised fields in a derived class without parameter properties
class A { a = log("a"); }
class B extends A { b = log("b"); constructor() { super(); log("body"); } }
new B();

//# a derived class with initialised fields throws
class A { constructor() { throw new Error("A"); } }
class B extends A { b = 1; constructor(readonly c = 2) { super(); } }
try { new B(); } catch (error) { log(error); }

//# a derived class with initialised fields throws after super
//: spans A.constructor B.constructor!
class A { constructor() {} }
class B extends A { b = 1; constructor(readonly c = 2) { super(); throw new Error("B"); } }
try { new B(); } catch (error) { log(error); }

//# enums with functions around them
enum Colour { Red = 1, Green = Red << 1, Name = "x".length }
const enum Flag { A = 1, B = 2 }
function f(c: Colour) { return Colour[c]; }
log(f(Colour.Red), Colour.Name, Flag.B);

//# namespaces with functions
namespace N { export function f() { return inner(); } function inner() { return "N"; } export const g = () => f(); export namespace M { export class A { m() { return g(); } } } }
log(N.f(), N.g(), new N.M.A().m());

//# a namespace merged with a function
function f() { return f.value; }
namespace f { export const value = "merged"; export function g() { return f(); } }
log(f(), f.g());

//# generics, assertions and satisfies in bodies and expression bodies
const f = <T,>(x: T) => x as unknown as string, g = (x: unknown) => x!, h = (x: number) => (x satisfies number), i = (x: any) => <string>x, j = (x?: { y?: number }) => x?.y!;
log(f("a"), g(1), h(2), i("i"), j({ y: 3 }));

//# async arrows with type parameters and return types
const f = async <T,>(x: T): Promise<T> => await x, g = async <T>(x: T): Promise<T> => { return x; };
f(1).then(log); g(2).then(log);

//# type guards, asserts and this types
function isString(x: unknown): x is string { return typeof x === "string"; }
function assert(x: unknown): asserts x { if (!x) throw new Error("assert"); }
class A { isA(): this is A { return true; } chain(): this { return this; } }
log(isString("x"), new A().chain().isA());
try { assert(false); } catch (error) { log(error); }

//# accessors, index signatures and optional methods
class A { [key: string]: unknown; private _x = 1; get x(): number { return this._x; } set x(v: number) { this._x = v; } m?(): void; n!: number; static readonly s: number = 5; }
const a = new A();
a.x = 3;
log(a.x, typeof a.m, A.s);

//# auto-accessors
class A { accessor x = 1; static accessor y = 2; accessor f = () => this.x; }
const a = new A();
a.x++;
log(a.x, A.y, a.f());

//# a private constructor and static factories
class A { private constructor(private readonly x: number) {} static of(x: number) { return new A(x); } get() { return this.x; } }
log(A.of(1).get());

//# decorators of the standard
const seen: string[] = [];
function mark(value: any, context: any) { seen.push(context.kind + " " + String(context.name)); if (context.kind === "method") return function (this: any, ...args: any[]) { return "[" + value.apply(this, args) + "]"; }; }
@mark class A { @mark m() { return "m"; } @mark static s() { return "s"; } @mark get g() { return "g"; } @mark field = 1; @mark accessor acc = 2; @mark #p() { return "p"; } p() { return this.#p(); } }
log(seen, new A().m(), A.s(), new A().p());

//# decorators with arguments that are functions
const wrap = (f: (x: string) => string) => (value: any, _: any) => function (this: any) { return f(value.call(this)); };
class A { @wrap((x) => x + "!") m() { return "m"; } }
log(new A().m());

//# using and await using
function f() { using a = { [Symbol.dispose]() { log("disposed"); } }; return log("body"); }
async function g() { await using a = { async [Symbol.asyncDispose]() { log("disposed later"); } }; log("body"); }
f(); await g();

//# import and export types
import type { ModuleFormat } from "nowhere";
import { type Other, value } from "./other.ts";
export type { ModuleFormat };
export interface Shape { f(): void }
type F = (x: Other) => void;
const f: F = (x) => log(x, value);
f(1);
//: file other.ts
export type Other = number;
export const value = "value";

//# default exports with types
import f, { A } from "./f.ts";
log(f(1), new A<string>("x").x, f.name);
//: file f.ts
export default function <T>(x: T): T { return x; }
export class A<T> { constructor(public x: T) {} }

//# optional parameters, definite assignment and non-null in edits
async function f(x?: Promise<number> | null): Promise<number> { return (await x!)! + 1; }
f(Promise.resolve(1)).then(log);

//# typed generators
function* g(): Generator<number, string, boolean> { const go: boolean = yield 1; return go ? "yes" : "no"; }
async function* ag(): AsyncGenerator<number, void, undefined> { yield* g() as Iterable<number>; yield (await 2) as number; }
const it = g();
log(it.next(), it.next(true));
for await (const x of ag()) log(x);

//# a this parameter and arguments
function f(this: { x: number }, a: number) { return [this.x, a, arguments.length]; }
log(f.call({ x: 1 }, 2), f.length);

//# class expressions, mixins and generics
type Constructor<T = {}> = new (...args: any[]) => T;
function Timestamped<B extends Constructor>(Base: B) { return class extends Base { stamp = "stamp"; constructor(...args: any[]) { super(...args); log(this.stamp); } }; }
class User { constructor(public name: string) {} }
log(new (Timestamped(User))("u").name);

//# fields that hold functions, with modifiers
class A { private readonly f = (): string => "f"; protected static g = async () => "g"; public override = () => this.f(); declare h: () => void; run() { return [this.f(), this.override()]; } }
log(new A().run());

//# comments and directives of TypeScript
"use strict";
// @ts-nocheck
/// <reference types="node" />
function f() { "use strict"; return this; }
log(f());

//# unreachable code, never and exhaustive switches
function fail(message: string): never { throw new Error(message); }
function f(x: "a" | "b"): number { switch (x) { case "a": return 1; case "b": return fail("b"); } }
log(f("a"));
try { f("b"); } catch (error) { log(error); }

//# an abstract class's constructor and super calls with types
abstract class A<T> { protected constructor(protected readonly value: T) {} abstract get(): T; }
class B extends A<number> { constructor() { super(1 as number); } get(): number { return this.value; } }
log(new B().get());

//# export equals and import require style exports
const f = () => "exported";
export { f as default, f as "string name" };
log(f());

//# defaults that may throw beside types, parameter properties and decorators
const boom = (name: string): number => { throw new Error(name); };
function f(a: number = boom("a") as number, { b = boom("b")! }: { b?: number } = {}): number { return a + b; }
class A { constructor(private readonly a: number = Number("1"), protected b = <number>Number("2"), ...c: number[]) { log(this.a, this.b, c); } }
new A(); new A(3, 4, 5);
abstract class B extends A { x = Number("9"); constructor(a = Number("6"), public d = boom("d")) { super(a); log(this.x); } }
class C extends B { }
for (const call of [() => f(), () => f(1), () => new C(7), () => new C(7, 8)]) try { log(typeof call()); } catch (error) { log(error); }
