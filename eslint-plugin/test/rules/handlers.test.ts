import { noIgnoredCallbackError } from "../../src/rules/no-ignored-callback-error.js";
import { noSilentErrorHandler } from "../../src/rules/no-silent-error-handler.js";
import { noUnreadRejections } from "../../src/rules/no-unread-rejections.js";
import { untyped } from "./tester.js";

untyped.run("no-silent-error-handler", noSilentErrorHandler as never, {
  valid: [
    { name: "an event that is not about errors", code: `emitter.on("data", () => {});` },
    { name: "a monitor", code: `process.on("uncaughtExceptionMonitor", () => {});` },
    { name: "a flag that somebody reads", code: `let failed = false; emitter.on("error", () => { failed = true; }); use(failed);` },
    { name: "a comment that says who hears of it", code: `process.on("uncaughtException", () => { /* the agent reports it */ });` },
    { name: "printing is enough by default", code: `emitter.on("error", console.error);` },
    { name: "an option, or else nothing, by default", code: `stream.on("error", onError ?? (() => {}));` },
    { name: "a socket that is printed, and connects again when it closes", code: `const ws = new WebSocket(url); ws.onerror = (e) => console.warn(e); ws.onclose = () => reconnect();`, options: [{ console: "report" }] },
    { name: "a socket of a field, listened to in two methods", code: `class Feed { open() { this.ws.on("error", console.error); this.hear(); } hear() { this.ws.on("close", this.again); } }`, options: [{ console: "report" }] },
  ],
  invalid: [
    { name: "the event is named", code: `emitter.on("error", () => {});`, errors: [{ messageId: "silent", data: { event: "error" } }] },
    { name: "a process that goes on", code: `process.on("uncaughtException", () => {});`, errors: [{ messageId: "keepsRunning" }] },
    { name: "a comment that only says that it goes on", code: `process.on("unhandledRejection", () => { /* keep going */ });`, errors: [{ messageId: "keepsRunning" }] },
    { name: "a JSX callback", code: `const a = <Editor onError={() => {}} />;`, languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } }, errors: [{ messageId: "silent", data: { event: "onError" } }] },
    { name: "a flag that nobody reads", code: `function f() { let failed = false; emitter.on("error", () => { failed = true; }); }`, errors: [{ messageId: "silent" }] },
    { name: "an option, or else nothing, in strict configs", code: `stream.on("error", onError ?? (() => {}));`, options: [{ answers: "strict" }], errors: [{ messageId: "silent" }] },
    { name: "a socket whose close is only printed", code: `const ws = new WebSocket(url); ws.onerror = (e) => console.warn(e); ws.onclose = () => console.log("closed");`, options: [{ console: "report" }], errors: [{ messageId: "printed" }] },
    { name: "a socket whose close ends the wait as if all was well", code: `const socket = connect(); socket.on("error", console.error); socket.on("close", () => resolve());`, options: [{ console: "report" }], errors: [{ messageId: "printed" }] },
    { name: "a stream, whose close says nothing about its error", code: `const out = open(); out.on("error", console.error); out.on("close", () => restart());`, options: [{ console: "report" }], errors: [{ messageId: "printed" }] },
    { name: "printing, where that is not enough", code: `emitter.on("error", console.error);`, options: [{ console: "report" }], errors: [{ messageId: "printed" }] },
  ],
});

untyped.run("no-ignored-callback-error", noIgnoredCallbackError as never, {
  valid: [
    { name: "a parameter with an underscore", code: `run((_err, data) => use(data));` },
    { name: "an array method", code: `errors.map((err) => 1);` },
    { name: "printed, and a question before the result is used", code: `run((err, data) => { if (err) console.log(err); if (data) use(data.size); });` },
    { name: "tidied up on the way of an earlier failure", code: `import { unlink } from "node:fs"; pipe(from, to, (err) => { if (err) unlink(to, () => done(err)); else done(); });` },
    { name: "nothing but the way of an error, told as well by default", code: `run((err) => { if (!err) return done(); tidy.up(() => done()); });` },
    { name: "a second way to the same end", code: `run((err) => { if (!err) return done(); fallBack(() => done()); });`, options: [{ answers: "strict" }] },
    { name: "a promise's handler, which another rule looks at", code: `run().catch((err) => {});` },
  ],
  invalid: [
    { name: "never read", code: `run((err, data) => { use(data); });`, errors: [{ messageId: "unread", line: 1, column: 6 }] },
    { name: "another name, in a callback of Node's own modules", code: `import { readFile } from "node:fs"; readFile(path, (problem, text) => { use(text); });`, errors: [{ messageId: "unread", data: { name: "problem" } }] },
    { name: "another name, by the type the file writes", code: `type Done = (mishap: Error | null, row?: string) => void; declare function select(done: Done): void; select((mishap, row) => { use(row); });`, errors: [{ messageId: "unread" }] },
    { name: "no parameter at all", code: `import fs from "node:fs"; fs.writeFile(path, text, () => { finish(); });`, errors: [{ messageId: "unread" }] },
    { name: "a rejecter is no earlier failure", code: `import { rename } from "node:fs"; new Promise((resolve, reject) => { rename(a, b, () => { load().then(resolve, reject); }); });`, errors: [{ messageId: "unread" }] },
    { name: "the way of an error ends as the other does", code: `run((err) => { if (!err) return done(); log.flush(); done(); });`, options: [{ answers: "strict" }], errors: [{ messageId: "ignored" }] },
    { name: "printed, and on with the result", code: `run((err, data) => { if (err) console.log(err); use(data.size); });`, errors: [{ messageId: "goesOn" }] },
    { name: "a declared callback", code: `function done(err) { finish(); }`, errors: [{ messageId: "unread" }] },
    { name: "left without the error", code: `run((err, data) => { if (err) return; use(data); });`, errors: [{ messageId: "ignored" }] },
    { name: "only printed", code: `run((err, data) => { if (err) { console.log(err); return; } use(data); });`, options: [{ console: "report" }], errors: [{ messageId: "printed" }] },
  ],
});

untyped.run("no-unread-rejections", noUnreadRejections as never, {
  valid: [
    { name: "a remark is enough by default", code: `async function f() { /* failures are reported by send */ await Promise.allSettled(xs.map(send)); }` },
    { name: "reasons destructured", code: `async function f() { const rs = await Promise.allSettled(xs); rs.forEach(({ status, reason }) => report(reason)); }` },
    { name: "another allSettled", code: `queue.allSettled();` },
  ],
  invalid: [
    { name: "dropped", code: `Promise.allSettled(xs);`, errors: [{ messageId: "dropped" }] },
    { name: "kept and not read", code: `async function f() { const rs = await Promise.allSettled(xs); }`, errors: [{ messageId: "dropped" }] },
    { name: "only counted", code: `async function f() { const rs = await Promise.allSettled(xs); return rs.length; }`, errors: [{ messageId: "unread" }] },
    { name: "a remark, where none counts", code: `async function f() { /* failures are fine */ await Promise.allSettled(xs); }`, options: [{ comments: "never" }], errors: [{ messageId: "dropped" }] },
  ],
});
