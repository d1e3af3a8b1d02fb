import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import type { UnpluginOptions } from "unplugin";
import type { Diagnostic } from "../../plan/plan.js";
import { explainMissingRuntime, RuntimeLookup } from "../runtime-lookup.js";
import { bySeverity, placed } from "./message.js";
import type { BundlerOptions } from "./options.js";
import { BundlerProject } from "./project.js";

type CodeLoader = "js" | "jsx" | "ts" | "tsx";

const LOADERS: Readonly<Record<string, CodeLoader>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".jsx": "jsx",
  ".js": "jsx",
  ".mjs": "js",
  ".cjs": "js",
};

interface Loaded {
  readonly contents: string;
  readonly loader: CodeLoader;
}

/** Of what Bun gives to a plugin, what is needed here. Where a program runs, rather than is built, there is no start. */
interface Builder {
  onStart?(callback: () => void): unknown;
  onEnd?(callback: (result: { readonly success?: boolean }) => void): unknown;
  onLoad(
    constraints: { readonly filter: RegExp; readonly namespace?: string },
    callback: (file: { readonly path: string }) => Promise<Loaded | undefined>,
  ): unknown;
}

/** One build with Bun. */
class BunBuild {
  readonly #project: BundlerProject;
  readonly #runtime = new RuntimeLookup();
  readonly #directory: string;

  constructor(options: BundlerOptions) {
    this.#directory = process.cwd();
    this.#project = new BundlerProject(options, this.#directory, "module");
  }

  start(): void {
    this.#project.refresh();
    this.#fail(this.#project.problems);
  }

  /** Nothing for a file that has nothing to trace: other plugins, or Bun itself, then load it. */
  async load(path: string): Promise<Loaded | undefined> {
    const module = this.#project.codeOf(resolve(path));
    const result = module === null ? null : this.#project.transform(await readFile(module.file, "utf8"), module);
    if (module === null || result === null) return undefined;
    const { errors, warnings } = bySeverity(result.diagnostics);
    this.#warn(warnings);
    this.#fail(errors);
    if (result.map === null) return undefined;
    if (!this.#runtime.isThere(module.file)) this.#fail([explainMissingRuntime(module.file, this.#directory)]);
    // Bun takes no map; lines are where they were.
    return { contents: result.code, loader: LOADERS[extname(path)] ?? "js" };
  }

  end(): void {
    this.#warn(this.#project.unusedSelectors());
  }

  #warn(warnings: readonly Diagnostic[]): void {
    for (const warning of warnings) console.warn(`[errspan] ${placed(warning, this.#project)}`);
  }

  #fail(errors: readonly Diagnostic[]): void {
    if (errors.length > 0) throw new Error(errors.map((error) => placed(error, this.#project)).join("\n"));
  }
}

/**
 * For Bun, with its own hooks: what unplugin makes of `transform` there loads every file, also where nothing is to be
 * traced, and takes away what Bun knows of it.
 */
export function bunPlugin(options: BundlerOptions): UnpluginOptions {
  return {
    name: "errspan",
    bun: {
      setup(build: Builder) {
        const run = new BunBuild(options);
        if (build.onStart === undefined) {
          // Where a program runs, Bun takes CommonJS that a plugin hands out for ES modules, and leaves no file to others.
          throw new Error("@errspan/transformer/bun is a plugin for Bun.build. Build the program with it, and run what was built.");
        }
        build.onStart(() => {
          run.start();
        });
        build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: "file" }, ({ path }) => run.load(path));
        build.onEnd?.(({ success }) => {
          if (success !== false) run.end();
        });
      },
    },
  };
}
