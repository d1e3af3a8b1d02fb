import { noSwallowedError } from "../../src/rules/no-swallowed-error.js";
import { untyped } from "./tester.js";

untyped.run("no-swallowed-error", noSwallowedError as never, {
  valid: [
    { name: "a call that the settings name deals with any error", code: `try { run(); } catch { metrics.countFailure(); }`, settings: { errspan: { handlers: ["metrics.countFailure"] } } },
    { name: "any remark is enough by default", code: `try { run(); } catch { /* ignore */ }` },
    { name: "printing is enough by default", code: `try { run(); } catch (e) { console.error(e); }` },
    { name: "the client that failed is dropped", code: `for (const c of clients) { try { c.send(m); } catch { clients.delete(c); } }` },
    { name: "kept, and written over on one way only", code: `async function f() { let last; try { await run(); } catch (e) { last = e; } if (isDone()) last = undefined; if (last) throw last; }` },
    { name: "kept, and read before it is written over", code: `async function f() { let last; try { await run(); } catch (e) { last = e; } report(last); last = undefined; await more(() => last); }` },
    { name: "the last failure of closing, thrown in the end", code: `async function f() { let last; for (const x of xs) { try { await x.close(); } catch (e) { last = e; } } if (last) throw last; }` },
    { name: "a subscription that is given back", code: `try { subscription.cancel(); } catch {}` },
    { name: "a count that somebody reads", code: `class Outbox { #lost = 0; async run() { try { await send(); } catch { this.#lost++; } } get lost() { return this.#lost; } }` },
    { name: "returns where nobody waits any more", code: `async function f(signal) { try { await hit(); } catch (e) { if (signal.aborted) return; throw e; } }` },
    { name: "what is already gone", code: `try { await rm(path); } catch (e) { if (e.code !== "ENOENT") throw e; }` },
    { name: "a directive with a reason is a remark", code: `try { run(); } catch { /* biome-ignore lint/suspicious/noEmptyBlock: the peer may be gone */ }`, options: [{ comments: "reason" }] },
    { name: "a reason in another script", code: `try { run(); } catch { /* 对方可能已经离线 */ }`, options: [{ comments: "reason" }] },
  ],
  invalid: [
    {
      name: "an empty catch, with a way to rethrow",
      code: `try { run(); } catch {}`,
      errors: [{ messageId: "empty", line: 1, column: 16, suggestions: [{ messageId: "rethrow", output: `try { run(); } catch (error) { throw error; }` }] }],
    },
    {
      name: "the error's own name is used when it has one",
      code: `try { run(); } catch (cause) { spinner.stop(); }`,
      errors: [{ messageId: "unused", suggestions: [{ messageId: "rethrow", output: `try { run(); } catch (cause) { spinner.stop(); throw cause; }` }] }],
    },
    { name: "an entry is forgotten with the error", code: `try { cache.set(k, await build(k)); } catch { cache.delete(k); }`, errors: [{ messageId: "unused", suggestions: 1 as never }] },
    { name: "kept, and written over before anybody looks", code: `async function f() { let last; try { await run(); } catch (e) { last = e; } last = undefined; try { await more(); } catch (e) { last = e; } if (last) throw last; }`, errors: [{ messageId: "dropped", suggestions: 1 as never }] },
    { name: "the last failure of closing, kept for nobody", code: `async function f() { let last; for (const x of xs) { try { await x.close(); } catch (e) { last = e; } } }`, errors: [{ messageId: "dropped", suggestions: 1 as never }] },
    { name: "failures of closing in a field that nobody reads", code: `class Pool { #lost; async end() { try { await this.socket.close(); } catch (e) { this.#lost = e; } } }`, errors: [{ messageId: "dropped", suggestions: 1 as never }] },
    { name: "a subscription that goes on and is paid for", code: `try { await stripe.subscriptions.cancel(id); } catch {}`, errors: [{ messageId: "empty", suggestions: 1 as never }] },
    { name: "a sum to which nothing is added", code: `let sum = 0; for (const x of xs) { try { sum += run(x); } catch { sum += 0; } } use(sum);`, errors: [{ messageId: "unused", suggestions: 1 as never }] },
    { name: "a flag that says the same as before", code: `let ok = true; try { await run(); } catch { ok = true; } use(ok);`, errors: [{ messageId: "unused", suggestions: 1 as never }] },
    { name: "a count that nobody can read", code: `class Outbox { #lost = 0; async run() { try { await send(); } catch { this.#lost++; } } }`, errors: [{ messageId: "unused", suggestions: 1 as never }] },
    { name: "returns while somebody still waits", code: `async function f(signal) { try { await hit(); } catch (e) { if (!signal.aborted) return; throw e; } }`, errors: [{ messageId: "partly", suggestions: 1 as never }] },
    { name: "what was expected is thrown, the rest is not", code: `try { await rm(path); } catch (e) { if (e.code === "ENOENT") throw e; }`, errors: [{ messageId: "partly" }] },
    { name: "a remark that it cannot happen", code: `try { run(); } catch { /* should never happen */ }`, errors: [{ messageId: "empty", suggestions: 1 as never }] },
    { name: "an order that is not cancelled", code: `try { await shop.cancelOrder(id); } catch {}`, errors: [{ messageId: "empty", suggestions: 1 as never }] },
    {
      name: "an error that is looked at and dropped",
      code: `try { run(); } catch (e) { void e; }`,
      errors: [{ messageId: "dropped", suggestions: [{ messageId: "rethrow", output: `try { run(); } catch (e) { void e; throw e; }` }] }],
    },
    {
      name: "a default in place of the error, reported where it is returned",
      code: `async function f() {\n  try {\n    return await load();\n  } catch (e) {\n    return [];\n  }\n}`,
      errors: [
        {
          messageId: "defaulted",
          line: 5,
          data: { value: "`[]`" },
          suggestions: [{ messageId: "throwInstead", output: `async function f() {\n  try {\n    return await load();\n  } catch (e) {\n    throw e;\n  }\n}` }],
        },
      ],
    },
    {
      name: "one path among several",
      code: `async function f() { try { return await load(); } catch (e) { if (e.code === "ENOENT") throw e; return null; } }`,
      errors: [{ messageId: "partly", suggestions: [{ messageId: "throwInstead", output: `async function f() { try { return await load(); } catch (e) { if (e.code === "ENOENT") throw e; throw e; } }` }] }],
    },
    {
      name: "a loop that gives up in silence",
      code: `async function f() { for (let i = 0; i < 3; i++) { try { return await send(); } catch (e) { if (i < 2) continue; } } }`,
      errors: [{ messageId: "exhausted" }],
    },
    {
      name: "printing only, where that is not enough",
      code: `try { run(); } catch (e) { console.error(e); }`,
      options: [{ console: "report" }],
      errors: [{ messageId: "printed", suggestions: [{ messageId: "rethrow", output: `try { run(); } catch (e) { console.error(e); throw e; }` }] }],
    },
    {
      name: "a printer that the settings name",
      code: `try { run(); } catch (e) { io.print(e); }`,
      options: [{ console: "report" }],
      settings: { errspan: { printers: ["io.print"] } },
      errors: [{ messageId: "printed", suggestions: 1 as never }],
    },
    {
      name: "a call that the settings say never deals with an error",
      code: `try { run(); } catch (e) { debug(e); }`,
      settings: { errspan: { ignores: ["debug"] } },
      errors: [{ messageId: "dropped", suggestions: 1 as never }],
    },
    {
      name: "a log line that leaves the error out",
      code: `try { run(); } catch (err) { logger.error("run failed"); }`,
      options: [{ signals: "report" }],
      errors: [{ messageId: "withoutError", data: { name: "err" } }],
    },
    {
      name: "a remark that gives no reason, where one is asked for",
      code: `try { run(); } catch { /* ignore */ }`,
      options: [{ comments: "reason" }],
      errors: [{ messageId: "empty", suggestions: 1 as never }],
    },
    {
      name: "any remark, where none counts",
      code: `try { run(); } catch { /* the peer may be gone */ }`,
      options: [{ comments: "never" }],
      errors: [{ messageId: "empty", suggestions: 1 as never }],
    },
  ],
});
