import ts from "typescript";
import { expect, test } from "vitest";
import { compilePlainly, compileTraced, type Compilation } from "./compile.js";
import { runProgram, runTraced } from "./run.js";

type Factory = ts.TransformerFactory<ts.SourceFile>;

/** A transformer that changes single nodes, children first. */
function changing(change: (node: ts.Node, context: ts.TransformationContext) => ts.Node): Factory {
  return (context) => (sourceFile) => {
    const visit = (node: ts.Node): ts.Node => change(ts.visitEachChild(node, visit, context), context);
    return ts.visitNode(sourceFile, visit, ts.isSourceFile);
  };
}

const source = `
  const later = async (value: string) => { await null; return value };
  export async function main(log: Function) {
    const greet = (name: string) => "hello " + name;
    log(greet(await later("you")));
    try { await later("x"); throw new Error("hello fail") } catch (error) { log((error as Error).message) }
  }`;

async function traceAfter(before: Factory): Promise<string[]> {
  const compilation: Compilation = { before: [before] };
  const expected = await runProgram(compilePlainly(source, compilation).code);
  const { code, diagnostics } = compileTraced(source, compilation);
  const { spans, log, outcome } = await runTraced(code);
  expect({ log, outcome }, code).toEqual(expected);
  return [
    ...spans,
    ...diagnostics.map(
      ({ code: number, name, message }) => `${number} ${name} ${/: (.*?)\. Put/.exec(message)?.[1]}`,
    ),
  ];
}

const everySpan = ["later < main", "later < main", "main", "main.greet < main"];

test("should trace what an earlier transformer updated", async () => {
  const replacing = changing((node, { factory }) =>
    ts.isStringLiteral(node) ? factory.createStringLiteral(node.text.replace("hello", "goodbye")) : node,
  );
  expect(await traceAfter(replacing)).toEqual(everySpan);
});

test("should trace functions round which everything was made anew", async () => {
  const recreating = changing((node, { factory }) => {
    if (ts.isFunctionDeclaration(node)) {
      return factory.createFunctionDeclaration(
        node.modifiers,
        node.asteriskToken,
        node.name,
        undefined,
        node.parameters,
        undefined,
        node.body,
      );
    }
    if (ts.isAwaitExpression(node))
      return ts.setOriginalNode(factory.createAwaitExpression(node.expression), node);
    return node;
  });
  expect(await traceAfter(recreating)).toEqual(everySpan);
});

test("should trace a function that was wrapped in a call", async () => {
  const wrapping = changing((node, { factory }) =>
    ts.isArrowFunction(node)
      ? factory.createCallExpression(factory.createIdentifier("Object"), undefined, [node])
      : node,
  );
  expect(await traceAfter(wrapping)).toEqual(everySpan);
});

const isReturnOf = (node: ts.Node, text: string): boolean =>
  ts.isReturnStatement(node) && node.expression !== undefined && ts.isIdentifier(node.expression) && node.expression.text === text;

test.each<[what: string, change: (node: ts.Node, factory: ts.NodeFactory) => ts.Node]>([
  [
    "returns early",
    (node, factory) =>
      ts.isThrowStatement(node) ? factory.createBlock([factory.createReturnStatement(), node]) : node,
  ],
  [
    "does something behind its return",
    (node, factory) => {
      if (!isReturnOf(node, "value")) return node;
      const call = factory.createCallExpression(factory.createIdentifier("String"), undefined, []);
      const last = factory.createBlock([factory.createExpressionStatement(call)]);
      return factory.createTryStatement(factory.createBlock([node as ts.Statement]), undefined, last);
    },
  ],
])("should trace a function that %s since an earlier transformer", async (_what, change) => {
  const spans = await traceAfter(changing((node, { factory }) => change(node, factory)));
  expect(spans.filter((span) => !span.startsWith("ERRSPAN"))).toEqual(expect.arrayContaining(["later < main", "main"]));
});

test("should end a call in a finally where an earlier transformer has changed how it returns", () => {
  const surrounding = changing((node, { factory }) => {
    if (!ts.isReturnStatement(node)) return node;
    const last = factory.createBlock([factory.createExpressionStatement(factory.createIdentifier("last"))]);
    return factory.createTryStatement(factory.createBlock([node]), undefined, last);
  });
  const replacing = changing((node, { factory }) =>
    ts.isReturnStatement(node) ? factory.createReturnStatement(factory.createNumericLiteral(2)) : node,
  );
  const compile = (before: Factory): string =>
    compileTraced("export function f() { return 1 }", { before: [before] }).code.replace(/\s+/g, " ");
  const end = "} catch (__errspan_e) { (0, __errspan.fail)(__errspan_s, __errspan_e); throw __errspan_e; } finally { __errspan.exit(__errspan_s); }";
  expect(compile(surrounding)).toContain(`try { return 1; } finally { last; } ${end}`);
  expect(compile(replacing)).toContain(`try { return 2; ${end}`);
});

