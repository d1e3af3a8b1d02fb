import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BundlerProject } from "../../src/host/bundler/project.js";
import { isOfTracing } from "../../src/host/tracing-packages.js";

describe("the packages that tracing is made of, linked from outside of node_modules", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "errspan-linked-"));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function write(path: string, text: string): string {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return join(root, path);
  }

  it.each(["@errspan/runtime", "@opentelemetry/api", "@opentelemetry/sdk-trace-base"])("should be told by their name: %s", (name) => {
    write("linked/package.json", JSON.stringify({ name }));
    // Says what its files are, not whose.
    write("linked/dist/cjs/package.json", '{ "type": "commonjs" }');
    expect(isOfTracing(join(root, "linked/index.js"))).toBe(true);
    expect(isOfTracing(join(root, "linked/dist/cjs/deep/index.js"))).toBe(true);
  });

  it("should not be what only lies beside or inside of them, has a similar name, or none that can be read", () => {
    write("package.json", '{ "name": "@errspan/runtime" }');
    for (const [directory, manifest] of [
      ["app", '{ "name": "app" }'],
      ["alike", '{ "name": "@errspan/runtime-extras" }'],
      ["others", '{ "name": "opentelemetry" }'],
    ] as const) {
      write(`${directory}/package.json`, manifest);
      expect(isOfTracing(join(root, directory, "src/index.js"))).toBe(false);
    }
    for (const [directory, manifest] of [["torn", "{"], ["nobody", '{ "name": 1 }'], ["nothing", "null"]] as const) {
      write(`${directory}/package.json`, manifest);
      expect(isOfTracing(join(root, directory, "index.js"))).toBe(true);
    }
  });

  it("should not be traced, whatever the config or a marker says", () => {
    write("runtime/package.json", '{ "name": "@errspan/runtime" }');
    const project = new BundlerProject({ select: [{ functions: "all" }] }, root, "module");
    const transformed = (path: string): unknown => project.transform("/** @traced */ export function pay() {}\n", { file: join(root, path), filename: join(root, path) });
    expect(transformed("runtime/src/emit.ts")).toBeNull();
    expect(transformed("src/pay.ts")).toMatchObject({ traced: [{ name: "pay" }] });
  });
});
