import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig, loadConfigFile, parseConfig } from "../../src/config/load.js";

const said = (text: string): string[] =>
  parseConfig(text, "errspan.config.json").diagnostics.map(
    ({ line, column, code, message }) => `${line}:${column} ${code} ${message}`,
  );

describe("a config that is not JSON", () => {
  it.each([
    ["a trailing comma", '{\n  "select": [],\n}', '2:15 ERRSPAN3002 Not valid JSON: JSON allows no comma before "}". Remove it.'],
    ["a comment", '{ // all\n}', "1:3 ERRSPAN3002 Not valid JSON: JSON has no comments. Remove it."],
    ["single quotes", "{ 'select': [] }", '1:3 ERRSPAN3002 Not valid JSON: Expected a key in double quotes, or "}". JSON texts stand in double quotes.'],
    ["a key without quotes", "{ select: [] }", '1:3 ERRSPAN3002 Not valid JSON: Expected a key in double quotes, or "}", found "s".'],
    ["a missing comma", '{ "include": []\n  "exclude": [] }', '2:3 ERRSPAN3002 Not valid JSON: Expected "," or "}", found "\\"".'],
    ["an end that is missing", '{ "select": [', "1:14 ERRSPAN3002 Not valid JSON: The file ends where a value was expected. Is it complete?"],
    ["nothing at all", "", "1:1 ERRSPAN3002 Not valid JSON: The file ends where a value was expected. Is it complete?"],
    ["a word", '{ "select": undefined }', '1:13 ERRSPAN3002 Not valid JSON: "undefined" is not a JSON value. Texts stand in double quotes.'],
    ["the same key twice", '{ "select": [],\n  "select": [] }', '2:3 ERRSPAN3002 Not valid JSON: The key "select" is given twice. Keep one.'],
    ["more behind its end", "{} {}", "1:4 ERRSPAN3002 Not valid JSON: The file goes on behind the end of its one value. Remove what follows."],
    ["a text over two lines", '{ "include": ["src\n"] }', "1:15 ERRSPAN3002 Not valid JSON: This text is not closed on its line, or holds a character or an escape that JSON does not know."],
    ["a merge conflict", '{\n<<<<<<< HEAD\n}', '2:1 ERRSPAN3002 Not valid JSON: Expected a key in double quotes, or "}", found "<".'],
  ])("says where: %s", (_, text, message) => {
    expect(said(text)).toEqual([message]);
  });

  it("is refused exactly where JSON.parse refuses it, doubled keys aside", () => {
    const json = fc.oneof(fc.json(), fc.json().chain((text) => fc.nat(text.length).map((at) => text.slice(0, at))), fc.string());
    fc.assert(
      fc.property(json, (text) => {
        const problems = parseConfig(text, "f").diagnostics.filter(({ code }) => code === "ERRSPAN3002");
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (problems.some(({ message }) => message.includes("twice") || message.includes("levels"))) return;
        expect(problems.length === 0).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });

  it("may be nested as deep as it likes without harm", () => {
    expect(said("[".repeat(100_000))).toEqual([
      "1:66 ERRSPAN3002 Not valid JSON: Nothing in a config is nested 64 levels deep.",
    ]);
  });
});

describe("a config with a mistake", () => {
  it.each([
    [
      "a misspelt key",
      '{ "select": [\n  { "file": ["src/**"] }\n] }',
      '2:5 ERRSPAN3003 Unknown key "file" in select[0]. Did you mean "files"?',
    ],
    ["a key nobody can guess", '{ "spans": {} }', '1:3 ERRSPAN3003 Unknown key "spans". Known keys are $schema, select, include, exclude.'],
    [
      "a misspelt value",
      '{ "select": [{ "functions": "export" }] }',
      '1:29 ERRSPAN3004 select[0].functions must be one of "all", "exported", "methods", but is "export". Did you mean "exported"?',
    ],
    ["a glob without its array", '{ "include": "src/**" }', '1:14 ERRSPAN3004 include must be an array of texts, but is "src/**".'],
    [
      "a number as a glob",
      '{ "select": [{ "files": ["a", 1] }] }',
      "1:31 ERRSPAN3004 select[0].files[1] must be a text, but is 1.",
    ],
    ["a list that would match nothing", '{ "select": [{ "names": [] }] }', "1:25 ERRSPAN3004 select[0].names must not be empty: it would match nothing. Remove it to match everything."],
    ["an array", "[]", "1:1 ERRSPAN3004 The config must be an object, but is an array."],
    [
      "a span kind in capitals",
      '{ "select": [{ "options": { "kind": "SERVER" } }] }',
      '1:37 ERRSPAN3004 select[0].options.kind must be one of "internal", "server", "client", "producer", "consumer", but is "SERVER". Did you mean "server"?',
    ],
    [
      "an attribute that OpenTelemetry does not take",
      '{ "select": [{ "options": { "attributes": { "team.name": null } } }] }',
      '1:58 ERRSPAN3004 select[0].options.attributes["team.name"] must be a text, or a number, or true or false, or an array of texts, or an array of numbers, or an array of true or false, but is null.',
    ],
    [
      "arguments by a word",
      '{ "select": [{ "options": { "args": "every" } }] }',
      '1:37 ERRSPAN3004 select[0].options.args must be "all", or an array of texts, but is "every".',
    ],
    [
      "a field that is no expression",
      '{ "select": [{ "options": { "fields": { "order.id": "order." } } }] }',
      '1:53 ERRSPAN3004 select[0].options.fields["order.id"] must be an expression over the parameters, but "order." is none.',
    ],
    [
      "half of a pair of braces in a glob",
      '{ "include": ["src/**", "{lib,test/**"] }',
      '1:25 ERRSPAN3004 include[1], "{lib,test/**", has a "{" without its "}". For the character itself write "\\{", which is "\\\\{" in JSON.',
    ],
    [
      "a bracket too many in a pattern of names",
      '{ "select": [{ "names": ["load*)"] }] }',
      '1:26 ERRSPAN3004 select[0].names[0], "load*)", has a ")" without its "(". For the character itself write "\\)", which is "\\\\)" in JSON.',
    ],
    [
      "a pattern that takes nothing out",
      '{ "select": [{ "classes": ["*", "!"] }] }',
      '1:33 ERRSPAN3004 select[0].classes[1], "!", has nothing behind its "!" that could match.',
    ],
    ["the directory itself as a glob", '{ "exclude": ["./"] }', '1:15 ERRSPAN3004 exclude[0], "./", has nothing in it that could match.'],
  ])("is shown where it is: %s", (_, text, message) => {
    expect(said(text)).toEqual([message]);
  });

  it("tells of all mistakes at once and selects nothing", () => {
    const { config, diagnostics } = parseConfig('{ "select": [{ "a": 1, "functions": 2 }], "exclude": 3 }', "f");
    expect(diagnostics).toHaveLength(3);
    expect(config).toEqual({});
  });
});

describe("finding the config", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "errspan-config-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it("takes the nearest one upwards, and its directory as root", () => {
    mkdirSync(join(directory, "app/src/deep"), { recursive: true });
    writeFileSync(join(directory, "errspan.config.json"), '{ "select": [] }');
    writeFileSync(join(directory, "app/errspan.config.json"), '{ "select": [{ "functions": "methods" }] }');
    expect(loadConfig(join(directory, "app/src/deep"))).toEqual({
      config: { select: [{ functions: "methods" }] },
      file: join(directory, "app/errspan.config.json"),
      root: join(directory, "app"),
      diagnostics: [],
      selectors: [{ line: 1, column: 14 }],
    });
  });

  it("works from the directory it was asked about where there is none", () => {
    expect(loadConfig(directory)).toEqual({ config: {}, file: null, root: directory, diagnostics: [], selectors: [] });
  });

  it("reads a file that a Windows editor has marked", () => {
    writeFileSync(join(directory, "errspan.config.json"), '\ufeff{\r\n  "slect": []\r\n}');
    const [problem] = loadConfig(directory).diagnostics;
    expect(problem).toMatchObject({ line: 2, column: 3, message: 'Unknown key "slect". Did you mean "select"?' });
  });

  it("says so when the named file is missing or no file", () => {
    mkdirSync(join(directory, "errspan.config.json"));
    expect(loadConfig(directory).diagnostics[0]).toMatchObject({ code: "ERRSPAN3001", severity: "error" });
    expect(loadConfigFile(join(directory, "none.json")).diagnostics[0]?.message).toBe("The config cannot be read: there is no such file.");
  });
});
