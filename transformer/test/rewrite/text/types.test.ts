import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { rewritten } from "./rewriting.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const file = `${root}transformer/test/rewrite/text/program.ts`;

/** What the compiler says of a text under its strictest options, with the helpers' own types. */
function complaints(text: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    allowUnreachableCode: false,
    noFallthroughCasesInSwitch: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2024.d.ts", "lib.esnext.disposable.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { "@errspan/runtime/emit": [`${root}runtime/src/emit.ts`] },
    types: [],
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, target, ...rest) => (name === file ? ts.createSourceFile(name, text, target) : read(name, target, ...rest));
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ code, messageText }) => `TS${code} ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
  );
}

const PROGRAM = `
export function first(x: string | undefined): string { if (x === undefined) throw new Error("none"); return x; }
export function either(x: number) { if (x > 1) return 1; else return "two"; }
export function text(x: number): string { switch (x) { case 1: return "one"; default: return "more"; } }
export function assertText(x: unknown): asserts x is string { if (typeof x !== "string") throw new TypeError("no text"); }
export function isText(x: unknown): x is string { return typeof x === "string"; }
export const literal = (): "a" | "b" => "a";
export const pair = (): [number, string] => [1, "a"];
export const object: () => { kind: "x" } = () => { return { kind: "x" }; };
export const length = (x: string | number) => { if (typeof x === "string") { return x.length; } return x.toFixed().length; };
export const isNumber = (x: string | number) => typeof x === "number";
export async function sum(p: Promise<number>): Promise<number> {
  let total = 0;
  for (let i = 0; i < 3; i++) total += await p;
  for await (const each of [p]) total += each;
  const [one] = await Promise.all([p, p]);
  try { await p; } catch { return total; } finally { total += one; }
  return total;
}
export async function later(): Promise<[number, "q"]> { return [1, "q"]; }
export function* steps(): Generator<number | undefined, string, boolean> { yield; const more: boolean = yield 1; return more ? "a" : "b"; }
export async function* items(p: Promise<number>): AsyncGenerator<number, void, undefined> { yield await p; yield* [1, 2]; }
export class Account<T extends string> {
  #balance: number;
  readonly name: T;
  constructor(name: T, readonly owner: string) { this.#balance = 0; this.name = name; }
  get balance(): number { return this.#balance; }
  set balance(value) { this.#balance = value; }
  static of<T extends string>(this: void, name: T): Account<T> { return new Account(name, "me"); }
}
export class Savings extends Account<"savings"> {
  rate = 1;
  constructor() { super("savings", "me"); this.rate = 2; }
}
export function overloaded(x: string): string;
export function overloaded(x: number): number;
export function overloaded(x: string | number): string | number { return x; }
`;

describe("rewritten TypeScript", () => {
  it("passes the compiler's checks as it did before", () => {
    expect(complaints(PROGRAM)).toEqual([]);
    expect(complaints(rewritten(PROGRAM, "module", file))).toEqual([]);
  });

  it("stays JavaScript where a compiler has already taken the types away", () => {
    const before = "export function f(a) { return a }";
    expect(rewritten(before, "module", "f.ts")).toContain("var __errspan_0;");
    expect(rewritten(before.replace("(a)", "(a: string)"), "module", "f.ts")).toContain("var __errspan_0:any;");
  });
});
