import path from "node:path";
import vm from "node:vm";
import { AsyncLocalStorage } from "node:async_hooks";
import { describe } from "./describe.mjs";
import { activeName, registry, slot } from "./sdk.mjs";

const HELPERS = "@errspan/runtime/emit";

/** What every program may call. Written in the realm's own terms, so that it hands out the realm's promises and errors. */
const prelude = new vm.Script(
  `((host) => {
    const { Promise, Object: { defineProperty } } = globalThis;
    const give = (name, value) => defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
    // Effects, compared between the program and its rewritten forms.
    give("log", (...values) => { host.log(values); return values[0]; });
    // The span that must be active here: its name, or null for none.
    give("at", (name) => { host.at(name); });
    // Another turn of the event loop.
    give("sleep", (turns = 1) => { host.busy(1); return new Promise((resolve) => host.later(turns, () => { host.busy(-1); resolve(); })); });
    // Logs t1, t2, … in that many consecutive microtasks, to show in which one something else happens.
    give("ticks", (count) => { let n = 0; const step = () => { host.log(["t" + ++n]); if (n < count) host.microtask(step); }; host.microtask(step); });
    // Garbage collection, and time for what follows it.
    give("collect", async () => { for (let n = 0; n < 6; n++) { await sleep(2); host.gc(); } await sleep(2); });
    // The runtime asks Node which values are promises and proxies.
    give("process", host.process);
    give("AsyncLocalStorage", host.AsyncLocalStorage);
    give("inspectKind", host.inspectKind);
    give("otherRealm", host.otherRealm);
  })`,
  { filename: "prelude.js" },
);

/**
 * A fresh realm for one run of one program.
 * @param runtime compiled script of the emit module, or null for the program as it was written
 * @param tracing "off", "on" or "dropped"
 * @param record  receives effects (`log`), context checks (`at`) and pending work (`busy`)
 */
export function createRealm(runtime, tracing, record) {
  const realm = vm.createContext(vm.constants.DONT_CONTEXTIFY);
  const global = vm.runInContext("globalThis", realm);
  const open = registry(tracing);
  if (open) Object.defineProperty(global, slot, { value: open, configurable: true, writable: true, enumerable: false });
  const later = (turns, then) => setImmediate(() => (turns > 1 ? later(turns - 1, then) : then()));
  prelude.runInContext(realm)({
    log: (values) => record.log(values.map((value) => (typeof value === "string" ? value : describe(value))).join(" ")),
    at: (expected) => tracing === "on" && runtime && record.at(expected, activeName()),
    busy: record.busy,
    later,
    microtask: queueMicrotask,
    gc: globalThis.gc,
    process: { getBuiltinModule: process.getBuiltinModule },
    AsyncLocalStorage,
    inspectKind: (f) => Object.prototype.toString.call(f).slice(8, -1),
    otherRealm: (source) => vm.runInNewContext(source),
  });
  return { context: realm, global, helpers: runtime?.runInContext(realm) };
}

/** Runs a program that is one script or several modules; the first file is where it starts. */
export async function runProgram(realm, files, format) {
  if (format === "module") return runModules(realm, files);
  if (format === "commonjs") return runCommonJs(realm, files);
  const [file] = files;
  if (realm.helpers) {
    const require = requireFrom(realm, files, new Map());
    Object.defineProperty(realm.global, "require", { value: require, writable: true, configurable: true, enumerable: false });
  }
  new vm.Script(file.code, { filename: file.name }).runInContext(realm.context);
}

function requireFrom(realm, files, cache) {
  const require = (specifier) => {
    if (specifier === HELPERS && realm.helpers) return realm.helpers;
    const name = path.posix.normalize(specifier);
    const file = files.find((candidate) => candidate.name === name || candidate.name === `${name}.js` || candidate.name === `${name}.cjs`);
    if (!file) throw new Error(`no file ${specifier}`);
    const known = cache.get(file.name);
    if (known) return known.exports;
    const module = { exports: vm.runInContext("({})", realm.context) };
    cache.set(file.name, module);
    const wrapper = vm.compileFunction(file.code, ["exports", "require", "module", "__filename", "__dirname"], {
      parsingContext: realm.context,
      filename: file.name,
    });
    wrapper.call(module.exports, module.exports, require, module, file.name, ".");
    return module.exports;
  };
  return require;
}

function runCommonJs(realm, files) {
  requireFrom(realm, files, new Map())(files[0].name);
}

async function runModules(realm, files) {
  const cache = new Map();
  const load = (specifier) => {
    const name = specifier === HELPERS ? specifier : path.posix.normalize(specifier);
    let module = cache.get(name);
    if (module) return module;
    if (name === HELPERS && realm.helpers) {
      const names = Object.keys(realm.helpers);
      module = new vm.SyntheticModule(names, function () { for (const key of names) this.setExport(key, realm.helpers[key]); }, { context: realm.context, identifier: name });
    } else {
      const file = files.find((candidate) => candidate.name === name);
      if (!file) throw new Error(`no file ${specifier}`);
      module = new vm.SourceTextModule(file.code, {
        context: realm.context,
        identifier: name,
        importModuleDynamically: async (inner) => {
          const found = load(inner);
          if (found.status === "unlinked") await found.link(load);
          await found.evaluate();
          return found;
        },
      });
    }
    cache.set(name, module);
    return module;
  };
  const main = load(files[0].name);
  await main.link(load);
  await main.evaluate();
}
