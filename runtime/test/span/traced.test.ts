import { types } from "node:util";
import { runInThisContext } from "node:vm";
import ts from "typescript";
import { afterAll, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import * as runtime from "../../src/index.js";
import { drain, startTracing, stopTracing, type Tracing } from "../tracing.js";

const { traced } = runtime;

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterAll(stopTracing);

const names = (): string[] => tracing.spans().map((span) => span.name);

/** Runs a TypeScript program in which `traced` is imported; gives its exports. */
function program(source: string, experimentalDecorators: boolean): object {
  const { outputText } = ts.transpileModule(`import { traced } from "@errspan/runtime";\n${source}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, experimentalDecorators },
  });
  const exports: object = {};
  // In this realm, so that the program's async functions are of the kind that the wrapper knows.
  const run = runInThisContext(`(function (exports, require) { ${outputText} })`) as (exports: object, require: () => object) => void;
  run(exports, () => runtime);
  return exports;
}

describe("traced as a wrapper", () => {
  it("keeps a function's type, kind, name, length and own properties", () => {
    const plain = Object.assign(function plain(a: number, b: string): string { return b.repeat(a); }, { route: "/x" });
    const wrapped = traced(plain);
    expectTypeOf(wrapped).toEqualTypeOf<typeof plain>();
    expect([wrapped.name, wrapped.length, wrapped.route]).toEqual(["plain", 2, "/x"]);
    expect(wrapped(2, "ab")).toBe("abab");
    expect(types.isAsyncFunction(traced(async () => 1))).toBe(true);
    expect(types.isGeneratorFunction(traced(function* () { yield 1; }))).toBe(true);
    expect(Object.getPrototypeOf(traced(async function* () { yield 1; }))).toBe(Object.getPrototypeOf(async function* () { yield 1; }));
    expect(Object.hasOwn(traced(() => 1), "prototype")).toBe(false);
    expect(names()).toEqual(["plain"]);
  });

  it("passes this, and can be constructed where the function can", () => {
    const counter = { count: 1, read: traced(function (this: { count: number }) { return this.count; }) };
    expect(counter.read()).toBe(1);
    const Legacy = traced(function Legacy(this: { made: unknown }) { this.made = new.target; }) as unknown as new () => { made: unknown };
    const made = new Legacy();
    expect(made).toBeInstanceOf(Legacy);
    expect(() => new (traced(() => 1) as unknown as new () => unknown)()).toThrow(TypeError);
  });

  it("computes fields from the arguments, with their types, and captures named ones", async () => {
    const place = traced(
      { name: "place order", fields: (order) => ({ "order.id": order.id }), args: "all", skip: ["card"] },
      async (order: { id: string }, card: string, ...rest: number[]) => `${order.id}${card}${rest.length}`,
    );
    expectTypeOf(place).toEqualTypeOf<(order: { id: string }, card: string, ...rest: number[]) => Promise<string>>();
    expect(await place({ id: "A1" }, "4111", 1, 2)).toBe("A141112");
    expect(tracing.span("place order").attributes).toEqual({
      "code.function.name": "anonymous",
      "order.id": "A1",
      "errspan.arg.order": '{"id":"A1"}',
      "errspan.arg.rest": "[1,2]",
    });
  });

  it("traces generators step by step", async () => {
    const numbers = traced(function* numbers(): Generator<number, string, string> {
      const sent = yield runtime.withSpan("step", () => 1);
      return sent;
    });
    runtime.withSpan("consumer", () => {
      const generator = numbers();
      expect(generator).toBeInstanceOf(numbers);
      generator.next();
      runtime.withSpan("between", () => undefined);
      expect(generator.next("end")).toEqual({ value: "end", done: true });
    });
    expect(tracing.tree()).toBe("consumer(numbers(step) between)");
    const ticks = traced(async function* ticks() { yield 1; throw new Error("stuck"); });
    await expect(drain(ticks())).rejects.toThrow("stuck");
    expect(tracing.span("ticks").status.message).toBe("stuck");
  });
});

describe.each([["TypeScript's own decorators", false], ["experimentalDecorators", true]])("@traced under %s", (_, experimental) => {
  it("traces methods, static methods and accessors under their qualified names", async () => {
    const { Special } = program(
      `export class Orders {
        tax = 2;
        @traced async place(id: string) { return this.total + id; }
        @traced({ name: "named", args: ["amount"] }) refund(amount: number) { return -amount; }
        @traced static create() { return new this(); }
        @traced get total() { return 40 + this.tax; }
      }
      export class Special extends Orders {}`,
      experimental,
    ) as { Special: { create(): { place(id: string): Promise<string>; refund(n: number): number } } };
    const orders = Special.create();
    expect(await orders.place("x")).toBe("42x");
    expect(orders.refund(5)).toBe(-5);
    expect(tracing.tree()).toBe("Orders.create Orders.place(Orders.total) named");
    expect(tracing.span("named").attributes).toEqual({ "code.function.name": "Orders.refund", "errspan.arg.amount": 5 });
  });

  it("traces every method of a class, and leaves the class what it is", () => {
    const { Service } = program(
      `@traced export class Service {
        static version = 3;
        a() { return this.b(); }
        @traced({ name: "mine" }) b() { return 1; }
        get c() { return 2; }
        static d() { return new Service().a(); }
      }`,
      experimental,
    ) as { Service: { d(): number; name: string; version: number } };
    expect(Service.d()).toBe(1);
    expect([Service.name, Service.version]).toEqual(["Service", 3]);
    expect(tracing.tree()).toBe("Service.d(Service.a(mine))");
  });

  it("says what is wrong where it cannot trace", () => {
    expect(() => program("export class Bad { @traced field = 1; }; new Bad();", experimental)).toThrow(/field.*can trace functions/);
  });
});

describe("@traced under TypeScript's own decorators", () => {
  it("traces auto-accessors, private methods and fields that hold functions", () => {
    const { box } = program(
      `class Box {
        @traced accessor value = 1;
        @traced run = () => this.#secret() + this.value;
        @traced #secret() { return 1; }
      }
      export const box = new Box();`,
      false,
    ) as unknown as { box: { run(): number; value: number } };
    expect(box.run()).toBe(2);
    box.value = 5;
    expect(tracing.tree()).toBe("Box.run(Box.#secret Box.value) Box.value");
  });
});
