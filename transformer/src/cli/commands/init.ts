import { lstatSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeAtomically } from "../atomic-write.js";
import { detect } from "../init/detect.js";
import { showDiff } from "../init/diff.js";
import type { Change } from "../init/draft.js";
import { executeCommand } from "../init/package-manager.js";
import { propose } from "../init/propose.js";
import type { Proposal } from "../init/propose.js";
import { EXIT, UsageError } from "../io.js";
import type { CommandIo, ExitCode } from "../io.js";
import { styleFor } from "../style.js";

export const INIT_USAGE = `errspan init [options]

Sets a project up: looks at its TypeScript, bundler, linter, package manager and commit hooks, shows what would change
as a diff, and writes it when you agree. Installs nothing: the commands for that are printed. Run again, it changes nothing.

  -y, --yes   write without asking
  --dry-run   show the changes, write nothing

Exit codes: 0 written, or nothing to do, or --dry-run; 3 there are changes and they were not written, because you said no,
or because nobody could be asked.

Examples:
  npx @errspan/transformer init          in a project that knows nothing of errspan yet
  errspan init --dry-run | less          look first
  errspan init --yes                     in a script
`;

/** Where to write: links are followed, so that they stay links. */
function targetOf(path: string): string {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? realpathSync(path) : path;
}

function write(root: string, changes: readonly Change[]): void {
  writeAtomically(
    changes.map(({ after, before, file }) => {
      const path = targetOf(join(root, file));
      return before === null ? { path, text: after } : { path, text: after, like: path };
    }),
  );
}

function printProposal({ byHand, changes, found, wayIn }: Proposal, io: CommandIo): void {
  const style = styleFor(io.out, io.env);
  io.out.write(`Found: ${found.join(", ")}.\nFunctions are traced ${style.bold(wayIn)}.\n`);
  for (const change of changes) io.out.write(`\n${showDiff(change, style)}`);
  for (const { lines, what } of byHand) {
    io.out.write(`\n${style.yellow("By hand:")} ${what}:\n\n${lines.replaceAll(/^(?=.)/gm, "    ")}\n`);
  }
}

function printRest({ hints, installs }: Proposal, surroundings: ReturnType<typeof detect>, io: CommandIo): void {
  const style = styleFor(io.out, io.env);
  if (installs.length > 0) io.out.write(`\nInstall what is missing:\n\n${installs.map((each) => `    ${style.bold(each)}\n`).join("")}`);
  const next = `Mark functions with /** @traced */ or select them in errspan.config.json; "${executeCommand(surroundings.packageManager, "errspan list")}" shows which are traced.`;
  io.out.write(`\n${[...hints, next].join("\n")}\n`);
}

/** `errspan init` */
export async function init(args: readonly string[], io: CommandIo, version: () => string): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { yes: { type: "boolean", short: "y" }, "dry-run": { type: "boolean" } },
  });
  if (positionals.length > 0) throw new UsageError("init takes no files: run it in the directory of the project.");
  if (values.yes && values["dry-run"]) throw new UsageError("--yes writes and --dry-run does not: choose one.");
  const surroundings = detect(io.cwd, io.env);
  const proposal = propose(surroundings, version());
  const { byHand, changes, installs } = proposal;
  if (changes.length === 0 && byHand.length === 0 && installs.length === 0) {
    io.out.write("Nothing to do: everything is set up.\n");
    return EXIT.ok;
  }
  printProposal(proposal, io);
  if (changes.length === 0) {
    io.out.write("\nNo file needs to change.\n");
    printRest(proposal, surroundings, io);
    return EXIT.ok;
  }
  if (values["dry-run"]) {
    printRest(proposal, surroundings, io);
    return EXIT.ok;
  }
  const count = `${changes.length} ${changes.length === 1 ? "file" : "files"}`;
  if (!values.yes) {
    if (io.confirm === null) {
      io.err.write(`\nerrspan init: ${count} would change, and nothing was written, for there is no terminal to ask. Use --yes.\n`);
      return EXIT.unwritten;
    }
    if (!(await io.confirm(`\nWrite these changes to ${count}? [y/N] `))) {
      io.err.write("Nothing was written.\n");
      return EXIT.unwritten;
    }
  }
  write(io.cwd, changes);
  io.out.write(`\nWrote ${changes.map(({ file }) => file).join(", ")}.\n`);
  printRest(proposal, surroundings, io);
  return EXIT.ok;
}