test("should leave a function alone into which an await was put", async () => {
  const awaiting = changing((node, { factory }) =>
    ts.isStringLiteral(node) && node.text === "x" ? factory.createAwaitExpression(node) : node,
  );
  expect(await traceAfter(awaiting)).toEqual([
    "later",
    "later",
    "main.greet",
    "ERRSPAN4101 main an earlier transformer put an await or yield into it",
  ]);
});

test("should leave a function alone from which an await was taken", async () => {
  const removing = changing((node) =>
    ts.isAwaitExpression(node) &&
    ts.isCallExpression(node.expression) &&
    node.expression.arguments.length === 1 &&
    ts.isStringLiteral(node.expression.arguments[0] as ts.Node) &&
    node.expression.arguments[0]?.getText() === '"x"'
      ? node.expression
      : node,
  );
  const result = await traceAfter(removing);
  expect(result).toContainEqual(
    expect.stringMatching(/^ERRSPAN4101 main its await at offset \d+ was found 0 times/),
  );
  expect(result).not.toContain("main");
});

test("should leave a function alone that was copied", async () => {
  const copying = changing((node, { factory }) =>
    ts.isArrowFunction(node) && ts.isBinaryExpression(node.body)
      ? factory.createConditionalExpression(factory.createTrue(), undefined, node, undefined, node)
      : node,
  );
  expect(await traceAfter(copying)).toEqual([
    "later < main",
    "later < main",
    "main",
    "ERRSPAN4101 main.greet an earlier transformer copied it",
  ]);
});

test("should leave a function alone whose body became another one", async () => {
  const emptying = changing((node, { factory }) =>
    ts.isArrowFunction(node) && ts.isBinaryExpression(node.body)
      ? factory.updateArrowFunction(
          node,
          node.modifiers,
          node.typeParameters,
          node.parameters,
          node.type,
          node.equalsGreaterThanToken,
          factory.createStringLiteral("nothing"),
        )
      : node,
  );
  expect(await traceAfter(emptying)).toEqual([
    "later < main",
    "later < main",
    "main",
    "ERRSPAN4101 main.greet it is not in the tree that the compiler hands over",
  ]);
});

test("should leave a function alone that is not async any more", async () => {
  const blocking = changing((node, { factory }) =>
    ts.isArrowFunction(node) && ts.isBinaryExpression(node.body)
      ? factory.updateArrowFunction(
          node,
          [factory.createModifier(ts.SyntaxKind.AsyncKeyword)],
          undefined,
          node.parameters,
          undefined,
          node.equalsGreaterThanToken,
          node.body,
        )
      : node,
  );
  expect(await traceAfter(blocking)).toContain(
    "ERRSPAN4101 main.greet it was planned as function and is now async",
  );
});

test("should leave a later transformer a tree that it can work on", async () => {
  const replacing = changing((node, { factory }) =>
    ts.isStringLiteral(node) ? factory.createStringLiteral(node.text.replace("hello", "goodbye")) : node,
  );
  const { code } = compileTraced(source, { behind: [replacing] });
  const { spans, log } = await runTraced(code);
  expect(spans).toEqual(everySpan);
  expect(log).toEqual([["goodbye you"], ["goodbye fail"]]);
});

test("should not mind an await that was put into a function which is not traced", () => {
  const awaiting = changing((node, { factory }) =>
    ts.isStringLiteral(node) && node.text === "inner" ? factory.createAwaitExpression(node) : node,
  );
  const nested = `export async function outer() { return async () => "inner" }`;
  const { diagnostics, traced } = compileTraced(nested, {
    before: [awaiting],
    config: { select: [{ names: ["outer"] }] },
  });
  expect(diagnostics).toEqual([]);
  expect(traced).toEqual(["async outer"]);
});

test("should not take a function of another file for the one that it replaces", async () => {
  const other = ts.createSourceFile(
    "/project/other.ts",
    source.replace("hello", "HELLO"),
    ts.ScriptTarget.ESNext,
    true,
  );
  const isGreet = (node: ts.Node): boolean => ts.isArrowFunction(node) && ts.isBinaryExpression(node.body);
  let foreign: ts.Node | undefined;
  const find = (node: ts.Node): void => {
    if (isGreet(node)) foreign = node;
    ts.forEachChild(node, find);
  };
  find(other);
  const replacing = changing((node) => (isGreet(node) ? (foreign ?? node) : node));
  expect(await traceAfter(replacing)).toContain(
    "ERRSPAN4101 main.greet it is not in the tree that the compiler hands over",
  );
});

test("should leave a class alone whose decorator cannot be compiled for all methods", async () => {
  const awaiting = changing((node, { factory }) =>
    ts.isStringLiteral(node) && node.text === "x" ? factory.createAwaitExpression(node) : node,
  );
  const decorated = `
    import { traced } from "@errspan/runtime";
    @traced
    class Orders { async one() { return "x" } two() { return 2 } }
    export async function main(log: Function) { log(await new Orders().one(), new Orders().two()) }`;
  const { code, traced, diagnostics } = compileTraced(decorated, { before: [awaiting], config: {} });
  expect(traced).toEqual([]);
  expect(diagnostics.map(({ name }) => name)).toEqual(["Orders.one", "Orders.two"]);
  expect((await runTraced(code)).spans).toEqual(["Orders.one", "Orders.two"]);
});
