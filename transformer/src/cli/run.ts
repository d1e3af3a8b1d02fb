import { readFileSync } from "node:fs";
import { didYouMean } from "../plan/suggestion.js";
import { build, BUILD_USAGE } from "./commands/build.js";
import { init, INIT_USAGE } from "./commands/init.js";
import { instrument, INSTRUMENT_USAGE } from "./commands/instrument.js";
import { list, LIST_USAGE } from "./commands/list.js";
import { EXIT, UsageError } from "./io.js";
import type { CommandIo, ExitCode } from "./io.js";

const USAGE = `errspan: traces functions that are marked @traced, or selected by errspan.config.json

  errspan init                 set up the project in the working directory
  errspan list [files]         what would be traced and why, and what would not be and why
  errspan instrument <files>   rewrite files, so that it is traced
  errspan build [-p tsconfig]  compile with the project's TypeScript, also version 7, so that it is traced
  errspan <command> --help     more on a command
  errspan --version

Exit codes: 0 all went well, 1 something is wrong with the code or the config, 2 the command was called wrongly,
3 init has something to write and was not told to.
`;

interface Command {
  readonly run: (args: readonly string[], io: CommandIo, version: () => string) => ExitCode | Promise<ExitCode>;
  readonly usage: string;
}

const COMMANDS = new Map<string, Command>([
  ["init", { run: init, usage: INIT_USAGE }],
  ["list", { run: list, usage: LIST_USAGE }],
  ["instrument", { run: instrument, usage: INSTRUMENT_USAGE }],
  ["build", { run: build, usage: BUILD_USAGE }],
]);

/** Node's own messages speak of arguments that begin with a dash, which nobody has in mind who mistypes an option. */
function explainArguments(error: Error, usage: string): string {
  const [, unknown] = /^Unknown option '(--?[\w-]+)'/.exec(error.message) ?? [];
  if (unknown !== undefined) {
    const known = new Set([...usage.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([name]) => name));
    return `Unknown option "${unknown}".${didYouMean(unknown, known)}`;
  }
  const [, option, what] = /^Option '(?:-\w, )?(--?[\w-]+)[^']*' (argument missing|argument is ambiguous|does not take an argument)/.exec(error.message) ?? [];
  if (option === undefined) return error.message;
  return `The option "${option}" ${what === "does not take an argument" ? "takes no" : "needs a"} value.`;
}

function unknownCommand(name: string, io: CommandIo): ExitCode {
  io.err.write(`errspan: There is no command "${name}".${didYouMean(name, COMMANDS.keys())}\n\n${USAGE}`);
  return EXIT.usage;
}

function isArgumentError(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
  );
}

/** Version of the package, read from beside the compiled files. */
export function packageVersion(packageFile: URL): string {
  const contents: unknown = JSON.parse(readFileSync(packageFile, "utf8"));
  return typeof contents === "object" && contents !== null && "version" in contents ? String(contents.version) : "unknown";
}

/**
 * Runs the command.
 *
 * @param args what stands behind the command's own name
 * @returns the exit code
 */
export async function run(args: readonly string[], io: CommandIo, version: () => string): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined) {
    io.err.write(USAGE);
    return EXIT.usage;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    const [topic] = rest;
    const help = topic === undefined ? USAGE : COMMANDS.get(topic)?.usage;
    if (topic !== undefined && help === undefined) return unknownCommand(topic, io);
    io.out.write(help ?? USAGE);
    return EXIT.ok;
  }
  if (name === "--version" || name === "-v") {
    io.out.write(`${version()}\n`);
    return EXIT.ok;
  }
  const command = COMMANDS.get(name);
  if (command === undefined) return unknownCommand(name, io);
  const options = rest.includes("--") ? rest.slice(0, rest.indexOf("--")) : rest;
  if (options.includes("--help") || options.includes("-h")) {
    io.out.write(command.usage);
    return EXIT.ok;
  }
  try {
    return await command.run(rest, io, version);
  } catch (error) {
    if (isArgumentError(error)) {
      io.err.write(`errspan ${name}: ${explainArguments(error, command.usage)}\n"errspan ${name} --help" tells how to call it.\n`);
      return EXIT.usage;
    }
    io.err.write(`errspan ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.problems;
  }
}
