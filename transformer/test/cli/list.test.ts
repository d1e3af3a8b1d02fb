import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { sandbox } from "./command.js";
import type { Sandbox } from "./command.js";

let box: Sandbox | undefined;
afterEach(() => box?.remove());

const PROJECT = {
  "errspan.config.json": '{ "select": [{ "files": ["src/services/**"], "functions": "exported" }] }',
  "src/order.ts": 'export class Orders {\n  /** @traced({ name: "pay" }) */\n  async charge() {}\n}\n',
  "src/services/mail.ts": "export const send = () => {};\nconst hidden = () => {};\n",
  "src/types.d.ts": "/** @traced */ export declare function f(): void;\n",
  "node_modules/lib/index.js": "/** @traced */ exports.f = () => {};\n",
  "README.md": "/** @traced */\n",
};

describe("errspan list", () => {
  it("shows what is traced, where, as what, and why", async () => {
    box = sandbox(PROJECT);
    expect(await box.run("list")).toEqual({
      code: 0,
      out:
        'src/order.ts\n  3:3  Orders.charge as "pay"  async  @traced\n\n' +
        "src/services/mail.ts\n  1:21  send  function  select[0]\n",
      err: "",
    });
  });

  it("puts the functions of a file in columns", async () => {
    box = sandbox({ "a.ts": '/** @traced */ function f() {}\nclass Orders {\n  /** @traced({ name: "pay" }) */ async *charge() {}\n}\n' }, { tty: true, env: { NO_COLOR: "1" } });
    expect((await box.run("list")).out).toBe(
      'a.ts\n  1:16  f                       function         @traced\n  3:35  Orders.charge as "pay"  async-generator  @traced\n\n2 functions in 1 file\n',
    );
  });

  it("shows it as one JSON document", async () => {
    box = sandbox(PROJECT);
    const { code, out, err } = await box.run("list", "--json");
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out)).toEqual({
      root: box.directory,
      config: "errspan.config.json",
      functions: [
        { name: "Orders.charge", spanName: "pay", kind: "async", file: "src/order.ts", line: 3, column: 3, because: "@traced" },
        { name: "send", spanName: "send", kind: "function", file: "src/services/mail.ts", line: 1, column: 21, because: "select[0]" },
      ],
      diagnostics: [],
    });
  });

  it("takes files and directories", async () => {
    box = sandbox(PROJECT);
    expect((await box.run("list", "src/services", "src/order.ts")).out).toMatch(/mail\.ts[^]*order\.ts/);
    expect((await box.run("list", "node_modules/lib")).out).toMatch("node_modules/lib/index.js");
  });

  it("passes over declaration files, which hooks name with the others", async () => {
    box = sandbox(PROJECT);
    expect(await box.run("list", "src/types.d.ts")).toEqual({ code: 0, out: "", err: "" });
  });

  it("tells what is refused and why, and exits with 1 for errors", async () => {
    box = sandbox({
      "a.ts": '/** @traced({ nmae: "x" }) */\nexport function f() {}\n',
      "b.ts": "export function (\n/** @traced */",
    });
    const { code, out, err } = await box.run("list");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^a\.ts:1:15 error ERRSPAN2002 Unknown option "nmae"\. Did you mean "name"\?\nb\.ts:1:\d+ warning ERRSPAN1901 .*\n$/);
  });

  it("tells of selectors that pick nothing, when it looked everywhere", async () => {
    box = sandbox({ ...PROJECT, "errspan.config.json": '{ "select": [{ "files": ["scr/**"] }] }' });
    expect((await box.run("list")).err).toBe(
      'errspan.config.json:1:14 warning ERRSPAN3005 select[0] picks no function: no file fits its "files". Globs are relative to the config; seen from there one of the files is "src/order.ts".\n',
    );
    expect((await box.run("list", "src/order.ts")).err).toBe("");
  });

  it("tells what is wrong with the config, and shows nothing else", async () => {
    box = sandbox({ ...PROJECT, "errspan.config.json": '{\n  "select": [{ "funtions": "all" }]\n}' });
    expect(await box.run("list")).toEqual({
      code: 1,
      out: "",
      err: 'errspan.config.json:2:16 error ERRSPAN3003 Unknown key "funtions" in select[0]. Did you mean "functions"?\n',
    });
    const { diagnostics } = JSON.parse((await box.run("list", "--json")).out) as { diagnostics: unknown[] };
    expect(diagnostics).toHaveLength(1);
  });

  it("reads plain JavaScript as Node would, by the nearest package.json", async () => {
    const source = "/** @traced */ function f() {}";
    box = sandbox({ "package.json": '{ "type": "module" }', "a.js": source, "old/package.json": "{}", "old/b.js": source });
    expect(await box.run("list")).toMatchObject({ code: 0, err: "" });
    expect((await box.run("list")).out).toMatch(/a\.js[^]*old\/b\.js/);
  });

  it("leaves files alone that are not UTF-8", async () => {
    box = sandbox({ "a.ts": Buffer.from("/** @traced */ export const straße = () => {};", "latin1") });
    expect(await box.run("list")).toEqual({
      code: 0,
      out: "",
      err: "a.ts:1:1 warning ERRSPAN4002 The file is left alone because it is not valid UTF-8.\n",
    });
  });

  it("is in colour on a terminal, unless NO_COLOR is set", async () => {
    box = sandbox(PROJECT, { tty: true });
    expect((await box.run("list")).out).toContain("\u001b[1msrc/order.ts\u001b[22m");
    box.remove();
    box = sandbox(PROJECT, { tty: true, env: { NO_COLOR: "1" } });
    expect((await box.run("list")).out).not.toContain("\u001b");
  });

  it("says on a terminal when there is nothing", async () => {
    box = sandbox({ "a.ts": "f();" }, { tty: true });
    expect((await box.run("list")).err).toBe("Nothing is traced: no marker was found, and no selector picks anything.\n");
    box.remove();
    box = sandbox({ "a.ts": "f();" });
    expect(await box.run("list")).toEqual({ code: 0, out: "", err: "" });
  });
});

