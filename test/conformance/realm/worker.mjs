// Child process of the differential suite: runs one variant of one program per message, each in a fresh realm.
import vm from "node:vm";
import { describe } from "./describe.mjs";
import { createRealm, runProgram } from "./realm.mjs";
import { activeName, resetSpans, spanFaults, spanTree } from "./sdk.mjs";

let runtime;
let current;

const turn = () => new Promise((resolve) => setImmediate(resolve));
process.on("unhandledRejection", (reason) => current?.log(`unhandled rejection: ${describe(reason)}`));
process.on("rejectionHandled", () => current?.log("rejection handled late"));
process.on("uncaughtException", (error) => current?.log(`uncaught: ${describe(error)}`));

class Record {
  effects = [];
  contexts = [];
  pending = 0;
  log = (text) => { this.effects.push(text); };
  at = (expected, actual) => {
    if (expected !== actual) this.contexts.push(`after effect ${this.effects.length}: ${actual} is active, not ${expected}`);
  };
  busy = (change) => { this.pending += change; };
}

/** Waits until nothing has happened for some turns of the event loop. */
async function settle(record) {
  let seen = -1;
  for (let quiet = 0, turns = 0; quiet < 3 && turns < 5000; turns++) {
    await turn();
    quiet = record.effects.length === seen && record.pending === 0 ? quiet + 1 : 0;
    seen = record.effects.length;
  }
}

async function run({ files, format, tracing, rewritten }) {
  const record = new Record();
  current = record;
  resetSpans();
  const realm = createRealm(rewritten ? runtime : null, tracing, record);
  try {
    const evaluation = runProgram(realm, files, format);
    if (activeName() !== null) record.contexts.push(`${activeName()} is still active when the program's first turn is over`);
    await evaluation;
  } catch (error) {
    record.log(`thrown: ${describe(error)}`);
  }
  await settle(record);
  if (activeName() !== null) record.contexts.push(`${activeName()} is still active at the end`);
  current = undefined;
  return { effects: record.effects, faults: [...record.contexts, ...spanFaults()], spans: spanTree() };
}

process.on("message", async (message) => {
  if (message.runtime !== undefined) runtime = new vm.Script(message.runtime, { filename: "errspan-runtime.js" });
  else process.send({ id: message.id, outcome: await run(message) });
});
process.send({ ready: true });
