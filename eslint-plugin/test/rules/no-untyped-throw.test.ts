import { describe, expect, it } from "vitest";
import { noUntypedThrow } from "../../src/rules/no-untyped-throw.js";
import { lint } from "../lint.js";
import { untyped } from "./tester.js";

untyped.run("no-untyped-throw without types", noUntypedThrow as never, {
  valid: [
    { name: "what the text does not tell", code: `throw make();` },
    { name: "a value kept from a catch", code: `let last; try { run(); } catch (e) { last = e; } throw last;` },
    { name: "the error of a pair", code: `async function f() { const [error, value] = await settle(run()); if (error) throw error; return value; }` },
    { name: "a response, where a framework waits for it", code: `import { json } from "react-router"; export async function loader() { const res = await fetch("/x"); if (!res.ok) throw res; return json(await res.json()); }` },
    { name: "a narrowed unknown", code: `function f(e: unknown) { if (e instanceof Error) throw e; }`, options: [{ allowThrowingUnknown: false }] },
    { name: "an empty rejection, if allowed", code: `Promise.reject();`, options: [{ allowEmptyReject: true }] },
    { name: "a method that is called reject", code: `dialog.reject("no");` },
    { name: "a socket's event", code: `socket.emit("error", "bad request");` },
  ],
  invalid: [
    {
      name: "a string, which can be wrapped",
      code: `throw "failed";`,
      errors: [{ messageId: "notAnError", data: { verb: "throws", what: "a string" }, suggestions: [{ messageId: "wrap", output: `throw new Error("failed");` }] }],
    },
    { name: "an object", code: `throw { status: 404 };`, errors: [{ messageId: "notAnError", data: { verb: "throws", what: "a plain object" } }] },
    {
      name: "an error that nobody throws",
      code: `if (amount < 0) new RangeError("negative");`,
      errors: [{ messageId: "unthrown", suggestions: [{ messageId: "throwIt", output: `if (amount < 0) throw new RangeError("negative");` }] }],
    },
    { name: "a response", code: `async function f() { const res = await fetch("/x"); if (!res.ok) throw res; }`, errors: [{ messageId: "notAnError" }] },
    { name: "what a response says", code: `async function f(res) { throw await res.json(); }`, errors: [{ messageId: "notAnError" }] },
    { name: "a status", code: `function f(res) { return Promise.reject(res.status); }`, errors: [{ messageId: "notAnError" }] },
    { name: "an interface of the file", code: `interface Problem { title: string } function f(p: Problem) { throw p; }`, errors: [{ messageId: "notAnError" }] },
    { name: "a declared unknown", code: `function f(e: unknown) { throw e; }`, options: [{ allowThrowingUnknown: false }], errors: [{ messageId: "unknown" }] },
    { name: "a timer that rejects", code: `new Promise((resolve, reject) => { setTimeout(reject, 100); });`, errors: [{ messageId: "empty" }] },
    { name: "an error before a comma", code: `const f = (x) => (new RangeError("big"), x);`, errors: [{ messageId: "unthrown" }] },
    { name: "a rejection with nothing", code: `Promise.reject();`, errors: [{ messageId: "empty" }] },
    { name: "an abort with a text", code: `const controller = new AbortController(); controller.abort("stop");`, errors: [{ messageId: "notAnError", suggestions: 1 as never }] },
    { name: "a rethrow, where none is allowed", code: `const message = "x"; try { run(); } catch (e) { throw message; }`, options: [{ allowRethrowing: false }], errors: [{ messageId: "notAnError" }] },
    { name: "a bare Error, where the project has its own", code: `throw new Error("x");`, options: [{ bareError: "report" }], errors: [{ messageId: "bareError" }] },
  ],
});

describe("no-untyped-throw with types", () => {
  const find = (code: string, options: object = {}): (string | undefined)[] =>
    lint(code, { rules: { "errspan/no-untyped-throw": ["error", options] }, typed: true }).map(({ id }) => id);

  it("asks the type of what is thrown", () => {
    expect(find(`declare const status: number | Error; throw status;`)).toEqual(["notAnError"]);
    expect(find(`declare const error: RangeError | TypeError; throw error;`)).toEqual([]);
  });

  it("lets any and unknown pass unless told otherwise", () => {
    const code = `declare const one: any; declare function f(): unknown; function g() { throw one; } throw f();`;
    expect(find(code)).toEqual([]);
    expect(find(code, { allowThrowingAny: false, allowThrowingUnknown: false })).toEqual(["any", "unknown"]);
  });

  it("allows types by their origin", () => {
    const code = `class Halt {} throw new Halt();`;
    expect(find(code)).toEqual(["notAnError"]);
    expect(find(code, { allow: [{ from: "file", name: "Halt" }] })).toEqual([]);
    expect(find(code, { allow: ["Halt"] })).toEqual([]);
  });

  it("lets a component throw the promise it waits for", () => {
    const code = `declare const pending: Promise<void>; export function View() { throw pending; }`;
    expect(lint(code, { rules: { "errspan/no-untyped-throw": "error" }, typed: true, tsx: true })).toEqual([]);
    expect(find(code)).toEqual([]);
    expect(find(code.replace("View", "view"))).toEqual(["notAnError"]);
  });
});
