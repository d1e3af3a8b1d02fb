import * as esbuild from "esbuild";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { transform } from "../../src/index.js";

const program = `
/** @traced({ fields: { x: a } }) */
export function plain(a: number) { return a; }
/** @traced */
export async function waits(a: number) { await null; return a; }
/** @traced */
export function* steps(a: number) { yield a; }
/** @traced */
export async function* streams(a: number) { yield a; }
/** @traced */
export const arrow = async (a: number) => { await null; return () => a; };
/** @traced({ args: ["a"], ret: true }) */
export const expression = async (a: number) => a * 2;
/** @traced */
export class Shop { async pay(by = async () => 1) { await null; return by(); } static *all() { yield 1; } }
export const object = { async method() { await null; }, get() { return 1; } };
`;

const config = { select: [{ files: ["program.*"], functions: "all" as const }] };
const names = ["plain", "waits", "steps", "streams", "arrow", "arrow.<anonymous>", "expression", "Shop.pay", "Shop.pay.by", "Shop.all"];
const first = transform(program, { filename: "program.ts", config });

function emitted(target: ts.ScriptTarget, module: ts.ModuleKind): string {
  return ts.transpileModule(first.code, { compilerOptions: { target, module, importHelpers: true } }).outputText;
}

/** What a second host traces in the output of the first, of that which was ours. */
function tracedAgain(code: string, filename = "program.js"): string[] {
  const { traced } = transform(code, { filename, config });
  return traced.map(({ name }) => name).filter((name) => names.includes(name) || name.startsWith("object."));
}

describe("code that one host has rewritten and another gets to see", () => {
  it("should have been traced by the first", () => {
    expect(first.traced.map(({ name }) => name)).toEqual([...names, "object.method", "object.get"]);
  });

  it("should be left alone as it is", () => {
    expect(tracedAgain(first.code, "program.ts")).toEqual([]);
    expect(transform(first.code, { filename: "program.ts", config }).map).toBeNull();
  });

  it.each([
    ["ES2015", "CommonJS"],
    ["ES2017", "ESNext"],
    ["ES2023", "CommonJS"],
  ] as const)("should be left alone when TypeScript has compiled it to %s, %s", (target, module) => {
    expect(tracedAgain(emitted(ts.ScriptTarget[target], ts.ModuleKind[module]))).toEqual([]);
  });

  it.each(["es2015", "es2017", "es2022"])("should be left alone when esbuild has compiled it to %s", async (target) => {
    for (const minify of [false, true]) {
      const { code } = await esbuild.transform(first.code, { loader: "ts", target, minify });
      expect(tracedAgain(code)).toEqual([]);
    }
  });

  it("should be left alone in a bundle that has the helpers in it", async () => {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: first.code, loader: "ts", resolveDir: import.meta.dirname },
      bundle: true,
      format: "esm",
      write: false,
      external: ["@opentelemetry/*"],
    });
    expect(tracedAgain(outputFiles[0]?.text ?? "")).toEqual([]);
  });

  it("should have traced by the second what only that one selects", () => {
    const marked = transform(program, { filename: "program.ts" });
    const { traced } = transform(marked.code, { filename: "program.ts", config });
    expect(traced.map(({ name }) => name)).toEqual(["arrow.<anonymous>", "Shop.pay.by", "object.method", "object.get"]);
  });
});
