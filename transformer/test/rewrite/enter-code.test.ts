import ts from "typescript";
import { expect, test } from "vitest";
import type { PlannedFunction } from "../../src/plan/plan.js";
import { enterCode, printedEnterCode } from "../../src/rewrite/enter-code.js";

function planned(functionName: string, spanName = functionName, exit: PlannedFunction["exit"] = "end"): PlannedFunction {
  const range = { start: 0, end: 0 };
  return {
    kind: "async",
    node: range,
    body: range,
    expressionBody: false,
    begin: 0,
    site: { functionName, spanName, location: { file: "src/a b.ts", line: 3, column: 14 }, options: {} },
    index: 7,
    operations: [],
    exit,
    because: "@traced",
  };
}

/** What the compiler makes of code whose nodes it prints by their content. */
function reprinted(code: string): string {
  const { outputText } = ts.transpileModule(`f(${code});`, {
    compilerOptions: { target: ts.ScriptTarget.ESNext },
    transformers: {
      before: [
        ({ factory }) =>
          (file) => {
            const copy = (node: ts.Node): ts.Node => {
              if (ts.isStringLiteral(node)) return factory.createStringLiteral(node.text);
              return ts.visitEachChild(node, copy, undefined);
            };
            return ts.visitEachChild(file, copy, undefined);
          },
      ],
    },
  });
  return outputText.slice(outputText.indexOf("f(") + "f(".length, outputText.lastIndexOf(")"));
}

test.each([
  ["a name", planned("charge")],
  ["a span of another name", planned("Orders.charge", "charge", "finally")],
  ["quotes and backslashes", planned('Orders["it\'s \\"quoted\\" \\\\ ${x}"]')],
])("should write the start of a span as the compiler prints it: %s", (_, each) => {
  expect(printedEnterCode(each, "__errspan")).toBe(reprinted(enterCode(each, "__errspan")));
});

test.each([
  ["another script", planned("größe")],
  ["a control character", planned("a\u0001b")],
])("should leave it to the compiler how a name is escaped: %s", (_, each) => {
  expect(printedEnterCode(each, "__errspan")).toBeUndefined();
});

test("should leave options to the compiler", () => {
  const each = planned("charge");
  expect(printedEnterCode({ ...each, site: { ...each.site, options: { kind: "client" } } }, "__errspan")).toBeUndefined();
});
