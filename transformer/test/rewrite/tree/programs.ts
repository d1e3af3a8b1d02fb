/** A small TypeScript program: what it logs must not change when it is traced. */
export interface Program {
  readonly name: string;
  readonly code: string;
  readonly fileName?: string;
  readonly decorators?: "legacy" | "standard";
  /** Lowest target that the program's own syntax needs. */
  readonly since?: "ES2017" | "ES2018" | "ES2022";
  readonly spans?: readonly string[];
}

export const programs: readonly Program[] = [
  {
    name: "a function that is called before its line",
    code: `
      const early = later(2);
      function later(n: number): number { return n * 2 }
      export function main(log: Function) { log(early, later.name, later.length) }
    `,
    spans: ["later", "main"],
  },
  {
    name: "parameter properties and initialised fields",
    code: `
      class Base { readonly kind: string = "base"; constructor(protected tag: string) { this.tag += "!" } }
      class Derived extends Base {
        readonly list: string[] = [this.tag];
        constructor(tag: string, private readonly count = 3) {
          super(tag + ":" + count);
          this.list.push(String(this.count));
        }
        show() { return [this.tag, this.kind, this.list, this.count, Object.keys(this)] }
      }
      export function main(log: Function) { log(new Derived("a").show(), new Derived("b", 4).show()) }
    `,
    spans: [
      "Base.constructor < main",
      "Base.constructor < main",
      "Derived.constructor < main",
      "Derived.constructor < main",
      "Derived.show < main",
      "Derived.show < main",
      "main",
    ],
  },
  {
    name: "a constructor without fields that calls super late, twice, or never",
    code: `
      class Base { constructor(public n: number) {} }
      class Late extends Base { constructor(n: number) { const twice = n * 2; if (n > 1) { super(twice) } else { super(0) } } }
      class Twice extends Base { constructor() { super(1); try { super(2) } catch (error) { this.n = (error as Error).name === "ReferenceError" ? 7 : 8 } } }
      class Never extends Base { constructor() { if (Math.random() > 2) super(1) } }
      class Arrow extends Base { constructor() { const go = () => super(5); go() } }
      class Other extends Base { constructor() { super(3); return { n: 99 } as Other } }
      export function main(log: Function) {
        log(new Late(3).n, new Late(1).n, new Twice().n, new Arrow().n, new Other().n);
        try { new Never() } catch (error) { log((error as Error).name) }
      }
    `,
  },
  {
    name: "private names, accessors, static blocks and fields that hold functions",
    since: "ES2022",
    code: `
      class Account {
        static #open = 0;
        static { Account.#count(5) }
        static #count(by: number) { this.#open += by; return this.#open }
        #balance = 10;
        accessor limit = 3;
        deposit = (sum: number) => { this.#balance += sum; return this.#audit(sum) };
        withdraw = async function withdraw(this: Account, sum: number) { await null; this.#balance -= sum; return this.balance };
        #audit(sum: number) { return \`+\${sum}\` }
        get balance() { return this.#balance }
        set balance(value) { if (value < 0) throw new RangeError("overdrawn"); this.#balance = value }
        static has(value: object) { return #balance in value }
        static get open() { return this.#open }
      }
      export async function main(log: Function) {
        const account = new Account();
        log(account.deposit(5), await account.withdraw(3), account.balance, Account.has(account), Account.open, account.limit);
        account.balance = 4;
        try { account.balance = -1 } catch (error) { log((error as Error).message) }
        log(account.balance, account.deposit.name, account.withdraw.name);
      }
    `,
  },
  {
    name: "overloads, optional and this parameters, generics",
    code: `
      function pick(value: string): string;
      function pick(value: number): number;
      function pick<T extends string | number>(value: T): T { return value }
      class Picker {
        pick(value: string): string;
        pick(value: number): number;
        pick(value: unknown): unknown { return [value, this instanceof Picker] }
      }
      function bound(this: { n: number }, by?: number): number { return this.n + (by ?? 1) }
      const generic = <T,>(value: T): T => value;
      export function main(log: Function) {
        log(pick("a"), pick(1), new Picker().pick("a"), bound.call({ n: 2 }), generic(3)!, generic<string>("x") satisfies string);
      }
    `,
  },
  {
    name: "enums and namespaces round functions",
    code: `
      enum Size { small = measure(1), large = measure(5) }
      function measure(n: number): number { return n * 10 }
      namespace Shop {
        export const rate = 2;
        export function price(n: number) { return n * rate * scale() }
        export namespace Inner { export const twice = (n: number) => price(n) * 2 }
        let factor = 1;
        export function scale() { enum Local { one = 1 } return factor * Local.one }
        export function set(value: number) { factor = value }
      }
      export function main(log: Function) {
        log(Size.small, Size.large, Size[50], Shop.price(3), Shop.Inner.twice(3));
        Shop.set(4);
        log(Shop.price(3));
      }
    `,
  },
  {
    name: "decorators under experimentalDecorators, with metadata",
    decorators: "legacy",
    code: `
      const seen: unknown[] = [];
      (Reflect as any).metadata = (key: string, value: any) => (target: object, name?: string) => {
        seen.push([key, name, Array.isArray(value) ? value.map((v: any) => v?.name) : value?.name]);
      };
      function note(label: string): any { return (...target: unknown[]) => { seen.push([label, target.slice(1).map((t) => typeof t)]) } }
      class Dependency {}
      @note("class")
      class Service {
        @note("field") name: string = "x";
        constructor(@note("parameter") readonly dependency: Dependency) { seen.push("constructed") }
        @note("method") async run(count: number, @note("inner") list: string[]): Promise<string> { return this.name + count + list }
        @note("getter") get size(): number { return this.name.length }
      }
      export async function main(log: Function) {
        const service = new Service(new Dependency());
        log(await service.run(1, ["a"]), service.size, seen);
      }
    `,
  },
  {
    name: "standard decorators",
    decorators: "standard",
    since: "ES2022",
    code: `
      const seen: unknown[] = [];
      function note(value: any, context: any): any {
        seen.push([context.kind, String(context.name), context.static ?? false]);
        if (context.kind === "method") return function (this: unknown, ...rest: unknown[]) { seen.push("called"); return value.apply(this, rest) };
      }
      @note
      class Service {
        @note name = "x";
        @note accessor level = 1;
        @note static make() { return new Service() }
        @note run(count: number) { return this.name + count }
        @note get size() { return this.name.length + this.level }
        @note #hidden() { return 4 }
        hidden() { return this.#hidden() }
      }
      export function main(log: Function) {
        const service = Service.make();
        log(service.run(1), service.size, service.hidden(), seen);
      }
    `,
  },
  {
    name: "JSX round and in functions",
    fileName: "program.tsx",
    code: `
      function h(type: any, props: any, ...children: any[]): any { return typeof type === "function" ? type({ ...props, children }) : [type, props, children] }
      const Item = ({ label }: { label: string }) => <li id={label}>{label.toUpperCase()}</li>;
      const List = (props: { items: string[]; children?: any }) => (
        <ul>
          {props.items.map((item) => <Item label={item} />)}
          {/* nothing */}
          {props.children}
        </ul>
      );
      export function main(log: Function) { log(<List items={["a", "b"]}>text</List>) }
    `,
  },
  {
    name: "generators and their protocol",
    code: `
      function* count(limit: number): Generator<number, string, string | undefined> {
        let last: string | undefined;
        try { for (let n = 0; n < limit; n++) last = yield n; return "done " + last }
        catch (error) { yield -1; return "caught " + error }
        finally { yield -2 }
      }
      function* all() { const result: string = yield* count(2); return result }
      export function main(log: Function) {
        log([...count(2)], [...all()]);
        const a = count(5); log(a.next(), a.next("x"), a.throw("bad"), a.next(), a.next());
        const b = count(5); log(b.next(), b.return("early"), b.next());
        log([...(function* () { yield; yield* [1, 2] })()]);
      }
    `,
  },
  {
    name: "async generators, for await and labels",
    since: "ES2018",
    code: `
      async function* numbers(limit: number) { for (let n = 0; n < limit; n++) { await null; yield n } return "end" }
      async function* doubled(source: AsyncIterable<number>) { for await (const n of source) yield n * 2 }
      class Source { async *[Symbol.asyncIterator]() { yield* numbers(3) } }
      export async function main(log: Function) {
        for await (const n of doubled(new Source())) log(n);
        outer: for (const round of [1, 2]) {
          inner: for await (const n of numbers(4)) {
            if (n === 1) continue inner;
            if (n === 2 && round === 1) continue outer;
            if (n === 3) break outer;
            log(round, n);
          }
        }
        try { for await (const n of numbers(2)) { if (n === 1) throw new Error("inside") } } catch (error) { log((error as Error).message) }
        for await (const n of [Promise.resolve(1), 2]) log(n);
        const early = async () => { for await (const n of numbers(9)) if (n === 2) return n; return -1 };
        log(await early());
      }
    `,
  },
  {
    name: "await in every position",
    since: "ES2017",
    code: `
      const later = <T,>(value: T): Promise<T> => Promise.resolve(value);
      class Box { constructor(public value: number) {} get double() { return later(this.value * 2) } }
      export async function main(log: Function) {
        const box = new (await later(Box))(await later(4));
        log((-(await box.double)) ** 2, !(await later(false)), (await later([1, 2]))[await later(1)], typeof await later(""));
        const { a = await later(5), ...rest } = await later({ b: 2, c: 3 } as { a?: number; b: number; c: number });
        log(a, rest, \`\${await later("t")}\`, await later(1) + await later(2), (await later(1), await later(9)));
        let n = 1; n += await later(2); log(n, await later(n) ?? 0, await (await later(later(8))));
        const o = { [await later("k")]: await later("v"), ...(await later({ s: 1 })) }; log(o);
        if (await later(true)) log("if"); else log("else");
        for (let i = await later(0); i < await later(2); i += await later(1)) log(i);
        switch (await later(2)) { case await later(1): log("one"); break; case await later(2): log("two") }
        const nested = async () => (await later(async () => await later("deep")))(); log(await nested());
        log(await later(later) ? (await later("y")) : 0, (await later({ f() { return this.g }, g: 6 })).f());
      }
    `,
  },
  {
    name: "errors that pass through catch and finally",
    since: "ES2017",
    code: `
      const fail = async (text: string): Promise<never> => { await null; throw new Error(text) };
      async function swallow() { try { await fail("one") } catch { return "swallowed" } finally { await null } return "no" }
      async function override() { try { return await fail("two") } finally { return "finally" } }
      async function rethrow() { try { await fail("three") } catch (error) { throw new Error("wrapped", { cause: error }) } }
      function plain(): never { try { throw "text" } finally { undefined } }
      export async function main(log: Function) {
        log(await swallow(), await override());
        try { await rethrow() } catch (error: any) { log(error.message, error.cause.message) }
        try { plain() } catch (error) { log(error) }
        return await fail("last");
      }
    `,
  },
  {
    name: "resources that are disposed",
    since: "ES2018",
    code: `
      export async function main(log: Function) {
        const sync = (name: string) => ({ [Symbol.dispose]: () => log("dispose", name) });
        const async = (name: string) => ({ async [Symbol.asyncDispose]() { await null; log("async dispose", name) } });
        function one() { using a = sync("a"), b = sync("b"); log("body", typeof a, typeof b); return "one" }
        async function two() { await using a = async("a"); using b = sync("b"); log(typeof a, typeof b); { await using c = async("c"); log(typeof c) } return "two" }
        async function three() { await using a = async("x"); throw new Error("three" + typeof a) }
        function* four() { using a = sync("g"); yield typeof a; yield 2 }
        async function five() { for (await using a of [async("1"), async("2")]) log(typeof a); for (using b of [sync("3")]) log(typeof b) }
        log(one(), await two());
        try { await three() } catch (error) { log((error as Error).message) }
        log([...four()]);
        await five();
      }
    `,
  },
  {
    name: "super in every form",
    since: "ES2017",
    code: `
      class Animal {
        static create(name: string) { return new this(name) }
        constructor(public name: string) {}
        speak(loud?: boolean) { return this.name + (loud ? "!" : "") }
        async later() { return this.speak() }
        get label() { return "<" + this.name + ">" }
        set label(value) { this.name = value }
        *letters() { yield* this.name }
      }
      class Dog extends Animal {
        static override create(name: string) { return super.create(name + "y") as Dog }
        override speak() { return super.speak(true) + super["speak"]() }
        override async later() { const inner = async () => (await super.later()) + await super.later.call(this); return await inner() + super.label }
        override get label() { return super.label + "dog" }
        override set label(value) { super.label = value + "?" }
        override *letters() { yield "("; yield* super.letters(); yield ")" }
      }
      const proto = { hello() { return "proto" } };
      const child = { __proto__: proto, hello() { const inner = { __proto__: { hello: () => "other" }, hello() { return (super.hello as Function)() } }; return (super.hello as Function)() + inner.hello() } };
      export async function main(log: Function) {
        const dog = Dog.create("Rex");
        log(dog.speak(), await dog.later(), dog.label, [...dog.letters()].join(""), child.hello());
        dog.label = "Max"; log(dog.name);
      }
    `,
  },
  {
    name: "arguments, closures in parameters, redeclared and destructured parameters",
    code: `
      function count() { return arguments.length + [...arguments].length }
      function capture(a = 1, read = () => a, b = () => arguments.length) { var a = 5; return [a, read(), b()] }
      function pattern({ x: [first, ...others] = [0], ...rest }: any = {}, [y = first] = []) { return [first, others, rest, y] }
      const arrows = function () { return (() => arguments[0])() } as Function;
      export function main(log: Function) {
        log((count as Function)(1, 2), capture(), pattern({ x: [1, 2], z: 3 }), pattern(), arrows("a"), capture.length, pattern.length);
      }
    `,
  },
  {
    name: "functions declared inside functions, hoisted and recursive",
    code: `
      export function main(log: Function) {
        log(inner(3), typeof block);
        function inner(n: number): number { return n <= 0 ? 0 : n + inner(n - 1) }
        { function block() { return "b" } log(block()) }
        const fib = (n: number): number => n < 2 ? n : fib(n - 1) + fib(n - 2);
        log(fib(7));
        const handlers: (() => number)[] = [];
        for (let i = 0; i < 3; i++) handlers.push(() => i);
        log(handlers.map((handler) => handler()));
      }
    `,
  },
  {
    name: "names of functions",
    code: `
      const key = "computed", symbol = Symbol("sym");
      const holder = { [key]: () => {}, [symbol]() {}, plain: function () {}, get got() { return 1 }, async method() {} };
      let assigned; assigned = () => {};
      const { fallback = () => {} } = {} as { fallback?: () => void };
      class Named { static field = () => {}; static "quoted name"() {} static [key + 1]() {} }
      const Anonymous = class { static who() { return this.name } };
      export default function () { return 1 }
      export const exported = async () => {};
      export function main(log: Function) {
        log(holder[key].name, holder[symbol].name, holder.plain.name, holder.method.name, assigned.name, fallback.name, Named.field.name,
          Named["quoted name"].name, (Named as any).computed1.name, Anonymous.who(), exported.name);
        log(Object.getOwnPropertyDescriptor(holder, "got")!.get!.name, main.length, Object.getOwnPropertyNames(holder.method));
      }
    `,
  },
  {
    name: "expression bodies of every shape",
    since: "ES2017",
    code: `
      const object = () => ({ a: 1 }), sequence = () => (1, 2), regexp = () => /a\\/b/g, nested = (a: number) => (b: number) => a + b;
      const commented = () => /* before */ ( // line
        "c" /* inside */) /* after */;
      const conditional = (a: boolean) => a ? () => "yes" : () => "no";
      const asserted = () => <any>(1 as unknown)!; const instance = () => new Map([[1, 2]]); const templ = (t: number) => \`\${t}\${(() => t + 1)()}\`;
      const asynchronous = async () => await (await Promise.resolve(Promise.resolve(5))), nothing = () => void 0, klass = () => class { m() { return 3 } };
      export async function main(log: Function) {
        log(object(), sequence(), regexp().source, nested(1)(2), commented(), conditional(true)(), asserted(), instance().size, templ(4), await asynchronous(), nothing(), new (klass())().m());
      }
    `,
  },
  {
    name: "directives and prologues",
    code: `
      "use client";
      function strict(this: unknown) { "use strict"; "another"; return this === undefined }
      function commented(this: unknown) { 'use strict' // ended by the line
        return this === undefined }
      export function main(log: Function) { log(strict(), commented(), (function (this: unknown) { "use strict" }).call(1)) }
    `,
  },
  {
    name: "imports that are used in traced functions, and exports that change",
    code: `
      import { EventEmitter } from "node:events";
      import type { Readable } from "node:stream";
      export let counter = 0;
      export const emitter = () => new EventEmitter();
      export { raise as lift };
      function raise(by: number): number { counter += by; return counter++ }
      export class Exported extends EventEmitter { static of(input?: Readable) { return [new Exported(), input] } }
      export default raise;
      export function main(log: Function) {
        log(raise(2), counter, emitter() instanceof EventEmitter, Exported.of()[0] instanceof EventEmitter, exports.counter, exports.lift === exports.default);
      }
    `,
  },
  {
    name: "what is called behind each suspension",
    since: "ES2018",
    code: `
      const touch = (label: string) => label;
      const fail = async () => { await null; throw new Error("failed") };
      async function* numbers() { yield 1; yield 2 }
      async function inCatch() { try { await fail() } catch { return touch("catch") } finally { touch("finally") } }
      async function* labelled() {
        turn: for await (const n of numbers()) { if (n === 1) continue turn; touch("turn"); yield n }
        touch("behind the loop");
      }
      async function resources() {
        const resource = () => ({ async [Symbol.asyncDispose]() { await null; touch("disposed") } });
        try { await fail() } catch { await using a = resource(); touch(typeof a) }
        touch("behind the block");
      }
      export async function main(log: Function) {
        class Keys { [await Promise.resolve("method")]() { return 1 } [await Promise.resolve("field")] = 2 }
        log(await inCatch(), Object.keys(new Keys()), Object.getOwnPropertyNames(Keys.prototype));
        for await (const n of labelled()) log(n);
        const iterator = labelled();
        const first = iterator.next();
        touch("the consumer");
        log(await first, await iterator.next());
        await resources();
      }
    `,
  },
];
