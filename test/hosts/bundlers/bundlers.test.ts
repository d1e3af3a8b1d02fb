import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { run, type Outcome } from "../../command.js";
import { bundlersSpans, withoutColumns, withoutRuntime } from "../spans.js";

const fixture = fileURLToPath(new URL("../../../fixtures/bundlers", import.meta.url));

/** Where each error was made and waited for: our own edits are not seen. */
const places = ["checkout.ts:22:11", "main.ts:11:3", "checkout.ts:11:29", "checkout.ts:20:22", "main.ts:11:3"];

function placesIn(output: string): string[] {
  return [...output.matchAll(/src\/(\S+:\d+:\d+)\)/g)].map(([, place = ""]) => place);
}

const hosts = ["vite", "rollup", "rolldown", "webpack", "webpack-loader", "rspack", "rspack-loader", "esbuild", "farm", "bun"];

describe.each(hosts)("a program built with %s", (host) => {
  let build: Outcome;
  let traced: Outcome;
  let plain: Outcome;
  let bad: Outcome;
  const exact = withoutColumns.includes(host) ? (text: string) => text.replaceAll(/(\.ts:\d+):\d+/g, "$1") : (text: string) => text;

  beforeAll(async () => {
    build = await run(`node build.js ${host}`, fixture);
    [traced, plain, bad] = await Promise.all([
      run(`node --enable-source-maps dist/${host}/traced/main.js`, fixture),
      run(`node --enable-source-maps dist/${host}/plain/main.js`, fixture),
      run(`node build.js ${host} bad`, fixture),
    ]);
  });

  it("should be built without a complaint", () => {
    expect(build).toMatchObject({ code: 0, stderr: "" });
  });

  it("should record the same spans as with any other bundler", () => {
    expect(traced.stderr.trim().split("\n")).toEqual(bundlersSpans);
  });

  it("should print what it prints without the plugin, stack traces and all", () => {
    expect(traced.stdout).toContain("untouched 7");
    expect(exact(withoutRuntime(traced.stdout))).toBe(exact(withoutRuntime(plain.stdout)));
    expect([traced.code, plain.code]).toEqual([0, 0]);
  });

  it("should have stack traces that lead to the source, to the column", () => {
    expect(placesIn(traced.stdout).map(exact)).toEqual(places.map(exact));
  });

  it("should be the same to the byte where nothing in it is marked", async () => {
    for (const file of ["quiet.js", "quiet.js.map"]) {
      const [withPlugin, without] = await Promise.all(
        ["traced", "plain"].map((kind) => readFile(`${fixture}/dist/${host}/${kind}/${file}`, "utf8")),
      );
      expect(withPlugin).toBe(without);
    }
  });

  it("should not be built with mistakes in markers or the config, but with what is only worth a warning", () => {
    expect(JSON.parse(bad.stdout.trim().split("\n").at(-1) ?? "")).toEqual({
      marker: "failed",
      "config file": "failed",
      options: "failed",
      "unused selector": "built",
      refusal: "built",
    });
  });

  it.each([
    ["each mistake in a marker", 'ERRSPAN2002 Unknown option "nmae". Did you mean "name"?', /bad[\\/]marker\.ts\D{1,3}3:1[67]/],
    ["what comes behind the first", "ERRSPAN2004", /bad[\\/]marker\.ts\D{1,3}8:3[78]/],
    ["a mistake in the config", 'ERRSPAN3003 Unknown key "flies" in select[0]', /bad[\\/]key\.json\D{1,3}3:[67]/],
    ["a mistake in the options", 'ERRSPAN3003 In the options of @errspan/transformer: Unknown key "slect"', /errspan/],
    ["a function that cannot be traced", "ERRSPAN1001", /bad[\\/]refused\.ts\D{1,3}1:[78]/],
  ])("should tell of %s, with its place", (_, message, place) => {
    expect(bad.stdout + bad.stderr).toContain(message);
    expect(bad.stdout + bad.stderr).toMatch(place);
  });

  it("should tell of a selector that picks nothing, but not in a loader, which does not hear of the end of a build", () => {
    const told = /ERRSPAN3005 select\[0\]/.test(bad.stdout + bad.stderr);
    const place = /bad[\\/]unused\.json\D{1,3}2:1[34]/.test(bad.stdout + bad.stderr);
    expect([told, place]).toEqual(host.endsWith("-loader") ? [false, false] : [true, true]);
  });
});
