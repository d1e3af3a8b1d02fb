import ts from "typescript";
import { expect, test } from "vitest";
import { emittedFormat } from "../../../src/rewrite/tree/emit-format.js";

const { ModuleKind } = ts;
const kinds = [
  ModuleKind.CommonJS,
  ModuleKind.AMD,
  ModuleKind.System,
  ModuleKind.ES2015,
  ModuleKind.ESNext,
  ModuleKind.Node16,
  ModuleKind.Node20,
  ModuleKind.NodeNext,
  ModuleKind.Preserve,
  undefined,
];

function formats(
  fileName: string,
  text: string,
  module: ts.ModuleKind | undefined,
  type: string | undefined,
): unknown[] {
  const path = `/project/${fileName}`;
  const files = new Map([
    [path, text],
    ["/project/package.json", JSON.stringify({ type })],
  ]);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    ignoreDeprecations: "6.0",
    noLib: true,
    types: [],
    allowJs: true,
    ...(module === undefined ? {} : { module }),
  };
  const host: ts.CompilerHost = {
    getSourceFile: (name, languageOptions) =>
      files.has(name) ? ts.createSourceFile(name, files.get(name) ?? "", languageOptions, true) : undefined,
    getDefaultLibFileName: () => "lib.d.ts",
    writeFile: () => undefined,
    getCurrentDirectory: () => "/project",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => files.has(name),
    readFile: (name) => files.get(name),
  };
  const program = ts.createProgram([path], options, host);
  const sourceFile = program.getSourceFile(path);
  if (!sourceFile) throw new Error("no source file");
  return [emittedFormat(ts, sourceFile, options, program), emittedFormat(ts, sourceFile, options, undefined)];
}

test.each(
  kinds.flatMap((kind) =>
    ["a.ts", "a.mts", "a.cts", "a.tsx", "a.js"].map(
      (name) => [kind === undefined ? "unset" : ModuleKind[kind], name, kind] as const,
    ),
  ),
)("should know without the compiler's help how module %s emits %s", (_name, fileName, kind) => {
  for (const type of ["module", "commonjs", undefined]) {
    for (const text of ["export const a = 1;", "const a = 1;"]) {
      const [told, found] = formats(fileName, text, kind, type);
      expect([fileName, type, text, found]).toEqual([fileName, type, text, told]);
    }
  }
});

test.each([
  ["a.ts", ModuleKind.NodeNext, "module", "module"],
  ["a.ts", ModuleKind.NodeNext, undefined, "commonjs"],
  ["a.cts", ModuleKind.NodeNext, "module", "commonjs"],
  ["a.mts", ModuleKind.NodeNext, undefined, "module"],
  ["a.ts", ModuleKind.CommonJS, undefined, "commonjs"],
  ["a.ts", ModuleKind.ESNext, undefined, "module"],
])("should emit %s under module %i with package type %s as %s", (fileName, kind, type, expected) => {
  expect(formats(fileName, "export const a = 1;", kind, type)[0]).toBe(expected);
});
