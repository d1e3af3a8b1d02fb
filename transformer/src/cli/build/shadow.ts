import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isAlive } from "../atomic-write.js";
import type { ResolvedSettings } from "./project-compiler.js";

/** What a copy must not do, or must do in another way. */
const OTHERWISE: Readonly<Record<string, unknown>> = {
  noEmit: false,
  noEmitOnError: false,
  emitDeclarationOnly: false,
  declaration: false,
  declarationMap: false,
  composite: false,
  incremental: false,
  isolatedDeclarations: false,
  inlineSourceMap: false,
  inlineSources: false,
  sourceMap: true,
};

/** Options that only make sense in the real place. */
const LEFT_OUT: ReadonlySet<string> = new Set(["declarationDir", "mapRoot", "sourceRoot", "tsBuildInfoFile", "outDir", "rootDir", "plugins"]);

/** Copies of runs that were killed. */
function removeLeftOver(top: string, own: string): void {
  for (const name of readdirSync(top)) {
    const [, pid] = /^\.errspan-build-(\d+)-/.exec(name) ?? [];
    const path = join(top, name);
    if (pid !== undefined && path !== own && !isAlive(Number(pid))) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * A copy of a project's sources, laid out as they are, for the compiler to make JavaScript of: some of them rewritten.
 * It stands in the directory that holds them all, where packages are found as before, and is removed when disposed of.
 */
export class Shadow implements Disposable {
  readonly #directory: string;
  readonly #top: string;

  constructor(top: string) {
    this.#top = top;
    this.#directory = mkdtempSync(join(top, `.errspan-build-${process.pid}-`));
    removeLeftOver(top, this.#directory);
  }

  /** Where the compiler writes to. */
  get outDir(): string {
    return join(this.#directory, "out");
  }

  /** Where a file of the project is in the copy. */
  placeOf(file: string): string {
    return join(this.#directory, "in", relative(this.#top, file));
  }

  /** @param text what stands in place of the file's own */
  add(file: string, text: string | undefined): void {
    const place = this.placeOf(file);
    mkdirSync(dirname(place), { recursive: true });
    if (text === undefined) copyFileSync(file, place);
    else writeFileSync(place, text);
  }

  /** Brings along what decides about modules on the way up from a directory: package.json and node_modules. */
  addSurroundings(directories: ReadonlySet<string>): void {
    const seen = new Set<string>();
    for (const start of directories) {
      for (let at = start; at.startsWith(this.#top) && !seen.has(at); at = dirname(at)) {
        seen.add(at);
        mkdirSync(this.placeOf(at), { recursive: true });
        const manifest = join(at, "package.json");
        if (existsSync(manifest)) copyFileSync(manifest, this.placeOf(manifest));
        const modules = join(at, "node_modules");
        if (at !== this.#top && existsSync(modules)) symlinkSync(modules, this.placeOf(modules), "junction");
      }
    }
  }

  /** @returns path of the copy's tsconfig */
  configure(tsconfig: string, { compilerOptions }: ResolvedSettings, files: readonly string[], canSkipChecks: boolean): string {
    const kept = Object.fromEntries(Object.entries(compilerOptions).filter(([name]) => !LEFT_OUT.has(name)));
    const place = this.placeOf(tsconfig);
    const settings = {
      compilerOptions: {
        ...kept,
        ...OTHERWISE,
        ...(canSkipChecks ? { noCheck: true } : {}),
        rootDir: this.placeOf(this.#top),
        outDir: this.outDir,
      },
      files: files.map((file) => this.placeOf(file)),
    };
    writeFileSync(place, JSON.stringify(settings, null, 2));
    return place;
  }

  [Symbol.dispose](): void {
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }
}
