import { describe, expect, it } from "vitest";
import { noFloatingPromises } from "../../src/rules/no-floating-promises.js";
import { lint } from "../lint.js";
import { untyped } from "./tester.js";

untyped.run("no-floating-promises without types", noFloatingPromises as never, {
  valid: [
    { name: "a call nobody knows", code: `load();` },
    { name: "an async function that cannot reject", code: `async function f() { try { await g(); } catch (e) { console.error(e); } } f();` },
    { name: "async functions called on the spot, if they are allowed", code: `(async () => { await g(); })();`, options: [{ ignoreIIFE: true }] },
    { name: "an executor whose errors reject the promise", code: `const f = () => new Promise(async (resolve, reject) => { try { resolve(await g()); } catch (e) { reject(e); } });` },
    { name: "a stream's async method that catches what it waits for", code: `class Enrich extends Transform { async _transform(row, encoding, done) { try { done(null, await g(row)); } catch (e) { done(e); } } }` },
    { name: "an async method of no stream of Node's", code: `new WritableStream({ async write(row) { await g(row); } }); class Pipe extends Base { async _write(row) { await g(row); } }` },
    { name: "a timer whose function waits only in a try", code: `const timer = setInterval(async () => { if (hidden()) return; try { await g(); } catch (e) { console.error(e); } }, 1000);` },
    { name: "a stream that waits for its predicate", code: `async function f() { return await readable.filter(async (x) => await g(x)).toArray(); }` },
    { name: "a reducer that waits for the promise before", code: `xs.reduce(async (before, x) => { await before; await g(x); }, Promise.resolve());` },
    { name: "a list of promises that somebody awaits", code: `async function save() { await g(); } async function f(xs) { const all = []; for (const x of xs) all.push(save(x)); await Promise.all(all); }` },
    { name: "whether there is a promise", code: `declare function pending(): Promise<void> | undefined; function f() { if (pending()) g(); }` },
    { name: "a function known to be safe", code: `async function track() { await g(); } track();`, options: [{ allowForKnownSafeCalls: ["track"] }] },
  ],
  invalid: [
    {
      name: "an async function of the file, with a way to wait for it",
      code: `async function save() { await g(); } async function f() { save(); }`,
      errors: [{ messageId: "floating", suggestions: [{ messageId: "await", output: `async function save() { await g(); } async function f() { await save(); }` }] }],
    },
    {
      name: "no way to wait is offered where none is",
      code: `async function save() { await g(); } function f() { save(); }`,
      errors: [{ messageId: "floating", suggestions: [] }],
    },
    { name: "before a comma", code: `async function save() { await g(); } const f = () => (save(), 1);`, errors: [{ messageId: "floating" }] },
    { name: "in the update of a loop", code: `async function save() { await g(); } function f(n) { for (let i = 0; i < n; save(i), i++) h(); }`, errors: [{ messageId: "floating" }] },
    { name: "a list that is only counted", code: `async function save() { await g(); } function f(xs) { const all = []; for (const x of xs) all.push(save(x)); return all.length; }`, errors: [{ messageId: "unread", data: { name: "all" } }] },
    { name: "an async predicate", code: `users.filter(async (u) => await g(u));`, errors: [{ messageId: "asked", data: { method: "filter" } }] },
    { name: "an async comparator", code: `const f = (xs) => xs.sort(async (a, b) => (await g(a)) - (await g(b)));`, errors: [{ messageId: "asked", data: { method: "sort" } }] },
    { name: "a reducer that forgets the promise before", code: `async function f() { await xs.reduce(async (_, x) => { await g(x); }, Promise.resolve()); }`, errors: [{ messageId: "callback", data: { method: "reduce" } }] },
    { name: "an async callback whose timer is kept", code: `const timer = setInterval(async () => { await g(); }, 1000);`, errors: [{ messageId: "callback", data: { method: "setInterval" } }] },
    { name: "a timer whose function waits again in the catch", code: `setTimeout(async () => { start(); try { await g(); } catch (e) { await report(e); } }, 10);`, errors: [{ messageId: "callback", suggestions: 1 as never }] },
    { name: "a stream's async method", code: `class Enrich extends stream.Transform { async _transform(row, encoding, done) { done(null, await g(row)); } }`, errors: [{ messageId: "hook", data: { method: "_transform" } }] },
    { name: "a stream's async option", code: `const sink = new Writable({ objectMode: true, async write(row, encoding, done) { await g(row); done(); } });`, errors: [{ messageId: "hook", data: { method: "write" } }] },
    { name: "an executor that may throw", code: `const f = () => new Promise(async (resolve) => { resolve(await g()); });`, errors: [{ messageId: "executor" }] },
    {
      name: "a promise as a condition",
      code: `async function mayRead() { return await g(); } async function f() { if (!mayRead()) throw new Error("no"); }`,
      errors: [{ messageId: "misused", suggestions: [{ messageId: "await", output: `async function mayRead() { return await g(); } async function f() { if (!(await mayRead())) throw new Error("no"); }` }] }],
    },
    { name: "a promise in a text", code: `async function nameOf() { return await g(); } const f = () => \`Hello \${nameOf()}\`;`, errors: [{ messageId: "misused" }] },
    {
      name: "a promise that leaves its try",
      code: `async function load() { return await g(); } async function f() { try { return load(); } catch (e) { report(e); throw e; } }`,
      errors: [{ messageId: "tried", suggestions: 1 as never }],
    },
    {
      name: "a promise that leaves a try whose finally does not wait",
      code: `async function load() { return await g(); } async function f() { try { return load(); } finally { release(); } }`,
      errors: [{ messageId: "finalized", suggestions: 1 as never }],
    },
    { name: "a handler that does nothing", code: `async function save() { await g(); } function f() { save().catch(() => {}); }`, errors: [{ messageId: "silent" }] },
    { name: "an async function whose handler may throw", code: `async function f() { try { await g(); } catch (e) { await report(e); } } function h() { f(); }`, errors: [{ messageId: "floating" }] },
    {
      name: "an async function that cannot reject, where that is no excuse",
      code: `async function f() {} function h() { f(); }`,
      options: [{ ignoreNeverRejecting: false }],
      errors: [{ messageId: "floating" }],
    },
  ],
});

