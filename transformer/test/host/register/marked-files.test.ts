import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MarkedFiles } from "../../../src/host/register/marked-files.js";
import type { RewrittenFile } from "../../../src/host/register/node-project.js";
import { hasConfig } from "../../../src/host/register/surroundings.js";

const marked = "/** @traced */ export function pay() {}\n";

describe("a program that Node loads without a config", () => {
  let root: string;
  let opened: number;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "errspan-marked-"));
    opened = 0;
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function file(name: string, text: string): string {
    writeFileSync(join(root, name), text);
    return join(root, name);
  }

  function program(whileOpening: () => void = () => undefined): MarkedFiles {
    return new MarkedFiles(root, () => {
      opened++;
      whileOpening();
      return {
        ownFile: () => null,
        rewriteFile: (path) => ({ original: path, code: "rewritten" }),
        rewriteText: () => "rewritten",
      };
    });
  }

  it("should load what rewrites with the first file that holds a marker, and once", () => {
    const files = program();
    expect(files.rewriteFile(file("a.js", "export function pay() {}\n"), "module")).toBeNull();
    expect(files.rewriteText("export function pay() {}\n", join(root, "a.js"), "module")).toBeNull();
    expect(opened).toBe(0);
    expect(files.rewriteFile(file("b.js", marked), "module")?.code).toBe("rewritten");
    expect(files.rewriteText(marked, join(root, "a.js"), "module")).toBe("rewritten");
    expect(opened).toBe(1);
  });

  it("should leave alone what is loaded for the rewriting itself", () => {
    const path = file("linked.js", marked);
    const inner: (RewrittenFile | null)[] = [];
    const files: MarkedFiles = program(() => inner.push(files.rewriteFile(path, "module")));
    expect(files.rewriteFile(path, "module")?.code).toBe("rewritten");
    expect([inner, opened]).toEqual([[null], 1]);
  });

  it("should have the rewriter say so where a file cannot be read", () => {
    expect(program().rewriteFile(join(root, "missing.js"), "module")?.code).toBe("rewritten");
  });

  it("should look at files of its own alone", () => {
    const urlOf = (path: string): string => pathToFileURL(join(root, path)).href;
    expect(program().ownFile(urlOf("src/a.ts"))).toBe(join(root, "src/a.ts"));
    expect(program().ownFile(urlOf("node_modules/some/a.js"))).toBeNull();
  });

  it("should be known by looking from the working directory and from the program upwards", () => {
    expect(hasConfig({ cwd: root, entry: "a.js", configPath: undefined })).toBe(false);
    expect(hasConfig({ cwd: root, entry: "a.js", configPath: "named.json" })).toBe(true);
    file("errspan.config.json", "{}");
    expect(hasConfig({ cwd: root, entry: undefined, configPath: "" })).toBe(true);
    expect(hasConfig({ cwd: tmpdir(), entry: join(root, "a.js"), configPath: undefined })).toBe(true);
  });
});
