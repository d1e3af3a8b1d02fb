import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { pathToFileURL } from "node:url";
import { registry, slot } from "../realm/sdk.mjs";

const HELPERS = "@errspan/runtime/emit";

/** Tells in which phase something was thrown, as test262's negative tests want to know. */
export class PhaseError extends Error {
  constructor(phase, cause) {
    super(phase);
    this.phase = phase;
    this.cause = cause;
  }
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, configurable: true, enumerable: false });
}

/** One test's world: a fresh global object, test262's host object `$262`, a module loader, and the helpers when the code is rewritten. */
export class Realm {
  #modules = new Map();
  #errors;

  /**
   * @param options.compile  compiles a source file: `(code, name, format) => code`
   * @param options.runtime  compiled script of the helpers; null for unrewritten code
   * @param options.tracing  "off" or "on"
   * @param options.harness  directory of test262's includes
   */
  constructor(options, print) {
    this.options = options;
    this.print = print;
    this.context = vm.constants.DONT_CONTEXTIFY ? vm.createContext(vm.constants.DONT_CONTEXTIFY) : vm.createContext({});
    this.global = vm.runInContext("globalThis", this.context);
    this.#errors = vm.runInContext("({SyntaxError,TypeError,ReferenceError,RangeError,Error})", this.context);
    const { runtime, tracing } = options;
    if (runtime) {
      const open = registry(tracing);
      if (open) hide(this.global, slot, open);
      // The helpers ask Node which values are promises and proxies; the tests must find their globals as they were.
      hide(this.global, "process", { getBuiltinModule: process.getBuiltinModule });
      this.helpers = runtime.runInContext(this.context);
      delete this.global.process;
      hide(this.global, "require", (name) => {
        if (name === HELPERS) return this.helpers;
        throw new Error(`no module ${name}`);
      });
    }
    hide(this.global, "$262", this.#host());
    hide(this.global, "print", print);
  }

  #host() {
    const host = vm.runInContext("({})", this.context);
    return Object.assign(host, {
      global: this.global,
      createRealm: () => new Realm(this.options, this.print).global.$262,
      evalScript: (code) => {
        let script;
        try {
          script = new vm.Script(String(code), { filename: "evalScript", importModuleDynamically: this.importer(path.join(this.options.harness, "x")) });
        } catch (error) {
          throw this.#own(error);
        }
        return script.runInContext(this.context);
      },
      gc: () => globalThis.gc(),
      detachArrayBuffer: (buffer) => structuredClone(buffer, { transfer: [buffer] }),
      agent: { start() {}, broadcast() {}, getReport: () => null, sleep() {}, monotonicNow: () => performance.now() },
    });
  }

  /** An error made by the host's realm as one of this realm. */
  #own(error) {
    for (const name of ["SyntaxError", "TypeError", "ReferenceError", "RangeError", "Error"]) {
      if (error instanceof globalThis[name]) return new this.#errors[name](error.message);
    }
    return error;
  }

  importer(from) {
    return async (specifier, _script, attributes) => {
      try {
        const module = await this.load(path.resolve(path.dirname(from), specifier), attributes);
        if (module.status === "unlinked") await module.link(this.link);
        await module.evaluate();
        return module;
      } catch (error) {
        throw this.#own(error instanceof PhaseError ? error.cause : error);
      }
    };
  }

  link = (specifier, referrer, extra) => {
    if (specifier === HELPERS && this.helpers) return this.#helperModule();
    if (!specifier.startsWith(".")) throw new Error(`no module ${specifier}`);
    return this.load(path.resolve(path.dirname(referrer.identifier), specifier), extra?.attributes ?? extra?.assert);
  };

  #helperModule() {
    const { helpers } = this;
    const names = Object.keys(helpers);
    let module = this.#modules.get(HELPERS);
    if (!module) {
      module = new vm.SyntheticModule(names, function () { for (const name of names) this.setExport(name, helpers[name]); }, { context: this.context, identifier: HELPERS });
      this.#modules.set(HELPERS, module);
    }
    return module;
  }

  load(file, attributes) {
    const key = `${file}\0${attributes?.type ?? ""}`;
    let module = this.#modules.get(key);
    if (!module) {
      module = this.#read(file, attributes?.type);
      this.#modules.set(key, module);
    }
    return module;
  }

  async #read(file, type) {
    const text = fs.readFileSync(file, "utf8");
    if (type === "json") {
      const value = this.global.JSON.parse(text);
      return new vm.SyntheticModule(["default"], function () { this.setExport("default", value); }, { context: this.context, identifier: file });
    }
    if (type !== undefined) throw new TypeError(`unsupported type ${type}`);
    if (!/\.m?js$/.test(file)) throw new TypeError("unknown kind of module");
    return this.module(this.options.compile(text, file, "module"), file);
  }

  module(code, file) {
    return new vm.SourceTextModule(code, {
      context: this.context,
      identifier: file,
      initializeImportMeta(meta) { meta.url = pathToFileURL(file).href; },
      importModuleDynamically: this.importer(file),
    });
  }

  /** Makes a module known by its file before it is linked, for modules that import themselves. */
  register(file, module) {
    this.#modules.set(`${file}\0`, module);
  }
}
