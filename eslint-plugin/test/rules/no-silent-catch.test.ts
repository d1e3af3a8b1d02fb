import { noSilentCatch } from "../../src/rules/no-silent-catch.js";
import { untyped } from "./tester.js";

untyped.run("no-silent-catch", noSilentCatch as never, {
  valid: [
    { name: "a schema's default, told by the builder it starts at", code: `import { z } from "zod"; z.string().catch(() => "x");` },
    { name: "a value a builder takes, where no types tell", code: `field.catch("x");` },
    { name: "printing is enough where the result is not used", code: `run().catch(console.error);` },
    { name: "a class of the file with a catch of its own", code: `class Query { catch(f) { return this; } } new Query().where().catch(() => {});` },
    { name: "false for a yes or no", code: `declare function ping(): Promise<boolean>; async function f() { return await ping().catch(() => false); }` },
    { name: "the error as a value that is checked", code: `async function f() { const user = await load().catch((e) => e); if (user instanceof Error) throw user; return user.id; }`, options: [{ answers: "strict" }] },
    { name: "two answers to one question", code: `ping().then(() => setOnline(true)).catch(() => setOnline(false));` },
    { name: "said to be less than the whole", code: `new Promise((resolve) => { read().catch(() => resolve({ body, truncated: true })); });` },
    { name: "an option, or else nothing, by default", code: `run().catch(onError ?? (() => {}));` },
    { name: "arguments that are spread", code: `run().catch(...handlers);` },
  ],
  invalid: [
    { name: "a statement has no caller to pass the rejection to", code: `run().catch(() => {});`, errors: [{ messageId: "silent" }] },
    {
      name: "an awaited chain can do without the handler",
      code: `async function f() { await run().catch(() => {}); }`,
      errors: [{ messageId: "silent", suggestions: [{ messageId: "remove", output: `async function f() { await run(); }` }] }],
    },
    {
      name: "a made-up value is named",
      code: `async function f() { return load("x").catch(() => []); }`,
      errors: [{ messageId: "defaulted", data: { value: "`[]`" }, suggestions: [{ messageId: "remove", output: `async function f() { return load("x"); }` }] }],
    },
    {
      name: "the result of a chain that printed is used",
      code: `async function f() { const u = await load("x").catch(console.error); return u.name; }`,
      errors: [{ messageId: "printedThenUsed", suggestions: [{ messageId: "remove", output: `async function f() { const u = await load("x"); return u.name; }` }] }],
    },
    { name: "false for a number", code: `declare function count(): Promise<number>; const f = () => count().then(null, () => false);`, errors: [{ messageId: "defaulted", data: { value: "`false`" } }] },
    { name: "false for nobody", code: `run().catch(() => false);`, errors: [{ messageId: "silent" }] },
    { name: "the error given back to nobody", code: `run().catch((e) => e);`, errors: [{ messageId: "silent" }] },
    {
      name: "the error as the value",
      code: `async function f() { const user = await load().catch((e) => e); return user.id; }`,
      options: [{ answers: "strict" }],
      errors: [{ messageId: "asValue" }],
    },
    { name: "an empty list, told as the full one is", code: `load().then(setRows).catch(() => setRows([]));`, errors: [{ messageId: "silent" }] },
    { name: "an empty list by the second handler", code: `load().then((found) => store.setRows(found.rows), () => store.setRows([]));`, errors: [{ messageId: "silent" }] },
    { name: "said to be the whole", code: `new Promise((resolve) => { read().catch(() => resolve({ body, truncated: false })); });`, errors: [{ messageId: "silent" }] },
    { name: "an option, or else nothing, in strict configs", code: `run().catch(onError ?? (() => {}));`, options: [{ answers: "strict" }], errors: [{ messageId: "silent" }] },
    { name: "nothing is no handler", code: `run().catch();`, errors: [{ messageId: "noHandler", data: { method: "catch" } }] },
    { name: "one path of a handler", code: `run().catch((e) => { if (e.code === "X") { report(e); } });`, errors: [{ messageId: "partly" }] },
  ],
});
