import { Script } from "node:vm";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { transform } from "@errspan/transformer";
import ts from "typescript";
import { expect, it } from "vitest";
import { planEverything } from "./harness/rewriters.js";
import { rewriteTree } from "../../transformer/src/rewrite/tree/rewrite-tree.js";

const config = { select: [{ functions: "all" }] } as const;

const source = `interface Order { readonly total?: number }
const first = 1; function outer(order: Order): number { return inner(order) + first; }
/* a comment */ const inner = (order: Order): number =>
  check(order.total);
class Check { constructor(readonly limit: number) {} run(value?: number) { if (value === undefined) { throw new Error("no total"); } return value; } }
function check(value?: number) { const limit: number = 5; return new Check(limit).run(value); }
outer({});
`;

/** The places of the user's frames, from the innermost, in the code that ran. */
function frames(code: string): readonly { readonly name: string; readonly line: number; readonly column: number }[] {
  const helpers = "({site(){},enter(){},fail(){},exit(){},failParameters(){},returned:(s,v)=>v,resolved:(s,v)=>v,suspend:(s,v)=>v,resume:(s,v)=>v})";
  try {
    new Script(`((require)=>{${code}\n})(()=>${helpers})`, { filename: "rewritten.js", columnOffset: -"((require)=>{".length }).runInThisContext();
  } catch (error) {
    const lines = (error as Error).stack?.split("\n") ?? [];
    return lines.flatMap((line) => {
      const [, name, row, column] = /at (?:new )?([\w.]+) \(rewritten\.js:(\d+):(\d+)\)/.exec(line) ?? [];
      return name === undefined || name === "Object.<anonymous>" ? [] : [{ name, line: Number(row), column: Number(column) - 1 }];
    });
  }
  throw new Error("the program does not throw");
}

function originals(code: string, map: unknown, from = source): readonly string[] {
  const trace = new TraceMap(JSON.stringify(map));
  return frames(code).map(({ name, line, column }) => {
    const original = originalPositionFor(trace, { line, column });
    const text = from.split("\n")[(original.line ?? 0) - 1]?.slice(original.column ?? 0) ?? "";
    return `${name}: ${String(/^[\w.]+(?: \w+)?/.exec(text)?.[0])}`;
  });
}

const expected = ["Check.run: new Error", "check: run", "inner: check", "outer: inner"];

function transpile(code: string, before: ts.TransformerFactory<ts.SourceFile>[] = []): { code: string; map: string } {
  const { outputText, sourceMapText = "" } = ts.transpileModule(code, {
    fileName: "main.ts",
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, sourceMap: true, alwaysStrict: false, ignoreDeprecations: "6.0" },
    transformers: { before },
  });
  return { code: outputText.replace(/\/\/# sourceMappingURL.*/, ""), map: sourceMapText };
}

it("text: a stack in rewritten code leads to the original lines and columns", () => {
  const plain = source.replace(/interface.*/, "").replace(/readonly limit: number/, "limit").replace(/: (?:Order|number)/g, "").replace(/value\?/g, "value");
  const { code, map } = transform(plain, { filename: "main.js", format: "script", config });
  const trace = new TraceMap(JSON.stringify(map));
  const found = frames(code).map(({ name, ...place }) => {
    const { line, column } = originalPositionFor(trace, place);
    return { name, line, column };
  });
  expect(found).toEqual(frames(plain));
});

it("text with the map of an earlier compiler: the stack leads to what the user wrote", () => {
  const compiled = transpile(source);
  const { code, map } = transform(compiled.code, { filename: "main.js", format: "script", config, inputMap: compiled.map });
  expect(originals(code, map)).toEqual(expected);
});

it("tree: a stack in rewritten code leads to the original lines and columns", () => {
  const planned = planEverything({ name: "main.ts", code: source }, "commonjs");
  const { code, map } = transpile(source, [(context) => (file) => rewriteTree(ts, file, planned, "commonjs", context).sourceFile]);
  expect(code).toContain("enter(");
  expect(originals(code, JSON.parse(map))).toEqual(expected);
});

it("the stack of an error in a default value leads to the default value", () => {
  const defaults = `function required(name) { throw new Error(name); }
const first = 1; function charge(order, { id = required("id"), at = first } = {}) { return [order, id, at]; }
charge(1);
`;
  const planned = planEverything({ name: "main.ts", code: defaults }, "commonjs");
  const tree = transpile(defaults, [(context) => (file) => rewriteTree(ts, file, planned, "commonjs", context).sourceFile]);
  const text = transform(defaults, { filename: "main.js", format: "commonjs", config });
  for (const { code, map } of [text, { code: tree.code, map: JSON.parse(tree.map) as unknown }]) {
    const [required, value, ...list] = originals(code, map, defaults);
    expect([required, value, list.length]).toEqual(["required: new Error", "charge: required", 1]);
  }
});

it("no line is added, so stacks without a map have the right lines", () => {
  const compiled = transpile(source).code;
  const { code } = transform(compiled, { filename: "main.js", format: "script", config });
  expect(frames(code).map(({ name, line }) => ({ name, line }))).toEqual(frames(compiled).map(({ name, line }) => ({ name, line })));
});
