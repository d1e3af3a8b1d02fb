import { preserveCause } from "../../src/rules/preserve-cause.js";
import { untyped } from "./tester.js";

untyped.run("preserve-cause", preserveCause as never, {
  valid: [
    { name: "a cause", code: `try { f(); } catch (e) { throw new Error("x", { cause: e }); }` },
    { name: "an alias as the cause", code: `try { f(); } catch (e) { const cause = e; throw new Error("x", { cause }); }` },
    { name: "options built beforehand", code: `try { f(); } catch (e) { const options = { cause: e }; throw new Error("x", options); }` },
    { name: "spread options", code: `try { f(); } catch (e) { throw new Error("x", { ...context, cause: e }); }` },
    { name: "a positional cause of an own class", code: `try { f(); } catch (e) { throw new SaveError("x", e); }` },
    { name: "a member of an aggregate", code: `try { f(); } catch (e) { throw new AggregateError([e, other]); }` },
    { name: "a cause that is set afterwards", code: `try { f(); } catch (e) { const failure = new Error("x"); failure.cause = e; throw failure; }` },
    { name: "a converter that is given the whole error", code: `try { f(); } catch (e) { throw new Error("x", { cause: toError(e) }); }` },
    { name: "a static maker", code: `try { f(); } catch (e) { throw SaveError.from(e); }` },
    { name: "an error thrown outside the catch", code: `try { f(); } catch (e) { log(e); } throw new Error("x");` },
    { name: "an error in a function that runs later", code: `try { f(); } catch (e) { later(() => { throw new Error("x"); }); report(e); }` },
    { name: "a rejection handler of two", code: `f().then(g, (e) => { throw new SaveError("x", { cause: e }); });` },
  ],
  invalid: [
    {
      name: "no cause",
      code: `try { f(); } catch (e) { throw new Error("x"); }`,
      errors: [{ messageId: "lost", suggestions: [{ messageId: "addCause", output: `try { f(); } catch (e) { throw new Error("x", { cause: e }); }` }] }],
    },
    {
      name: "no message either",
      code: `try { f(); } catch (e) { throw new Error(); }`,
      errors: [{ messageId: "lost", suggestions: [{ messageId: "addCause", output: `try { f(); } catch (e) { throw new Error("", { cause: e }); }` }] }],
    },
    { name: "only the text", code: "try { f(); } catch (e) { throw new Error(`x: ${e.message}`); }", errors: [{ messageId: "partly", suggestions: 1 as never }] },
    { name: "only the text, in an own class", code: `try { f(); } catch (e) { throw new SaveError(String(e)); }`, errors: [{ messageId: "partly" }] },
    { name: "the text as the cause", code: `try { f(); } catch (e) { throw new Error("x", { cause: e.message }); }`, errors: [{ messageId: "partly" }] },
    { name: "another cause", code: `try { f(); } catch (e) { throw new Error("x", { cause: other }); }`, errors: [{ messageId: "wrongCause" }] },
    { name: "a positional error where options belong", code: `try { f(); } catch (e) { throw new Error("x", e); }`, errors: [{ messageId: "lost" }] },
    { name: "a promise chain", code: `f().catch((e) => { throw new SaveError("x"); });`, errors: [{ messageId: "lost" }] },
    { name: "a rejection", code: `new Promise((resolve, reject) => { f().catch((e) => { reject(new Error("x")); }); });`, errors: [{ messageId: "lost", suggestions: 1 as never }] },
    { name: "a callback", code: `function g(callback) { try { f(); } catch (e) { callback(new Error("x")); } }`, errors: [{ messageId: "lost", suggestions: 1 as never }] },
    { name: "a Result", code: `function g() { try { return ok(f()); } catch (e) { return err(new SaveError("x")); } }`, errors: [{ messageId: "lost" }] },
    { name: "a destructured error", code: `try { f(); } catch ({ message }) { throw new Error(message); }`, errors: [{ messageId: "partly" }] },
    { name: "a catch without a binding, where one is asked for", code: `try { f(); } catch { throw new Error("x"); }`, options: [{ requireCatchParameter: true }], errors: [{ messageId: "unbound" }] },
  ],
});
