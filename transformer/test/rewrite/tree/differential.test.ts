import ts from "typescript";
import { describe, expect, test } from "vitest";
import { compilePlainly, compileRewrittenText, compileTraced, type Compilation } from "./compile.js";
import { programs, type Program } from "./programs.js";
import { runProgram, runTraced } from "./run.js";

const TARGETS = ["ES2015", "ES2017", "ES2018", "ES2022", "ESNext"] as const;

function compilation(
  program: Program,
  target: (typeof TARGETS)[number],
  useDefineForClassFields: boolean,
): Compilation {
  return {
    fileName: program.fileName ?? "program.ts",
    options: {
      target: ts.ScriptTarget[target],
      useDefineForClassFields,
      jsx: ts.JsxEmit.React,
      jsxFactory: "h",
      experimentalDecorators: program.decorators === "legacy",
      emitDecoratorMetadata: program.decorators === "legacy",
    },
  };
}

describe.each(programs)("$name", (program) => {
  for (const target of TARGETS) {
    if (program.since !== undefined && ts.ScriptTarget[target] < ts.ScriptTarget[program.since]) continue;
    for (const useDefine of [true, false]) {
      test(`does the same when compiled for ${target}${useDefine ? "" : " with assigned fields"}`, async () => {
        const compiled = compilation(program, target, useDefine);
        const expected = await runProgram(compilePlainly(program.code, compiled).code);
        const traced = compileTraced(program.code, compiled);
        expect(traced.diagnostics).toEqual([]);
        expect(await runProgram(traced.code), traced.code).toEqual(expected);
        const { spans, log, outcome } = await runTraced(traced.code);
        expect({ log, outcome }, traced.code).toEqual(expected);
        if (program.spans) expect(spans).toEqual(program.spans);
      });
    }
  }

  test("is traced as the rewritten text is", async () => {
    const compiled = compilation(program, "ESNext", true);
    const tree = compileTraced(program.code, compiled);
    const text = compileRewrittenText(program.code, compiled);
    expect(tree.traced.toSorted()).toEqual(text.traced.toSorted());
    expect(await runTraced(tree.code)).toEqual(await runTraced(text.code));
  });

  test("has the same declarations", () => {
    const compiled = compilation(program, "ES2022", true);
    expect(compileTraced(program.code, compiled).declarations).toBe(
      compilePlainly(program.code, compiled).declarations,
    );
  });
});
