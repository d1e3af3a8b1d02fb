import { symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { RUNTIME, sandbox } from "./command.js";
import type { Sandbox } from "./command.js";

// The quickest one: what is tried here is the same in all.
const COMPILER = dirname(createRequire(new URL("../../../fixtures/typescript-7/package.json", import.meta.url)).resolve("typescript/package.json"));

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

/** A project in which this repository's compiler and a runtime are installed. */
function project(files: Record<string, string>): Sandbox {
  const made = sandbox({ ...RUNTIME, ...files });
  symlinkSync(COMPILER, join(made.directory, "node_modules/typescript"), "junction");
  return made;
}

const SETTINGS = { strict: true, rootDir: "src", outDir: "dist", types: ["nowhere"] };
const tsconfig = (compilerOptions: object): string => JSON.stringify({ compilerOptions, include: ["src"] });

it("errspan build writes as tsc does where a library of types is missing, and ends with its exit code", async () => {
  box = project({ "tsconfig.json": tsconfig(SETTINGS), "src/a.ts": "/** @traced */\nexport function a(): number {\n  return 1;\n}\n" });
  const { code, out, err } = await box.run("build");
  expect([code, err]).toEqual([2, ""]);
  expect(out).toMatch(/^error TS2688: Cannot find type definition file for 'nowhere'\./);
  expect(out.match(/TS2688/g)).toHaveLength(1);
  expect(out).not.toMatch(/lib\.es|a\.ts/);
  expect(box.read("dist/a.js")).toContain("@errspan/runtime/emit");
});

it("errspan build leaves what an earlier build has written where noEmitOnError says so", async () => {
  box = project({ "tsconfig.json": tsconfig({ ...SETTINGS, types: [] }), "src/a.ts": "/** @traced */\nexport function a(): number {\n  return 1;\n}\n" });
  expect((await box.run("build")).code).toBe(0);
  const built = box.read("dist/a.js");
  box.write({
    "tsconfig.json": tsconfig({ ...SETTINGS, types: [], noEmitOnError: true }),
    "src/a.ts": "/** @traced */\nexport function a(): string {\n  return 2;\n}\n",
  });
  const { code, out } = await box.run("build");
  expect([code, out]).toEqual([1, expect.stringMatching(/^src\/a\.ts\(3,3\): error TS2322/)]);
  expect(box.read("dist/a.js")).toBe(built);
});

it("errspan build prints what the compiler says of a project that is no program", async () => {
  box = project({ "tsconfig.json": tsconfig({ ...SETTINGS, types: [] }) });
  const { code, out } = await box.run("build");
  expect([code, out]).toEqual([1, expect.stringMatching(/^error TS18003: No inputs were found/)]);
});
