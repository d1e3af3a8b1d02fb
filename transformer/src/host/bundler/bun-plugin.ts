import { readFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { Diagnostic } from "../../plan/plan.js";
import { explainMissingRuntime, RuntimeLookup } from "../runtime-lookup.js";
import { DeferredProject } from "./deferred-project.js";
import { bySeverity, placed } from "./message.js";
import type { BundlerOptions } from "./options.js";
import type { BundlerProject } from "./project.js";

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
  onStart?(callback: () => Promise<void>): unknown;
  onEnd?(callback: (result: { readonly success?: boolean }) => void): unknown;
  onLoad(
    constraints: { readonly filter: RegExp; readonly namespace?: string },
    callback: (file: { readonly path: string }) => Promise<Loaded | undefined>,
  ): unknown;
}

/** One build with Bun. */
class BunBuild {
  readonly #project: DeferredProject;
  readonly #runtime = new RuntimeLookup();
  readonly #directory: string;

  constructor(options: BundlerOptions) {
    this.#directory = process.cwd();
    this.#project = new DeferredProject(options, this.#directory, "module");
  }

  async start(): Promise<void> {
    this.#project.refresh();
    if (this.#project.goesByMarkers) return;
    const project = await this.#project.open();
    fail(project.problems, project);
  }

  /** Nothing for a file that has nothing to trace: other plugins, or Bun itself, then load it. */
  async load(path: string): Promise<Loaded | undefined> {
    const file = resolve(path);
    if (this.#project.codeOf(file) === null) return undefined;
    const code = readFileSync(file, "utf8");
    if (!this.#project.mayConcern(code)) return undefined;
    const project = await this.#project.open();
    const module = project.codeOf(file);
    const result = module === null ? null : project.transform(code, module);
    if (module === null || result === null) return undefined;
    const { errors, warnings } = bySeverity(result.diagnostics);
    warn(warnings, project);
    fail(errors, project);
    if (result.map === null) return undefined;
    if (!this.#runtime.isThere(module.file)) fail([explainMissingRuntime(module.file, this.#directory)], project);
    // Bun takes no map; lines are where they were.
    return { contents: result.code, loader: LOADERS[extname(path)] ?? "js" };
  }

  end(): void {
    const project = this.#project.opened;
    if (project !== null) warn(project.unusedSelectors(), project);
  }
}

function warn(warnings: readonly Diagnostic[], project: BundlerProject): void {
  for (const warning of warnings) console.warn(`[errspan] ${placed(warning, project)}`);
}

function fail(errors: readonly Diagnostic[], project: BundlerProject): void {
  if (errors.length > 0) throw new Error(errors.map((error) => placed(error, project)).join("\n"));
}

/** A plugin as Bun takes it, in the words of `BunPlugin`. */
export interface BunPlugin {
  readonly name: string;
  setup(build: never): void | Promise<void>;
}

/**
 * For Bun, with its own hooks: what unplugin makes of `transform` there loads every file, also where nothing is to be
 * traced, and takes away what Bun knows of it.
 */
export function bunPlugin(options: BundlerOptions = {}): BunPlugin {
  return {
    name: "errspan",
    setup(build: Builder) {
      const run = new BunBuild(options);
      if (build.onStart === undefined) {
        // Where a program runs, Bun takes CommonJS that a plugin hands out for ES modules, and leaves no file to others.
        throw new Error("@errspan/transformer/bun is a plugin for Bun.build. Build the program with it, and run what was built.");
      }
      build.onStart(() => run.start());
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: "file" }, ({ path }) => run.load(path));
      build.onEnd?.(({ success }) => {
        if (success !== false) run.end();
      });
    },
  };
}
