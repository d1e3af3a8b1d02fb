import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";
import { compileTraced, EVERYTHING } from "./compile.js";

const page = readFileSync(new URL("../../../../docs/typescript.md", import.meta.url), "utf8");

it("should write what docs/typescript.md shows", () => {
  const [, source = "", emitted = ""] = /```ts\n([^`]*)```\n\nis emitted as\n\n```js\n([^`]*)```/.exec(page) ?? [];
  const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, sourceMap: false };
  const { code } = compileTraced(source, { fileName: "src/charge.ts", options, config: EVERYTHING });
  expect(code.slice(code.indexOf("export "))).toBe(emitted);
});
