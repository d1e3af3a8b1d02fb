import { describe, expect, it } from "vitest";
import { mustUseResult } from "../../src/rules/must-use-result.js";
import { noErrorLeak } from "../../src/rules/no-error-leak.js";
import { lint } from "../lint.js";
import { untyped } from "./tester.js";

untyped.run("must-use-result without types", mustUseResult as never, {
  valid: [
    { name: "a pair of something else", code: `async function f() { const [, second] = await Promise.all([one(), two()]); use(second); }` },
    { name: "a function nobody knows", code: `save(1);` },
    { name: "a Result that is matched", code: `function f() { return err(1); } f().match(a, b);` },
  ],
  invalid: [
    { name: "a function of the file", code: `function f() { return err(1); } f();`, errors: [{ messageId: "dropped", data: { type: "Result" } }] },
    { name: "the error of a pair left out", code: `import to from "await-to-js"; async function f() { const [, user] = await to(load()); use(user); }`, errors: [{ messageId: "unread" }] },
    { name: "a Result nobody reads", code: `function f() { return err(1); } function g() { const r = f(); }`, errors: [{ messageId: "unread", data: { type: "Result", name: "r" } }] },
  ],
});

describe("must-use-result with types", () => {
  const find = (code: string, options: object[] = []): (string | undefined)[] =>
    lint(code, { rules: { "errspan/must-use-result": ["error", ...options] }, typed: true }).map(({ id }) => id);

  it("knows Results by the name of their type, in promises too", () => {
    expect(find(`import type { Result } from "neverthrow"; declare function f(): Result<1, 2>; f();`)).toEqual(["dropped"]);
    expect(find(`import type { Result } from "neverthrow"; declare function f(): Promise<Result<1, 2>>; async function g() { await f(); }`)).toEqual(["dropped"]);
    expect(find(`import type { Result } from "better-result"; declare function f(): Result<1, 2>; f();`)).toEqual(["dropped"]);
  });

  it("sees a value that is taken out of a Result a line later, and a pair whose error is left out", () => {
    const given = `import type { Result } from "neverthrow"; declare function f(): Promise<Result<1, 2>>; declare function to(p: Promise<1>): Promise<[Error, undefined] | [null, 1]>; declare const p: Promise<1>;`;
    expect(find(`${given} async function g() { const r = f(); const { value } = await r; return value; }`)).toEqual(["unread"]);
    expect(find(`${given} async function g() { const r = await f(); if (r.isErr()) return 0; const { value } = r; return value; }`)).toEqual([]);
    expect(find(`${given} async function g() { const [, x] = await to(p); return x; }`)).toEqual(["unread"]);
    expect(find(`${given} async function g() { const [e, x] = await to(p); if (e) throw e; return x; }`)).toEqual([]);
    expect(find(`declare function use(): Promise<[number, string]>; async function g() { const [, x] = await use(); return x; }`)).toEqual([]);
  });

  it("takes the names of a project's own Results", () => {
    const code = `class Outcome<T> { value?: T } declare function f(): Outcome<1>; f();`;
    expect(find(code)).toEqual([]);
    expect(find(code, [{ types: ["Outcome"] }])).toEqual(["dropped"]);
  });
});

untyped.run("no-error-leak", noErrorLeak as never, {
  valid: [
    { name: "texts are allowed by default", code: `try { f(); } catch (e) { res.status(500).send(e.message); }` },
    { name: "a store that has a send", code: `try { f(); } catch (e) { queue.send(e); }` },
    { name: "an error for Fastify's error handler", code: `try { f(); } catch (e) { reply.send(e); }` },
    { name: "an error for Koa's error event", code: `try { f(); } catch (e) { ctx.app.emit("error", e, ctx); }` },
    { name: "a parameter that is no caught error", code: `function badRequest(error) { return Response.json({ ...error }); }` },
    { name: "a body of something else", code: `try { f(); } catch (e) { mail.body = e.stack; }` },
  ],
  invalid: [
    { name: "the whole error", code: `try { f(); } catch (e) { res.send(e); }`, errors: [{ messageId: "whole" }] },
    { name: "its JSON", code: `try { f(); } catch (e) { res.end(JSON.stringify(e)); }`, errors: [{ messageId: "whole" }] },
    { name: "spread", code: `try { f(); } catch (e) { reply.send({ ...e }); }`, errors: [{ messageId: "whole" }] },
    { name: "its stack", code: `try { f(); } catch (e) { ctx.body = { stack: e.stack }; }`, errors: [{ messageId: "stack" }] },
    { name: "its text, where that is too much", code: `try { f(); } catch (e) { res.status(500).send(e.message); }`, options: [{ messages: "report" }], errors: [{ messageId: "message" }] },
  ],
});
