import ts from "typescript";
import { describe, expect, test } from "vitest";
import { compilePlainly, compileTraced, olderCompilers } from "./compile.js";
import { programs } from "./programs.js";
import { runProgram, runTraced } from "./run.js";

describe.each(olderCompilers)("TypeScript $version", ({ version, compiler }) => {
  test.each(programs)("should trace $name as TypeScript 6 does", async (program) => {
    expect(version).toMatch(/^5\./);
    const compilation = {
      fileName: program.fileName ?? "program.ts",
      options: {
        target: ts.ScriptTarget.ES2022,
        jsx: ts.JsxEmit.React,
        jsxFactory: "h",
        experimentalDecorators: program.decorators === "legacy",
        emitDecoratorMetadata: program.decorators === "legacy",
      },
    };
    const older = { ...compilation, compiler };
    const plain = compilePlainly(program.code, older);
    const traced = compileTraced(program.code, older);
    expect(traced.diagnostics).toEqual([]);
    expect(traced.declarations).toBe(plain.declarations);
    const { log, outcome, spans } = await runTraced(traced.code);
    expect({ log, outcome }, traced.code).toEqual(await runProgram(plain.code));
    expect(spans).toEqual((await runTraced(compileTraced(program.code, compilation).code)).spans);
  });
});
