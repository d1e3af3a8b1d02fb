import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { sandbox } from "./command.js";
import type { Sandbox } from "./command.js";

let box: Sandbox | undefined;
afterEach(() => box?.remove());

it("errspan build says which TypeScript is too old, and which it takes", async () => {
  box = sandbox({ "tsconfig.json": "{}", "a.ts": "", "node_modules/typescript/package.json": '{ "name": "typescript", "version": "5.3.3" }' });
  expect(await box.run("build")).toEqual({
    code: 1,
    out: "",
    err: "errspan build: ERRSPAN4103 TypeScript 5.3.3 is too old for @errspan/transformer, which needs 5.4 or newer\n",
  });
});

it("errspan build prints what the compiler says of a project that is no program, and nothing of its files", async () => {
  box = sandbox({ "tsconfig.json": '{ "compilerOptions": { "types": ["nowhere"] } }', "a.ts": "export const a = 1;\n" });
  mkdirSync(join(box.directory, "node_modules"), { recursive: true });
  symlinkSync(dirname(fileURLToPath(import.meta.resolve("typescript/package.json"))), join(box.directory, "node_modules/typescript"), "junction");
  const { code, out } = await box.run("build");
  expect(code).not.toBe(0);
  expect(out).toMatch(/^error TS2688: Cannot find type definition file for 'nowhere'\./);
  expect(out).not.toMatch(/lib\.es|a\.ts/);
});
