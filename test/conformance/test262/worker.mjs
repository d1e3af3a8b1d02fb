// Child process of the test262 run: executes one test after the other, each in fresh realms.
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { activeName, resetSpans } from "../realm/sdk.mjs";
import { parseFrontmatter } from "./frontmatter.mjs";
import { PhaseError, Realm } from "./realm.mjs";
import { counts, createCompilers } from "./rewrite.mjs";

const { root, rewriter, tracing, rewritten, runtimeFile, transformer } = JSON.parse(process.env.TEST262_SETTINGS);
const compilers = createCompilers(rewriter, await import(transformer));
const compile = rewritten ? compilers.rewritten : compilers.original;
const options = {
  compile,
  runtime: rewritten ? new vm.Script(fs.readFileSync(runtimeFile, "utf8"), { filename: "errspan-runtime.js" }) : null,
  tracing,
  harness: path.join(root, "harness"),
};

// Tests reject promises and throw in callbacks on purpose.
process.on("unhandledRejection", () => {});
process.on("uncaughtException", () => {});

const turn = () => new Promise((resolve) => setImmediate(resolve));
const includes = new Map();
function include(name) {
  let script = includes.get(name);
  if (!script) {
    script = new vm.Script(fs.readFileSync(path.join(options.harness, name), "utf8"), { filename: `harness/${name}` });
    includes.set(name, script);
  }
  return script;
}

function nameOf(error) {
  try {
    return error === null || typeof error !== "object" ? `${typeof error} ${String(error)}` : String(error.constructor?.name ?? error.name);
  } catch {
    return "an error without a name";
  }
}

function messageOf(error) {
  try {
    return typeof error === "object" && error !== null ? `${nameOf(error)}: ${error.message}` : `thrown ${String(error)}`;
  } catch {
    return "thrown something that cannot be printed";
  }
}

async function evaluateModule(realm, code, file, isDone) {
  let module;
  try { module = realm.module(code, file); } catch (error) { throw new PhaseError("parse", error); }
  realm.register(file, module);
  try { await module.link(realm.link); } catch (error) { throw error instanceof PhaseError ? error : new PhaseError("resolution", error); }
  let state = "pending";
  let failure;
  module.evaluate().then(() => { state = "done"; }, (error) => { state = "failed"; failure = error; });
  // A module may wait for ever at its top level.
  for (let turns = 0; turns < 40 && state === "pending" && !isDone(); turns++) await turn();
  if (state === "failed") throw new PhaseError("runtime", failure);
  if (state === "pending" && !isDone()) throw new PhaseError("runtime", new Error("the module does not settle"));
}

function evaluateScript(realm, code, file) {
  let script;
  try { script = new vm.Script(code, { filename: file, importModuleDynamically: realm.importer(file) }); } catch (error) { throw new PhaseError("parse", error); }
  try { script.runInContext(realm.context); } catch (error) { throw new PhaseError("runtime", error); }
}

function judge(failure, negative) {
  if (!negative) return failure ? { ok: false, message: `${failure.phase}: ${messageOf(failure.cause)}` } : { ok: true };
  const expected = `${negative.phase} ${negative.type}`;
  if (!failure) return { ok: false, message: `does not throw: ${expected}` };
  const samePhase = failure.phase === negative.phase || (negative.phase === "resolution" && failure.phase === "parse");
  return samePhase && nameOf(failure.cause) === negative.type ? { ok: true } : { ok: false, message: `${failure.phase}: ${messageOf(failure.cause)} instead of ${expected}` };
}

async function untilDone(isDone, patient) {
  for (let turns = 0; turns < 15 && !isDone(); turns++) await turn();
  for (let waits = 0; waits < (patient ? 40 : 3) && !isDone(); waits++) await new Promise((resolve) => setTimeout(resolve, 25));
}

async function execute({ file, mode, alone }) {
  const name = path.join(root, file);
  const text = fs.readFileSync(name, "utf8");
  const meta = parseFrontmatter(text);
  const format = mode === "module" ? "module" : "script";
  const source = mode === "strict" ? `"use strict";\n${text}` : text;
  const isAsync = meta.flags.includes("async");
  let done;
  const realm = new Realm(options, (message) => {
    if (String(message).startsWith("Test262:Async")) done ??= String(message);
  });
  if (mode !== "raw") {
    for (const each of ["assert.js", "sta.js", ...(isAsync ? ["doneprintHandle.js"] : []), ...meta.includes]) include(each).runInContext(realm.context);
  }
  let code;
  try { code = compile(source, name, format); } catch (error) { return { ok: false, message: `the rewriter throws ${error.stack ?? messageOf(error)}` }; }
  let failure;
  try {
    if (format === "module") await evaluateModule(realm, code, name, () => done !== undefined);
    else evaluateScript(realm, code, name);
  } catch (error) {
    if (!(error instanceof PhaseError)) throw error;
    failure = error;
  }
  const verdict = judge(failure, meta.negative);
  if (!verdict.ok || meta.negative) return verdict;
  if (!isAsync) {
    await turn();
    return verdict;
  }
  await untilDone(() => done !== undefined, alone);
  if (done === "Test262:AsyncTestComplete") return verdict;
  return { ok: false, message: done ?? "the asynchronous test does not end" };
}

async function run(job) {
  resetSpans();
  let result;
  try { result = await execute(job); } catch (error) { result = { ok: false, message: `the harness throws ${messageOf(error)}` }; }
  const active = activeName();
  if (result.ok && active !== null) result = { ok: false, message: `the context leaks: ${active} is active after the test` };
  return { ...result, message: result.message?.slice(0, 400) };
}

process.on("message", async (message) => {
  if (message.type === "exit") process.exit(0);
  for (const job of message.jobs) {
    const result = await run(job);
    process.send({ type: "result", id: job.id, result });
  }
  process.send({ type: "idle", memory: process.memoryUsage().rss, counts });
});
process.send({ type: "ready" });