describe("no-floating-promises with types", () => {
  const rules = { "errspan/no-floating-promises": "error" };
  const find = (code: string): (string | undefined)[] => lint(code, { rules, typed: true }).map(({ id }) => id);

  it("knows promises by their type", () => {
    expect(find(`declare function load(): Promise<void>; load();`)).toEqual(["floating"]);
    expect(find(`class Later extends Promise<void> {} declare function load(): Later; load();`)).toEqual(["floating"]);
  });

  it("leaves thenables alone unless asked", () => {
    const code = `declare const query: PromiseLike<number>; declare function run(): typeof query; run();`;
    expect(find(code)).toEqual([]);
    expect(lint(code, { rules: { "errspan/no-floating-promises": ["error", { checkThenables: true }] }, typed: true })).toHaveLength(1);
  });

  it("sees a promise that is put away and never read", () => {
    expect(find(`declare function load(): Promise<void>; function f() { const p = load(); }`)).toEqual(["unused"]);
  });

  it("sees a promise that waits for its handler too long", () => {
    const code = `declare function load(): Promise<void>;\nasync function f() {\n  const a = load();\n  const b = load();\n  await a;\n  await b;\n}`;
    expect(lint(code, { rules, typed: true }).map(({ id, line }) => ({ id, line }))).toEqual([{ id: "late", line: 4 }]);
  });

  it("sees an async listener where the types expect one that gives nothing", () => {
    const strict = { "errspan/no-floating-promises": ["error", { listeners: "report" }] };
    const given = `declare function refresh(): Promise<void>; declare const log: { error(e: unknown): void }; declare const model: { onDidChange(hear: () => void): void; onWillSave(hear: () => void | Promise<void>): void };`;
    const findStrict = (code: string): (string | undefined)[] => lint(given + code, { rules: strict, typed: true }).map(({ id }) => id);
    expect(findStrict(`model.onDidChange(async () => { await refresh(); });`)).toEqual(["callback"]);
    expect(findStrict(`model.onDidChange(async () => { try { await refresh(); } catch (e) { log.error(e); await refresh().catch((e2) => log.error(e2)); } });`)).toEqual([]);
    expect(findStrict(`model.onWillSave(async () => { await refresh(); });`)).toEqual([]);
    expect(find(`${given}model.onDidChange(async () => { await refresh(); });`)).toEqual([]);
  });

  it("allows types and calls by their origin", () => {
    const code = `class Safe extends Promise<void> {} declare function load(): Safe; load();`;
    const options = { allowForKnownSafePromises: [{ from: "file", name: "Safe" }] };
    expect(lint(code, { rules: { "errspan/no-floating-promises": ["error", options] }, typed: true })).toEqual([]);
  });
});
