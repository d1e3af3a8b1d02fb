import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createFactory, throwing } from "../../../src/host/factory/rewriting-factory.js";

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "errspan-factory-")));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const FILES = {
  "src/order.ts": 'import { pay } from "./pay";\nexport function order() { return pay(); }\n',
  "src/pay.ts": "export function pay() { return 1; }\n",
  "node_modules/@errspan/runtime/package.json": '{ "name": "@errspan/runtime", "exports": { "./emit": "./emit.js" } }',
  "node_modules/@errspan/runtime/emit.js": "",
};

function program(select: object, files: Readonly<Record<string, string>> = FILES, options: ts.CompilerOptions = {}): ts.Program {
  for (const [path, text] of Object.entries({ ...files, "errspan.config.json": JSON.stringify({ select }) })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const compilerOptions: ts.CompilerOptions = { noLib: true, types: [], outDir: join(root, "dist"), ...options };
  return ts.createProgram([join(root, "src/order.ts")], compilerOptions, { ...ts.createCompilerHost(compilerOptions), getCurrentDirectory: () => root });
}

/** Emits a program as a tool does: as a whole, or file by file, with transformers that are made once. */
function warningsOf(compiled: ts.Program, given: { readonly files?: readonly string[]; readonly known?: ts.Program; readonly isWhole?: boolean } = {}): readonly string[] {
  const warning = vi.fn<(message: string) => void>();
  const before = [createFactory(given.known ?? compiled, { root, typescript: ts }, { ...throwing, isWhole: given.isWhole ?? true, warning })];
  for (const file of given.files ?? [undefined]) {
    compiled.emit(file === undefined ? undefined : compiled.getSourceFile(join(root, file)), () => undefined, undefined, false, { before });
  }
  return warning.mock.calls.map(([message]) => message.replace(root, ""));
}

const SELECT = [{ names: ["pay"] }, { names: ["refund"] }, { files: ["lib/**"] }];
const WARNINGS = [
  expect.stringMatching(/^\/errspan\.config\.json:1:30 warning ERRSPAN3005 select\[1\] picks no function: none in the 2 files that it fits/),
  expect.stringMatching(/^\/errspan\.config\.json:1:51 warning ERRSPAN3005 select\[2\] picks no function: no file fits its "files"/),
];

it("a tool that compiles a program as a whole is told of selectors that pick nothing in it, once", () => {
  const compiled = program(SELECT);
  expect(warningsOf(compiled)).toEqual(WARNINGS);
  expect(warningsOf(compiled)).toEqual([]);
});

it("a tool that compiles file by file is told with the first one, of all files", () => {
  expect(warningsOf(program(SELECT), { files: ["src/order.ts", "src/pay.ts"] })).toEqual(WARNINGS);
});

it("nothing is told where the program does not have all files: it grows, is one of several, or stands in a test run", () => {
  const empty = ts.createProgram([], {});
  expect(warningsOf(program(SELECT), { known: empty })).toEqual([]);
  expect(warningsOf(program(SELECT, FILES, { composite: true, declaration: true }))).toEqual([]);
  expect(warningsOf(program(SELECT), { isWhole: false })).toEqual([]);
});

it("what is wrong in a file is thrown when that file is compiled, and not while another is", () => {
  const compiled = program(SELECT, { ...FILES, "src/pay.ts": "/** @traced */\nexport const pay = 1;\n" });
  expect(() => warningsOf(compiled, { files: ["src/order.ts"] })).not.toThrow();
  expect(() => warningsOf(compiled, { files: ["src/pay.ts"] })).toThrow(/pay\.ts:1:5 error ERRSPAN2001/);
});
