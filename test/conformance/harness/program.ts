import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ModuleFormat } from "../../../transformer/src/plan/plan.js";

export interface ProgramFile {
  readonly name: string;
  readonly code: string;
}

/** One small program of the differential suite; the first file is where it starts. */
export interface Program {
  readonly title: string;
  readonly format: ModuleFormat;
  readonly files: readonly ProgramFile[];
  /** The spans of a traced run, as `spanTree()` in realm/sdk.mjs prints them; undefined where the program does not say. */
  readonly spans: string | undefined;
}

const directory = fileURLToPath(new URL("../programs/", import.meta.url));

/** Names of the files under programs/, one for each group of rules. */
export function programFiles(): readonly string[] {
  return readdirSync(directory).filter((name) => /\.[jt]s$/.test(name)).sort();
}

/**
 * Reads the programs of one file. A line `//# title` begins a program; lines `//: …` right below it say more:
 * `//: module` or `//: commonjs` (a script otherwise; TypeScript is a module), `//: spans f[g h!]`;
 * `//: file name` begins a further file of the same program.
 */
export function readPrograms(file: string): readonly Program[] {
  const extension = file.endsWith(".ts") ? ".ts" : ".js";
  const [, ...parts] = readFileSync(`${directory}${file}`, "utf8").split(/^\/\/# /m);
  return parts.map((part) => parseProgram(part, extension));
}

function parseProgram(text: string, extension: string): Program {
  const end = text.indexOf("\n");
  const title = text.slice(0, end).trim();
  let format: ModuleFormat = extension === ".ts" ? "module" : "script";
  let spans: string | undefined;
  const [first = "", ...others] = text.slice(end + 1).split(/^\/\/: file /m);
  const main = first.replace(/^\/\/: (.*)\n/gm, (_, directive: string) => {
    if (directive === "module" || directive === "commonjs" || directive === "script") format = directive;
    else if (directive.startsWith("spans")) spans = directive.slice("spans".length).trim();
    else throw new Error(`${title}: unknown directive ${directive}`);
    return "";
  });
  const suffix = extension === ".ts" ? ".ts" : { module: ".mjs", commonjs: ".cjs", script: ".js" }[format];
  const files = others.map((other) => ({ name: other.slice(0, other.indexOf("\n")).trim(), code: other.slice(other.indexOf("\n") + 1) }));
  return { title, format, spans, files: [{ name: `main${suffix}`, code: main }, ...files] };
}