describe("errspan", () => {
  it("prints paths as seen from where it runs, and those of the document as seen from the root", async () => {
    box = sandbox({ "errspan.config.json": "{}", "packages/a/src/a.mjs": "/** @traced */ export function f() {}\n/** @traced */ export const wrong = 1;\n", "b.mjs": "/** @traced */ export function g() {}\n" });
    const inside = join(box.directory, "packages/a");
    const { out, err } = await box.in(inside, "list");
    expect(out.match(/^\S.*$/gm)).toEqual([join(box.directory, "b.mjs"), "src/a.mjs"]);
    expect(err).toMatch(/^src\/a\.mjs:2:5 error ERRSPAN2001 /);
    const document = JSON.parse((await box.in(inside, "list", "--json")).out) as { functions: { file: string }[] };
    expect(document.functions.map(({ file }) => file)).toEqual(["b.mjs", "packages/a/src/a.mjs"]);
  });

  it.each([
    ["on a terminal", true, {}, true],
    ["not where output is piped", false, {}, false],
    ["where FORCE_COLOR asks for it", false, { FORCE_COLOR: "1" }, true],
    ["not where FORCE_COLOR is 0", true, { FORCE_COLOR: "0" }, false],
    ["not where NO_COLOR is set", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  ])("prints colours %s", async (_, tty, env: Record<string, string>, isColoured) => {
    box = sandbox({ "a.mjs": "/** @traced */ export function f() {}\n" }, { tty, env });
    expect((await box.run("list")).out.includes("\u001b[")).toBe(isColoured);
  });

  it("tells its version and how to use it", async () => {
    box = sandbox({});
    expect(await box.run("--version")).toEqual({ code: 0, out: "1.2.3\n", err: "" });
    expect(await box.run("--help")).toMatchObject({ code: 0, err: "" });
    expect((await box.run("--help")).out).toMatch(/errspan list[^]*errspan instrument[^]*Exit codes: 0 [^]* 1 [^]* 2 /);
    expect((await box.run("list", "--help")).out).toMatch("--json");
    expect((await box.run("instrument", "-h")).out).toMatch("--out-dir");
    expect((await box.run("help", "list")).out).toMatch("--json");
  });

  it.each<[what: string, args: string[], message: string]>([
    ["no command", [], "errspan <command> --help"],
    ["an unknown command", ["lst"], 'errspan: There is no command "lst". Did you mean "list"?\n\nerrspan: traces'],
    ["help on an unknown command", ["help", "lst"], 'errspan: There is no command "lst". Did you mean "list"?\n\nerrspan: traces'],
    ["an unknown option", ["list", "--jsn"], 'errspan list: Unknown option "--jsn". Did you mean "--json"?\n"errspan list --help" tells how to call it.\n'],
    ["an option without its value", ["list", "--config"], 'errspan list: The option "--config" needs a value.\n'],
    ["an option where a value was due", ["build", "-p", "--watch"], 'errspan build: The option "-p" needs a value.\n'],
    ["a value that an option does not take", ["list", "--json=yes"], 'errspan list: The option "--json" takes no value.\n'],
    ["nothing where a file is due, as of a variable that is not set", ["instrument", ""], 'errspan instrument: There is no file or directory "".'],
    ["a file that is not there", ["list", "nothing.ts"], 'errspan list: There is no file or directory "nothing.ts".'],
    ["a file that is no code", ["list", "README.md"], 'errspan list: "README.md" is not a JavaScript or TypeScript file.'],
    ["a file outside of the project", ["list", ".."], 'errspan list: ".." is outside of the project\'s root'],
    ["a config that is not there", ["list", "--config", "other.json"], 'errspan list: There is no config file "other.json".'],
    ["a wrong format", ["list", "--format", "amd"], 'errspan list: --format must be module, commonjs or script, but is "amd".'],
    ["nothing to instrument", ["instrument"], "errspan instrument: Name the files or directories to instrument."],
  ])("exits with 2 for %s", async (_, args, message) => {
    box = sandbox({ "README.md": "" });
    const { code, out, err } = await box.run(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });
});
