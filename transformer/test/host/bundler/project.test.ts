import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BundlerProject } from "../../../src/host/bundler/project.js";
import type { NeutralFormat } from "../../../src/host/bundler/project.js";

const marked = "/** @traced */ export function pay() {}\n";
const unmarked = "export function pay() {}\n";
const neutral = "/** @traced */ function pay() {}\npay();\n";

describe("a bundler's project", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "errspan-bundler-"));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  function open(options: object = {}, format: NeutralFormat = "module"): BundlerProject {
    return new BundlerProject(options, root, format);
  }

  function traced(project: BundlerProject, path: string, code: string): readonly string[] | null {
    const module = project.codeOf(join(root, path));
    return module === null ? null : (project.transform(code, module)?.traced.map(({ name, file }) => `${name} ${file}`) ?? []);
  }

  it("should find its config in a directory above, whose globs and paths count from there", () => {
    write("errspan.config.json", '{ "select": [{ "files": ["app/src/**"] }] }');
    write("app/package.json", "{}");
    const project = new BundlerProject({}, join(root, "app"), "module");
    expect(project.configFile).toBe(join(root, "errspan.config.json"));
    expect(traced(project, "app/src/pay.ts", unmarked)).toEqual(["pay app/src/pay.ts"]);
    expect(traced(project, "other/pay.ts", unmarked)).toEqual([]);
  });

  it("should go by the file again when that has changed, and by no file when it is gone", () => {
    write("errspan.config.json", '{ "select": [] }');
    const project = open();
    expect(traced(project, "pay.ts", unmarked)).toEqual([]);
    write("errspan.config.json", '{ "select": [{ "functions": "all" }] }');
    project.refresh();
    expect(traced(project, "pay.ts", unmarked)).toEqual(["pay pay.ts"]);
    rmSync(join(root, "errspan.config.json"));
    project.refresh();
    expect(project.configFile).toBeNull();
    expect(traced(project, "pay.ts", unmarked)).toEqual([]);
  });

  it("should trace nothing with a config that is wrong", () => {
    write("errspan.config.json", '{ "select": [{ "fils": [] }] }');
    const project = open();
    expect(project.problems).toMatchObject([{ code: "ERRSPAN3003", line: 1 }]);
    expect(traced(project, "pay.ts", marked)).toEqual([]);
  });

  it("should not take a config and the path of one together", () => {
    expect(open({ config: "a.json", select: [] }).problems).toMatchObject([{ message: expect.stringContaining("Keep one of them") as string }]);
    expect(open({ config: "missing.json" }).problems).toMatchObject([{ code: "ERRSPAN3001" }]);
  });

  it("should say which option was meant, also where it is none of a config's", () => {
    const options: object = { confg: "a.json" };
    expect(open(options).problems).toMatchObject([{ message: 'In the options of @errspan/transformer: Unknown key "confg". Did you mean "config"?' }]);
  });

  it.each([
    ["errspan.config.json", 'must be an object, but are "errspan.config.json". To name a config file: { config: "errspan.config.json" }.'],
    [[{ functions: "all" }], "must be an object, but are an array. To select functions: { select: […] }."],
    [null, "must be an object, but are null. Without options: nothing at all."],
    [false, "must be an object, but are false. Without options: nothing at all."],
  ])("should say what is expected in place of the options %j", (options, message) => {
    const project = open(options as unknown as object);
    expect(project.problems).toMatchObject([{ code: "ERRSPAN3004", message: `The options of @errspan/transformer ${message}` }]);
    expect(traced(project, "pay.ts", marked)).toEqual([]);
  });

  it.each([
    [{ config: { select: [] } }, 'config must be the path of a config file, but is an object. A config itself stands in the options as it is: { select: […] }.'],
    [{ config: "" }, 'config must be the path of a config file, but is "". A config itself stands in the options as it is: { select: […] }.'],
    [{ root: 1 }, "root must be the path of a directory, but is 1."],
  ])("should say what a path is expected to be: %j", (options, message) => {
    const project = open(options);
    expect(project.problems).toMatchObject([{ code: "ERRSPAN3004", message: `In the options of @errspan/transformer: ${message}` }]);
  });

  it("should leave installed packages alone, but for those that a glob names", () => {
    expect(traced(open(), "node_modules/lib/index.js", marked)).toBeNull();
    const named = open({ select: [{ files: ["node_modules/lib/**"] }] });
    expect(traced(named, "node_modules/lib/index.js", unmarked)).toEqual(["pay node_modules/lib/index.js"]);
    expect(traced(named, "node_modules/other/index.js", marked)).toBeNull();
    expect(traced(open({ select: [{ files: ["**"] }] }), "node_modules/lib/index.js", marked)).toBeNull();
  });

  it("should take JavaScript that says nothing for what the bundler takes it for, unless the package says", () => {
    const code = (project: BundlerProject): string => {
      const module = project.codeOf(join(root, "pay.js"));
      return module === null ? "" : (project.transform(neutral, module)?.code ?? "");
    };
    expect(code(open({}, "module"))).toContain('import * as __errspan from "@errspan/runtime/emit"');
    expect(code(open({}, "commonjs"))).toContain('require("@errspan/runtime/emit")');
    write("package.json", '{ "type": "module" }');
    expect(code(open({}, "commonjs"))).toContain('import * as __errspan from "@errspan/runtime/emit"');
  });

  it("should read the script of a single-file component in its own language", () => {
    const project = open();
    const module = project.codeOf(join(root, "Cart.vue?vue&type=script&setup=true&lang.ts"));
    const result = module && project.transform("/** @traced */ const pay = (cents: number): number => <number>cents;\n", module);
    expect(result?.traced).toMatchObject([{ name: "pay", file: "Cart.vue" }]);
    expect(result?.map?.sources).toEqual([join(root, "Cart.vue")]);
  });

  it("should tell of selectors that picked nothing in any file", () => {
    const project = open({ select: [{ names: ["pay"] }, { names: ["refund"] }] });
    traced(project, "pay.ts", unmarked);
    expect(project.unusedSelectors()).toMatchObject([{ code: "ERRSPAN3005", message: expect.stringContaining("select[1]") as string }]);
    traced(project, "refund.ts", "export const refund = () => {};\n");
    expect(project.unusedSelectors()).toEqual([]);
  });
});
