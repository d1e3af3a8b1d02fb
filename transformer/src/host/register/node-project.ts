import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { dataUrl, findAttachedMap, withReference } from "../../cli/source-map-files.js";
import type { ErrspanConfig } from "../../config/config.js";
import { loadConfig, loadConfigFile, type LoadedConfig } from "../../config/load.js";
import { mayHaveWork } from "../../plan/may-have-work.js";
import type { Diagnostic, ModuleFormat } from "../../plan/plan.js";
import { transform } from "../../transform.js";
import { HOST_CODES } from "../codes.js";
import { PackageTypes } from "../package-types.js";
import { explainMissingRuntime, RuntimeLookup } from "../runtime-lookup.js";
import { isOfTracing } from "../tracing-packages.js";
import { INSTALLED, OwnFiles } from "./own-files.js";
import type { Surroundings } from "./surroundings.js";

/**
 * The config of a program that Node loads: the file that is named, or else the first that is found from the working
 * directory upwards, or else from the program's file: services are often started from `/`.
 */
export function findConfig({ cwd, entry, configPath }: Surroundings): LoadedConfig {
  if (configPath !== undefined && configPath !== "") return loadConfigFile(resolve(cwd, configPath));
  const found = loadConfig(cwd);
  if (found.file !== null || entry === undefined) return found;
  const besides = loadConfig(dirname(resolve(cwd, entry)));
  return besides.file === null ? found : besides;
}

/** A file that was rewritten, and what it was. */
export interface RewrittenFile {
  readonly original: string;
  /** With its source map at its end. */
  readonly code: string;
}

/** What rewrites the files of a program, for the hook that loads them. */
export interface Rewriter {
  ownFile(url: string): string | null;
  rewriteFile(file: string, stated: string | null | undefined): RewrittenFile | null;
  rewriteText(text: string, file: string, stated: string | null | undefined): string | null;
}

/** Rewrites the files of a program as Node loads them. */
export class NodeProject implements Rewriter {
  readonly #config: ErrspanConfig;
  readonly #root: string;
  readonly #report: (diagnostic: Diagnostic) => void;
  readonly #files: OwnFiles;
  readonly #types = new PackageTypes();
  readonly #runtime = new RuntimeLookup();
  readonly #reported = new Set<string>();

  /** @param report told of everything the user must know, once */
  constructor({ config, root }: LoadedConfig, report: (diagnostic: Diagnostic) => void) {
    this.#config = config;
    this.#root = root;
    this.#report = report;
    const globs = [...(config.include ?? []), ...(config.select ?? []).flatMap(({ files }) => files ?? [])];
    this.#files = new OwnFiles(root, globs.some((glob) => glob.includes(INSTALLED)));
  }

  ownFile(url: string): string | null {
    return this.#files.pathOf(url);
  }

  /**
   * Rewrites a file as it is on the disk.
   *
   * @param stated the format that Node gives it, which may be none before it is read
   * @returns null where the file is to be loaded as it is
   */
  rewriteFile(file: string, stated: string | null | undefined): RewrittenFile | null {
    return this.#failingOpen(file, () => {
      const original = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
      const code = this.#rewrite(original, file, stated);
      return code === null ? null : { original, code };
    });
  }

  /** Rewrites what another hook made of a file; null where it is to be loaded as it is. */
  rewriteText(text: string, file: string, stated: string | null | undefined): string | null {
    return this.#failingOpen(file, () => this.#rewrite(text, file, stated));
  }

  #rewrite(text: string, file: string, stated: string | null | undefined): string | null {
    if (!mayHaveWork(text, file, this.#config, this.#root) || isOfTracing(file)) return null;
    const format = this.#formatOf(file, stated);
    if (format === undefined) return null;
    const attached = findAttachedMap(text, file);
    const result = transform(text, {
      filename: file,
      config: this.#config,
      root: this.#root,
      format,
      ...(attached.json === undefined ? {} : { inputMap: attached.json }),
    });
    for (const diagnostic of result.diagnostics) if (diagnostic.severity !== "info") this.#tell(diagnostic);
    if (result.map === null) return null;
    if (!this.#runtime.isThere(file)) {
      this.#tell(explainMissingRuntime("", this.#root));
      return null;
    }
    return withReference(result.code, findAttachedMap(result.code, file).reference, dataUrl(result.map));
  }

  /** Undefined for what is no JavaScript. Without a word from Node, a file without module syntax is CommonJS. */
  #formatOf(file: string, stated: string | null | undefined): ModuleFormat | undefined {
    switch (stated) {
      case "module":
      case "module-typescript":
        return "module";
      case "commonjs":
      case "commonjs-typescript":
        return "commonjs";
      case null:
      case undefined:
        if (/\.m[jt]s$/i.test(file)) return "module";
        if (/\.c[jt]s$/i.test(file)) return "commonjs";
        // TypeScript goes by the package as plain JavaScript does.
        return this.#types.formatOf(join(dirname(file), "index.js"));
      default:
        return undefined;
    }
  }

  #failingOpen<T>(file: string, rewrite: () => T | null): T | null {
    try {
      return rewrite();
    } catch (error) {
      const message = `The file is loaded as it is, because it could not be rewritten: ${String(error)}`;
      this.#tell({ code: HOST_CODES.fileFailed, severity: "warning", message, file, line: 1, column: 1 });
      return null;
    }
  }

  #tell(diagnostic: Diagnostic): void {
    const { code, file, line, column, message } = diagnostic;
    const key = [code, file, line, column, message].join("\0");
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#report(diagnostic);
  }
}
