#!/usr/bin/env node
// Measures what rewritten code costs a stack: frames of ours per call, and how deep a recursion may go.
// Prints a table for bare code, a span written by hand, and code rewritten by us, with tracing off and on.
import { fork } from "node:child_process";
import vm from "node:vm";
import { fileURLToPath } from "node:url";
import { bundleModule, bundleRuntime } from "./bundle.ts";

const recursion = (body, first) => `let depth = 0;
function recurse(n, list) { ${body} }
try { recurse(${first}); } catch {}
result(depth);`;
/** The bigger the function's own frame, the less ours weighs. */
const RECURSIONS = {
  "nothing but the call": recursion("depth++; recurse();", ""),
  "a sum": recursion("depth = n; return n + recurse(n + 1);", "1"),
  "some variables": recursion("depth++; const half = n / 2, copy = [...list, half], { length } = copy; return length + recurse(half + 1, list) * copy[0];", "1, [1]"),
};
const FRAMES = `Error.stackTraceLimit = 100;
function inner() { return new Error("here").stack; }
function outer() { return inner(); }
result(outer().split("\\n").slice(1).filter((line) => !/worker|stacks|node:/.test(line)).length);`;
const BY_HAND = (body) => `return tracer.startActiveSpan("span", (span) => { try { ${body} } catch (error) { span.recordException(error); span.setStatus({ code: 2 }); throw error; } finally { span.end(); } });`;
const byHand = (code) =>
  code
    .replace(/^(function recurse\(n, list\)) \{ (.*) \}$/m, (_, head, body) => `${head} { ${BY_HAND(body)} }`)
    .replace('{ return new Error("here").stack; }', `{ ${BY_HAND('return new Error("here").stack;')} }`)
    .replace("{ return inner(); }", `{ ${BY_HAND("return inner();")} }`);

/** In a process of its own, so that neither an earlier overflow nor optimised code changes the measure. */
function measure(code, tracing, runtime) {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(import.meta.url), ["--measure"], { stdio: ["ignore", "inherit", "ignore", "ipc"] });
    child.on("message", (result) => {
      resolve(result);
      child.kill();
    });
    child.send({ code, tracing, runtime });
  });
}

async function measureHere({ code, tracing, runtime }) {
  const { registry, slot } = await import("./realm/sdk.mjs");
  const { trace } = await import("@opentelemetry/api");
  const open = registry(tracing);
  if (open) globalThis[slot] = open;
  else trace.disable();
  const helpers = vm.runInThisContext(runtime, { filename: "errspan-runtime.js" });
  globalThis.require = () => helpers;
  globalThis.tracer = trace.getTracer("by hand");
  globalThis.result = (value) => process.send(value);
  vm.runInThisContext(code, { filename: "program.js" });
}

async function main() {
  const { plan, rewriteText } = await import(await bundleModule("test/conformance/test262/transformer.ts", "stacks-transformer"));
  const runtime = await bundleRuntime();
  const rewritten = (code) => rewriteText(code, plan(code, { filename: "program.js", format: "script", config: { select: [{ functions: "all" }] } })).code;
  const rows = [];
  const bare = {};
  for (const [form, make] of [["bare", (code) => code], ["a span by hand", byHand], ["errspan", rewritten]]) {
    for (const tracing of ["off", "on"]) {
      const row = { form, tracing, "frames of two nested calls": await measure(make(FRAMES), tracing, runtime) };
      for (const [name, code] of Object.entries(RECURSIONS)) {
        const depth = await measure(make(code), tracing, runtime);
        bare[name] ??= depth;
        row[`depth: ${name}`] = `${depth} (${(depth / bare[name]).toFixed(2)})`;
      }
      rows.push(row);
    }
  }
  console.table(rows);
}

if (process.argv[2] === "--measure") process.on("message", measureHere);
else await main();
