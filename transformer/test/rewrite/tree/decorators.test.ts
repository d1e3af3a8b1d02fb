import ts from "typescript";
import { expect, test } from "vitest";
import { compilePlainly, compileTraced } from "./compile.js";
import { runTraced } from "./run.js";

const legacy = { experimentalDecorators: true, emitDecoratorMetadata: true };
const esModule = { module: ts.ModuleKind.ESNext };

function marked(imports: string, extra = ""): string {
  return `${imports}
    ${extra}
    export class Orders {
      @traced({ name: "charge" }) async charge(id: string): Promise<string> { return id }
      plain() { return 1 }
    }
    export async function main(log: Function) { log(await new Orders().charge("7")) }`;
}

test.each([
  ["standard", {}],
  ["legacy", legacy],
])("should compile %s decorators away", async (_name, options) => {
  const { code, diagnostics, traced } = compileTraced(marked('import { traced } from "@errspan/runtime";'), {
    options,
    config: {},
  });
  expect(diagnostics).toEqual([]);
  expect(traced).toEqual(["async Orders.charge"]);
  expect(code).not.toMatch(/__decorate|__esDecorate|__metadata|runtime"\)/);
  expect((await runTraced(code)).spans).toEqual(["charge"]);
});

test("should keep other decorators on the method, with the same metadata", () => {
  const source = marked('import { traced } from "@errspan/runtime";', "declare const other: any;").replace(
    "@traced({",
    "@other @traced({",
  );
  const { code } = compileTraced(source, { options: legacy, config: {} });
  const metadata = (text: string): string[] => text.match(/__metadata\(.*\)/g) ?? [];
  expect(metadata(code)).toHaveLength(3);
  expect(metadata(code)).toEqual(metadata(compilePlainly(source, { options: legacy }).code));
  expect(code).not.toContain("traced");
});

test.each([
  ["is used for nothing else", 'import { traced } from "@errspan/runtime";', "", undefined],
  [
    "stands beside a type",
    'import { traced, type SpanOptions } from "@errspan/runtime";',
    "type O = SpanOptions;",
    undefined,
  ],
  ["stands beside what is not used", 'import { traced, withSpan } from "@errspan/runtime";', "", undefined],
  [
    "is a namespace",
    'import * as errspan from "@errspan/runtime";\nimport { traced } from "@errspan/runtime";',
    "errspan.annotate({});",
    'import * as errspan from "@errspan/runtime";',
  ],
  [
    "stands beside what is used",
    'import { traced, annotate } from "@errspan/runtime";',
    "annotate({});",
    'import { annotate } from "@errspan/runtime";',
  ],
  [
    "is used elsewhere",
    'import { traced } from "@errspan/runtime";',
    "export const f = traced(() => 1);",
    'import { traced } from "@errspan/runtime";',
  ],
])("should drop the import when it %s", (_name, imports, extra, expected) => {
  const { code } = compileTraced(marked(imports, extra), { options: esModule, config: {} });
  const left = code.match(/^import .* from "@errspan\/runtime";$/m)?.[0];
  expect(left).toBe(expected);
});

test("should keep the import under verbatimModuleSyntax, as the compiler does", () => {
  const source = marked('import { traced } from "@errspan/runtime";');
  const { code } = compileTraced(source, {
    options: { ...esModule, verbatimModuleSyntax: true },
    config: {},
  });
  expect(code).toContain('import { traced } from "@errspan/runtime";');
});

test("should leave declarations as they are without the rewriting", () => {
  const source = marked('import { traced } from "@errspan/runtime";');
  for (const options of [esModule, { ...esModule, ...legacy }]) {
    const traced = compileTraced(source, { options, config: {} });
    expect(traced.declarations).not.toBe("");
    expect(traced.declarations).toBe(compilePlainly(source, { options }).declarations);
  }
});

test("should give fields the meaning that their names have in the function", async () => {
  const source = `
    import { EventEmitter } from "node:events";
    export let limit = 5;
    export const emitter = EventEmitter;
    const local = 3;
    /** @traced({ fields: { "a.limit": limit, "a.local": local, "a.emitter": EventEmitter.name, "a.own": order.id } }) */
    export function buy(order: { id: string }) { return order.id }
    /** @traced({ fields: { "b.limit": limit } }) */
    export function shadow(limit: string) { return limit }
    namespace Shop { export const rate = 7; /** @traced({ fields: { "c.rate": rate } }) */ export function price() { return rate } }
    export function main(log: Function) { limit = 6; log(buy({ id: "7" }), shadow("own"), Shop.price()) }`;
  for (const module of [ts.ModuleKind.CommonJS, ts.ModuleKind.ESNext]) {
    const { code, diagnostics } = compileTraced(source, { options: { module }, config: {} });
    expect(diagnostics).toEqual([]);
    if (module === ts.ModuleKind.CommonJS) {
      const behaviour = await runTraced(code);
      expect(behaviour.attributes).toMatchObject({
        buy: { "a.limit": 6, "a.local": 3, "a.emitter": "EventEmitter", "a.own": "7" },
        shadow: { "b.limit": "own" },
        "Shop.price": { "c.rate": 7 },
      });
    }
  }
});

test("should keep an import that only the fields of a marker use, and no more of it", async () => {
  const source = `
    import { EventEmitter, once, type Abortable } from "node:events";
    /** @traced({ fields: { "the.emitter": EventEmitter.name, "a.once": options.once } }) */
    export function listen(options: Abortable & { once: boolean }) { return options.once }
    export function main(log: Function) { log(listen({ once: true })) }`;
  const { code } = compileTraced(source, { config: {} });
  expect((await runTraced(code)).attributes).toMatchObject({
    listen: { "the.emitter": "EventEmitter", "a.once": true },
  });
  const module = compileTraced(source, { options: esModule, config: {} });
  expect(module.code).toContain('import { EventEmitter } from "node:events";');
});
