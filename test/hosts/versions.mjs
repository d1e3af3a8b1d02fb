#!/usr/bin/env node
// Installs versions of each host in an empty directory, builds and runs a fixture's program with it, and compares the spans.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { run } from "../command.ts";
import { pack } from "../packages/registry.ts";
import { hosts } from "./versions/hosts.mjs";
import { chosen, difference, exitCode, installProblem, table } from "./versions/report.ts";

const HELP = `node test/hosts/versions.mjs [options]

Installs our packages, packed, beside one version of one host after another, by npm from its registry, builds and runs
a program of fixtures/ with it, and compares the spans with those that the tests of that host expect.

  --only LIST   some hosts, or other versions: vite,jest or vite@8.0.0
  --list        what would be tried, and nothing more
  --keep        leaves the directories, and says where they are
  --help

Prints a table, in Markdown. The exit code is 1 where a version differs or fails, 3 where one only could not be
installed, 2 for wrong arguments. About 20 s a version.
`;

/** Minutes after which a step is ended. */
const limits = { install: 8, step: 4 };

const repository = fileURLToPath(new URL("../../", import.meta.url));
const packages = ["@errspan/runtime", "@errspan/transformer"];
/** What every traced program needs. */
const always = ["@opentelemetry/api", "@opentelemetry/sdk-trace-node"];

function readArguments() {
  const flag = { type: "boolean", default: false };
  try {
    const { values } = parseArgs({ options: { only: { type: "string" }, list: flag, keep: flag, help: flag } });
    return { ...values, trials: chosen(hosts, values.only) };
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
const quoted = (word) => `"${word}"`;

/** The same Node as this script's, also where a system has another one in its path. */
const environment = { PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ""}` };
const interrupted = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => interrupted.abort());

/** A command of one trial; ended when it takes too long. */
async function step(kind, command, cwd, variables = {}) {
  const late = AbortSignal.timeout(limits[kind] * 60_000);
  const outcome = await run(command, cwd, { ...environment, ...variables }, AbortSignal.any([late, interrupted.signal]));
  if (outcome.code === 0) return outcome;
  const told = late.aborted ? `ended after ${limits[kind]} min` : `exit code ${outcome.code}`;
  return { ...outcome, problem: [`${told}: ${command}`, ...`${outcome.stderr}\n${outcome.stdout}`.split("\n").filter((line) => line.trim() !== "").slice(0, 20)].join("\n") };
}

/** The fixture's files, with nothing of what it had installed or built. */
function copyProgram({ fixtures, lent = [], files = () => ({}) }, version, directory) {
  const whole = (source) => !/[\\/](?:node_modules|dist|coverage|\.jest-cache)$/.test(source);
  for (const fixture of fixtures.toReversed()) cpSync(path.join(repository, "fixtures", fixture), directory, { recursive: true, filter: whole });
  for (const file of lent) cpSync(path.join(repository, "fixtures", file), path.join(directory, file.slice(file.indexOf("/") + 1)));
  for (const [name, text] of Object.entries(files(version))) writeFileSync(path.join(directory, name), text);
}

/** Each package with the range that the fixtures or this repository have it in, where it comes without one. */
function withRange(name, { fixtures }) {
  if (name.includes("@", 1)) return name;
  const manifests = [...fixtures.map((fixture) => path.join("fixtures", fixture, "package.json")), "package.json"];
  const [range] = manifests.flatMap((manifest) => readJson(path.join(repository, manifest)).devDependencies?.[name] ?? []);
  return `${name}@${range}`;
}

/** One version of one host, in a directory of its own. */
async function tried(host, asked, directory, tarballs) {
  const trial = { host: host.name, version: asked };
  copyProgram(host, asked, directory);
  const manifest = path.join(directory, "package.json");
  const own = readFileSync(manifest);
  const { name, type } = JSON.parse(own);
  writeFileSync(manifest, JSON.stringify({ name, type, private: true, allowScripts: { bun: true, esbuild: true } }));
  const wanted = [...tarballs.map((tarball) => tarball.path), `${host.package}@${asked}`, ...[...host.beside(asked), ...always].map((each) => withRange(each, host))];
  const installed = await step("install", `npm install --no-audit --no-fund --loglevel=error ${wanted.map(quoted).join(" ")}`, directory);
  if (installed.problem !== undefined) return { ...trial, verdict: "not installed", why: installProblem(installed.stderr) || installed.problem };
  // Steps of a host see what its tests see: `errspan init` looks at what a project has.
  writeFileSync(manifest, own);
  trial.version = readJson(path.join(directory, "node_modules", host.package, "package.json")).version;
  let before;
  for (const { command, variables = {}, read, expected } of host.steps) {
    const outcome = await step("step", command, directory, variables);
    if (outcome.problem !== undefined) return { ...trial, verdict: "fails", why: outcome.problem };
    const differs = read === undefined ? "" : difference(expected(before), read(outcome));
    if (differs !== "") return { ...trial, verdict: "differs", why: differs };
    before = outcome;
  }
  return { ...trial, verdict: "same", why: "" };
}

const { trials, list, keep, help } = readArguments();
if (help) {
  console.log(HELP);
  process.exit();
}
if (list) {
  for (const [host, version] of trials) console.log(`${host.id} ${host.package}@${version}`);
  process.exit();
}

const temporary = mkdtempSync(path.join(os.tmpdir(), "errspan-versions-"));
const outcomes = [];
try {
  const tarballs = [];
  for (const name of packages) tarballs.push(await pack(temporary, name));
  for (const [host, version] of trials) {
    if (interrupted.signal.aborted) break;
    const directory = path.join(temporary, `${host.id} ${version}`);
    mkdirSync(directory);
    const start = performance.now();
    const trial = await tried(host, version, directory, tarballs);
    if (interrupted.signal.aborted) break;
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    console.error([`${trial.host} ${trial.version}: ${trial.verdict} (${seconds} s)`, ...(trial.why === "" ? [] : trial.why.split("\n"))].join("\n    "));
    if (keep) console.error(`    ${directory}`);
    else rmSync(directory, { recursive: true, force: true });
    outcomes.push(trial);
  }
} finally {
  if (!keep) rmSync(temporary, { recursive: true, force: true });
}
console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}\n\n${table(outcomes)}`);
process.exitCode = interrupted.signal.aborted ? 130 : exitCode(outcomes);
