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
