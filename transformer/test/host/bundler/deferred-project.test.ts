import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DeferredProject } from "../../../src/host/bundler/deferred-project.js";
import { RollupLikeBuild } from "../../../src/host/bundler/rollup-like.js";

const marked = "/** @traced */ export function pay() {}\n";
const unmarked = "export function pay() {}\n";
const everything = '{ "select": [{ "functions": "all" }] }';

describe("a project that a bundler has not needed yet", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "errspan-deferred-"));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it("should be concerned by marked files alone as long as there is no config", () => {
    const project = new DeferredProject({}, root, "module");
    expect([project.mayConcern(marked), project.mayConcern(unmarked)]).toEqual([true, false]);
    expect(project.absentConfigFile).toBe(join(root, "errspan.config.json"));
    expect(project.opened).toBeNull();
  });

  it("should be concerned by every file when a config comes, and go by it", async () => {
    const project = new DeferredProject({}, root, "module");
    writeFileSync(join(root, "errspan.config.json"), everything);
    project.refresh();
    expect([project.mayConcern(unmarked), project.goesByMarkers, project.configFile]).toEqual([true, false, join(root, "errspan.config.json")]);
    expect((await project.open()).loaded.config).toEqual(JSON.parse(everything));
  });

  it("should be concerned by every file with a config of its own", () => {
    expect(new DeferredProject({ select: [] }, root, "module").mayConcern(unmarked)).toBe(true);
    expect(new DeferredProject({ config: "missing.json" }, root, "module").mayConcern(unmarked)).toBe(true);
  });

  it("should leave packages alone, of which only a config can name any", () => {
    const installed = join(root, "node_modules/some/index.js");
    expect(new DeferredProject({}, root, "module").codeOf(installed)).toBeNull();
    expect(new DeferredProject({ include: ["node_modules/some/**"] }, root, "module").codeOf(installed)).not.toBeNull();
  });

  it("should tell caches apart by the text of the config, the options and the place", () => {
    const texts = new Set<string>();
    const project = new DeferredProject({}, root, "module");
    texts.add(project.configText);
    for (const text of ["{}", everything]) {
      writeFileSync(join(root, "errspan.config.json"), text);
      project.refresh();
      texts.add(project.configText);
    }
    texts.add(new DeferredProject({ select: [] }, root, "module").configText);
    mkdirSync(join(root, "deeper"));
    texts.add(new DeferredProject({}, join(root, "deeper"), "module").configText);
    expect(texts.size).toBe(5);
  });

  it.each([
    ["a build without a config", {}, false, "traced"],
    ["a watched build, to which a config may come", {}, true, undefined],
    ["a build with a config", { select: [] }, false, undefined],
  ])("should have the bundler hand over what holds a marker alone: %s", (_, options, isWatched, code) => {
    const build = new RollupLikeBuild({ root, ...options }, "places");
    expect(build.filter(isWatched).code).toBe(code);
  });
});
