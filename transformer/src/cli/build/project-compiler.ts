import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { HOST_CODES } from "../../host/codes.js";
import { explainVersion } from "../../host/typescript-version.js";

/** What a run of the compiler printed, and its exit code. */
export interface CompilerRun {
  readonly code: number;
  readonly output: string;
}

/** The settings of a project as the compiler understands them: with what it extends, and all files named. */
export interface ResolvedSettings {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  readonly files?: readonly string[];
  readonly references?: readonly unknown[];
}

/** The project cannot be built at all; the compiler has said why. */
export class CompilerFailure extends Error {
  override readonly name = "CompilerFailure";
  readonly run: CompilerRun;

  constructor(run: CompilerRun) {
    super(run.output.trim());
    this.run = run;
  }
}

/** The project's own `tsc`, of any version from 5.4 on. */
export class ProjectCompiler {
  readonly version: string;
  readonly #tsc: string;
  readonly #directory: string;

  /**
   * @param directory of the tsconfig, absolute
   * @throws Error where there is no TypeScript, or one that is too old
   */
  constructor(directory: string) {
    this.#directory = directory;
    let manifest: string;
    try {
      manifest = createRequire(join(directory, "package.json")).resolve("typescript/package.json");
    } catch (error) {
      const message = `${HOST_CODES.compilerVersion} TypeScript cannot be found from ${directory}. Install it: npm install --save-dev typescript`;
      throw new Error(message, { cause: error });
    }
    const { version, bin } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string; bin: { tsc: string } };
    this.version = version;
    const unsupported = this.major < 7 ? explainVersion(version) : undefined;
    if (unsupported !== undefined) throw new Error(`${HOST_CODES.compilerVersion} ${unsupported}`);
    this.#tsc = resolve(dirname(manifest), bin.tsc);
  }

  get major(): number {
    return Number.parseInt(this.version, 10);
  }

  /**
   * Runs it; what it prints is collected, and given to `print` as it comes.
   *
   * @throws Error where it was ended by a signal
   */
  run(args: readonly string[], print?: (text: string) => void): Promise<CompilerRun> {
    const child = spawn(process.execPath, [this.#tsc, ...args], { cwd: this.#directory, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        print?.(text);
      });
    }
    return new Promise((done, fail) => {
      child.on("error", fail).on("close", (code, signal) => {
        if (code === null) fail(new Error(`The compiler was ended by ${signal ?? "the system"}.`));
        else done({ code, output });
      });
    });
  }

  /** @throws CompilerFailure where the tsconfig is wrong */
  async settings(tsconfig: string): Promise<ResolvedSettings> {
    const run = await this.run(["-p", tsconfig, "--showConfig"]);
    try {
      return JSON.parse(run.output) as ResolvedSettings;
    } catch {
      // What is no JSON is what the compiler has to say.
      throw new CompilerFailure({ code: run.code === 0 ? 1 : run.code, output: run.output });
    }
  }

  /**
   * All files of the program, also those that are only imported, absolute. Where the compiler refuses something of the
   * settings, such as a library of types that is not there, it lists and compiles them all the same.
   *
   * @throws CompilerFailure where there is no program
   */
  async files(tsconfig: string): Promise<readonly string[]> {
    const run = await this.run(["-p", tsconfig, "--listFilesOnly"]);
    const lines = run.output.split(/\r?\n/).filter((line) => line !== "");
    if (run.code === 0) return lines.map((line) => resolve(this.#directory, line));
    // What was asked for follows on what is wrong.
    const files = lines.filter((line) => isAbsolute(line) && existsSync(line));
    if (files.length === 0) throw new CompilerFailure(run);
    return files;
  }
}
