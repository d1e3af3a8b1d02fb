import { isAbsolute, join } from "node:path";
import { fileMatcher } from "../../config/compile.js";
import { loadConfigFile } from "../../config/load.js";
import type { LoadedConfig } from "../../config/load.js";
import { validateConfig } from "../../config/validate.js";
import { CODES } from "../../plan/diagnostics.js";
import { relativePath } from "../../plan/file-path.js";
import { mayHaveWork } from "../../plan/may-have-work.js";
import type { Diagnostic, ModuleFormat } from "../../plan/plan.js";
import { createSelectionReport } from "../../plan/selection-report.js";
import { transform } from "../../transform.js";
import type { TransformOptions, TransformResult } from "../../transform.js";
import { PackageTypes } from "../package-types.js";
import { withoutAdded } from "../sourceless-map.js";
import { isOfTracing } from "../tracing-packages.js";
import { directoryOf, locateConfig } from "./config-place.js";
import { explainOptions } from "./explain-options.js";
import { codeModule, isInstalled } from "./module-id.js";
import type { CodeModule } from "./module-id.js";
import type { BundlerOptions } from "./options.js";

/** What a host takes plain JavaScript for that neither its package nor its text calls a module or CommonJS. */
export type NeutralFormat = Exclude<ModuleFormat, "script">;

/** The part of a bundler's build that is about us: the config, kept up to date, and what was done with it. */
export class BundlerProject {
  readonly #options: BundlerOptions;
  readonly #directory: string;
  readonly #neutral: NeutralFormat;
  readonly #types = new PackageTypes();
  /** Each file that was looked at, with the selectors that picked something in it. */
  readonly #seen = new Map<string, readonly number[]>();
  #stamp: string | null = null;
  #loaded: LoadedConfig;
  #absent: string | null = null;

  /**
   * @param directory what the bundler works from, absolute
   */
  constructor(options: BundlerOptions, directory: string, neutral: NeutralFormat) {
    this.#options = options;
    this.#directory = directoryOf(options, directory);
    this.#neutral = neutral;
    this.#loaded = { config: {}, file: null, root: this.#directory, diagnostics: [], selectors: [] };
    this.refresh();
  }

  /** Reads the config again if it has changed; then nothing that was seen before counts. Costs a look at the file system. */
  refresh(): void {
    const { absent, file, inline, stamp } = locateConfig(this.#options, this.#directory);
    this.#absent = absent;
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    this.#seen.clear();
    if (file !== null) {
      this.#loaded = loadConfigFile(file);
    } else {
      const diagnostics = inline === null ? [] : checkOptions(inline, this.#options);
      const config = diagnostics.length > 0 ? {} : (inline ?? {});
      this.#loaded = { config, file: null, root: this.#directory, diagnostics, selectors: [] };
    }
  }

  /** The config file, where there is one: what was built with it is out of date when it changes. */
  get configFile(): string | null {
    return this.#loaded.file;
  }

  /** Where a config file would be found first, but is none: what was built is out of date when there is one. */
  get absentConfigFile(): string | null {
    return this.#absent;
  }

  /** The config as it was read last. */
  get loaded(): LoadedConfig {
    return this.#loaded;
  }

  /** What is wrong with the config. Not empty: nothing is traced. */
  get problems(): readonly Diagnostic[] {
    return this.#loaded.diagnostics;
  }

  /** The path of a diagnostic's file, absolute; as it stands where it is none. */
  fileOf({ file }: Diagnostic): string {
    return file === "" || isAbsolute(file) ? file : join(this.#loaded.root, file);
  }

  /** The code that a module is, or null where it is not ours to look at: of other people's packages those that a glob names. */
  codeOf(id: string): CodeModule | null {
    const found = codeModule(id);
    return found !== null && isInstalled(found.file) && !this.#namesInstalled(found.file) ? null : found;
  }

  /** Rewrites one module; null where there is certainly nothing to do, which costs next to nothing. */
  transform(code: string, { file, filename }: CodeModule, more: Pick<TransformOptions, "inputMap"> = {}): TransformResult | null {
    const { config, root, diagnostics } = this.#loaded;
    if (diagnostics.length > 0) return null;
    if (!mayHaveWork(code, filename, config, root) || isOfTracing(file)) {
      this.#seen.set(file, []);
      return null;
    }
    const options = { ...more, filename, config, root, ...this.#stated(file) };
    const result = transform(code, options);
    const isNeutral = result.diagnostics.some((diagnostic) => diagnostic.code === CODES.moduleSystemUnknown);
    const settled = isNeutral ? transform(code, { ...options, format: this.#neutral }) : result;
    this.#seen.set(file, settled.usedSelectors);
    // Vitest counts coverage by the map.
    return settled.map !== null && process.env["VITEST"] !== undefined
      ? { ...settled, map: withoutAdded(settled.map, settled.code, code) }
      : settled;
  }

  /** Whether a file was looked at since the config was read. */
  hasSeen(file: string): boolean {
    return this.#seen.has(file);
  }

  /** A warning for each selector that picked nothing in any of the files. */
  unusedSelectors(): readonly Diagnostic[] {
    if (this.#loaded.diagnostics.length > 0) return [];
    const report = createSelectionReport(this.#loaded);
    for (const [file, usedSelectors] of this.#seen) report.add({ usedSelectors }, file);
    return report.diagnostics();
  }

  /** Where plain JavaScript is a module by default, a package without `"type"` says nothing of its files. */
  #stated(file: string): { readonly format?: ModuleFormat } {
    const type = this.#types.formatOf(file);
    return type === undefined || (type === "commonjs" && this.#neutral === "module") ? {} : { format: type };
  }

  #namesInstalled(file: string): boolean {
    const { config, root } = this.#loaded;
    const { include = [], select = [] } = config;
    const globs = [...include, ...select.flatMap(({ files = [] }) => files)].filter((glob) => !glob.startsWith("!") && isInstalled(glob));
    return globs.length > 0 && fileMatcher(globs)(relativePath(file, root));
  }
}

function checkOptions(inline: object, options: BundlerOptions): readonly Diagnostic[] {
  const unreadable = explainOptions(options);
  if (unreadable !== null) return [unreadable];
  const place = { severity: "error" as const, file: "", line: 1, column: 1 };
  if (options.config !== undefined) {
    const message =
      `"config" names a config file, and the options of @errspan/transformer have ${Object.keys(inline).join(", ")} of their ` +
      "own. Keep one of them.";
    return [{ ...place, code: CODES.configUnknownKey, message }];
  }
  return validateConfig(inline, ["config", "root"]).map(({ ofKey, message }) => ({
    ...place,
    code: ofKey ? CODES.configUnknownKey : CODES.configWrongValue,
    message: `In the options of @errspan/transformer: ${message}`,
  }));
}
