import { watch } from "node:fs";
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { basename, dirname, join, sep } from "node:path";
import { SIGNALS, type InterruptedCode } from "../interruption.js";
import type { CommandIo } from "../io.js";
import { hasErrors } from "../report.js";
import type { BuildResult } from "./build-project.js";

/** What a watch needs to know. */
export interface Watch {
  readonly tsconfig: string;
  readonly build: () => Promise<BuildResult>;
  readonly configFile: () => string | null;
  readonly io: CommandIo;
}

/** How long files may go on changing before they are built: editors and git write several at once. */
const SETTLING = 100;

/**
 * Builds a project, and again whenever a file of it, its tsconfig or its config changes, until a signal ends the process.
 */
export async function watchProject({ tsconfig, build, configFile, io }: Watch): Promise<InterruptedCode> {
  const say = (text: string): void => {
    io.out.write(`[${new Date().toLocaleTimeString()}] ${text}\n\n`);
  };
  const stop = new AbortController();
  const stopped = Promise.race(
    (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]).map((signal) =>
      once(process, signal, { signal: stop.signal }).then(() => SIGNALS[signal]),
    ),
  );
  let changed: () => void = () => undefined;
  let relevant: ReadonlySet<string> = new Set();
  const watching = new Map<string, ReturnType<typeof watch>>();
  const look = (directory: string): void => {
    if (watching.has(directory)) return;
    watching.set(
      directory,
      watch(directory, { recursive: true }, (_, name) => {
        if (name === null || isRelevant(join(directory, name), relevant)) changed();
      }),
    );
  };
  look(dirname(tsconfig));
  say("Starting compilation in watch mode...");
  try {
    for (;;) {
      const round = Promise.withResolvers<null>();
      changed = () => {
        round.resolve(null);
      };
      const built = await build().catch(async (error: unknown) => {
        // ^C ends the compiler, too.
        const ended = await Promise.race([stopped, setImmediate(null)]);
        if (ended === null) throw error;
        return ended;
      });
      if (typeof built === "number") return built;
      const { code, diagnostics, sources } = built;
      relevant = new Set(sources);
      const config = configFile();
      if (config !== null) look(dirname(config));
      for (const source of sources) if (![...watching.keys()].some((directory) => source.startsWith(directory + sep))) look(dirname(source));
      say(`${code === 0 && !hasErrors(diagnostics) ? "Found 0 errors." : "Found errors."} Watching for file changes.`);
      const ended = await Promise.race([round.promise, stopped]);
      if (ended !== null) return ended;
      await new Promise((settled) => setTimeout(settled, SETTLING));
      say("File change detected. Starting incremental compilation...");
    }
  } finally {
    stop.abort();
    for (const watcher of watching.values()) watcher.close();
  }
}

/** A file of the program, or one that may become one of it; not what is written by a build. */
function isRelevant(path: string, sources: ReadonlySet<string>): boolean {
  if (sources.has(path)) return true;
  if (/[\\/](?:node_modules|\.[^\\/]+)[\\/]/.test(path)) return false;
  return /(?<!\.d)\.[cm]?tsx?$/.test(path) || /^(?:tsconfig.*|errspan\.config|package)\.json$/.test(basename(path));
}
