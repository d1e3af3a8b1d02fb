import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { afterEach, describe, expect, it } from "vitest";
import { RUNTIME, sandbox as emptySandbox } from "./command.js";
import type { Sandbox } from "./command.js";

const sandbox: typeof emptySandbox = (files, surroundings) => emptySandbox({ ...RUNTIME, ...files }, surroundings);

let box: Sandbox | undefined;
afterEach(() => box?.remove());

const MARKED = "/** @traced */\nexport function f(a) {\n  return a.b;\n}\n";

/** Where the map says that a text in the code came from. */
function origin(code: string, map: string, text: string): { source: string | null; line: number | null; column: number | null } {
  const lines = code.slice(0, code.indexOf(text)).split("\n");
  const { source, line, column } = originalPositionFor(new TraceMap(map), { line: lines.length, column: lines.at(-1)?.length ?? 0 });
  return { source, line, column };
}

describe("errspan instrument", () => {
  it("rewrites in place, with a map beside, and is silent when nobody watches", async () => {
    box = sandbox({ "src/a.mjs": MARKED, "src/b.mjs": "export const g = 1;\n" });
    expect(await box.run("instrument", "src")).toEqual({ code: 0, out: "", err: "" });
    expect(box.list()).toEqual(["src/a.mjs", "src/a.mjs.map", "src/b.mjs"]);
    const code = box.read("src/a.mjs");
    expect(code).toMatch(/import \* as __errspan from "@errspan\/runtime\/emit"[^]*\n\/\/# sourceMappingURL=a\.mjs\.map\n$/);
    expect(origin(code, box.read("src/a.mjs.map"), "a.b")).toEqual({ source: "a.mjs", line: 3, column: 9 });
    expect(box.read("src/b.mjs")).toBe("export const g = 1;\n");
  });

  it("changes nothing the second time", async () => {
    box = sandbox({ "a.mjs": MARKED });
    await box.run("instrument", ".");
    const [code, map] = [box.read("a.mjs"), box.read("a.mjs.map")];
    expect((await box.run("instrument", ".")).code).toBe(0);
    expect([box.read("a.mjs"), box.read("a.mjs.map")]).toEqual([code, map]);
  });

  it("fails where a file that was named cannot be parsed, and passes over one that only lies there", async () => {
    const broken = "/** @traced */ export function f( {\n";
    box = sandbox({ "dist/a.mjs": MARKED, "dist/broken.mjs": broken });
    expect(await box.run("instrument", "dist")).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^dist\/broken\.mjs:\d:\d+ warning ERRSPAN1901 The file is left alone because it cannot be parsed: /) as string,
    });
    box.remove();
    box = sandbox({ "dist/a.mjs": MARKED, "dist/broken.mjs": broken });
    expect(await box.run("instrument", "dist/broken.mjs", "dist/a.mjs")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^dist\/broken\.mjs:\d:\d+ error ERRSPAN1901 The file is left alone because it cannot be parsed: /) as string,
    });
    expect(box.read("dist/broken.mjs")).toBe(broken);
    expect(box.read("dist/a.mjs")).toContain("@errspan/runtime/emit");
  });

  it("fails where a file that was named is not UTF-8", async () => {
    box = sandbox({ "dist/a.mjs": Buffer.from("/** @traced */ export const straße = () => {};", "latin1") });
    expect(await box.run("instrument", "dist")).toMatchObject({ code: 0, err: expect.stringMatching(/^dist\/a\.mjs:1:1 warning ERRSPAN4002 /) as string });
    expect(await box.run("instrument", "dist/a.mjs")).toMatchObject({ code: 1, err: expect.stringMatching(/^dist\/a\.mjs:1:1 error ERRSPAN4002 /) as string });
  });

  it("warns, once, where what is rewritten will not find the runtime from where it is written", async () => {
    box = emptySandbox({ "dist/a.mjs": MARKED, "dist/b.mjs": MARKED, "dist/c.mjs": "export const c = 1;\n" });
    const { code, err } = await box.run("instrument", "dist");
    expect(code).toBe(0);
    expect(err).toMatch(/^dist\/a\.mjs:1:1 warning ERRSPAN4102 "@errspan\/runtime\/emit".* cannot be found from .*dist\. Install .*, or where these files are going to run\n$/);
    expect(box.read("dist/b.mjs")).toContain("@errspan/runtime/emit");
    expect(await box.run("instrument", "dist")).toEqual({ code: 0, out: "", err: "" });
    box.write({ ...RUNTIME, "src/d.mjs": MARKED });
    expect((await box.run("instrument", "src", "--out-dir", "out")).err).toBe("");
    expect((await box.run("instrument", "src", "--out-dir", `../${basename(box.directory)}-elsewhere`)).err).toMatch(/^src\/d\.mjs:1:1 warning ERRSPAN4102 /);
    rmSync(`${box.directory}-elsewhere`, { recursive: true });
  });

  it("counts on a terminal", async () => {
    box = sandbox({ "a.mjs": MARKED, "b.mjs": "" }, { tty: true, env: { NO_COLOR: "1" } });
    expect((await box.run("instrument", ".")).out).toBe("1 function traced in 1 file of 2\n");
  });

  it("writes elsewhere and leaves the files alone", async () => {
    box = sandbox({ "errspan.config.json": "{}", "src/deep/a.mjs": MARKED, "src/b.mjs": "export const g = 1;\n", "src/c.txt": "" });
    expect((await box.run("instrument", "src", "--out-dir", "out")).code).toBe(0);
    expect(box.list()).toEqual(["errspan.config.json", "out/src/b.mjs", "out/src/deep/a.mjs", "out/src/deep/a.mjs.map", "src/b.mjs", "src/c.txt", "src/deep/a.mjs"]);
    expect(box.read("src/deep/a.mjs")).toBe(MARKED);
    const code = box.read("out/src/deep/a.mjs");
    expect(origin(code, box.read("out/src/deep/a.mjs.map"), "a.b").source).toBe("../../../src/deep/a.mjs");
    // What was written is not an input of the next run.
    await box.run("instrument", ".", "--out-dir", "out");
    expect(box.list()).toHaveLength(7);
  });

  it("composes a map beside the file, so that it leads to the first source", async () => {
    const map = { version: 3, sources: ["../src/a.ts"], sourcesContent: [null], names: [], mappings: "AAAA;AACA;SACS;AACA" };
    box = sandbox({ "dist/a.mjs": `${MARKED}//# sourceMappingURL=a.mjs.map\n`, "dist/a.mjs.map": JSON.stringify(map) });
    await box.run("instrument", "dist");
    const code = box.read("dist/a.mjs");
    expect(code.match(/sourceMappingURL/g)).toHaveLength(1);
    expect(origin(code, box.read("dist/a.mjs.map"), "a.b")).toMatchObject({ source: "../src/a.ts", line: 3 });
    expect(JSON.parse(box.read("dist/a.mjs.map"))).toMatchObject({ file: "a.mjs" });
  });

  it("composes a map in the file, and keeps it there", async () => {
    const map = JSON.stringify({ version: 3, sources: ["a.ts"], names: [], mappings: "AAAA;AACA;SACS;AACA" });
    const url = `data:application/json;charset=utf-8;base64,${Buffer.from(map).toString("base64")}`;
    box = sandbox({ "a.mjs": `${MARKED}//# sourceMappingURL=${url}\n` });
    await box.run("instrument", "a.mjs");
    expect(box.list()).toEqual(["a.mjs"]);
    const code = box.read("a.mjs");
    const inline = /sourceMappingURL=data:[^,]+,(\S+)/.exec(code)?.[1] ?? "";
    expect(origin(code, Buffer.from(inline, "base64").toString(), "a.b")).toMatchObject({ source: "a.ts", line: 3 });
  });

  it("works without a map that is named and missing, or broken", async () => {
    box = sandbox({ "a.mjs": `${MARKED}//# sourceMappingURL=gone.map\n`, "b.mjs": MARKED, "b.mjs.map": "<html>" });
    expect((await box.run("instrument", ".")).code).toBe(0);
    expect(origin(box.read("a.mjs"), box.read("gone.map"), "a.b")).toMatchObject({ source: "a.mjs", line: 3 });
    expect(origin(box.read("b.mjs"), box.read("b.mjs.map"), "a.b")).toMatchObject({ source: "b.mjs", line: 3 });
  });

  it("keeps permissions, line ends and the byte order mark", async () => {
    box = sandbox({ "a.mjs": `\ufeff${MARKED}`.replaceAll("\n", "\r\n") });
    chmodSync(join(box.directory, "a.mjs"), 0o755);
    await box.run("instrument", "a.mjs");
    expect(statSync(join(box.directory, "a.mjs")).mode & 0o777).toBe(0o755);
    expect(box.read("a.mjs")).toMatch(/^\ufeff[^]*\r\n\/\/# sourceMappingURL=a\.mjs\.map\r\n$/);
    expect(box.read("a.mjs")).not.toMatch(/[^\r]\n/);
  });

  it("leaves a shebang on its line, also behind a byte order mark", async () => {
    const source = `\ufeff#!/usr/bin/env node\n${MARKED}`.replaceAll("\n", "\r\n");
    box = sandbox({ "a.mjs": source });
    expect(await box.run("instrument", "a.mjs")).toEqual({ code: 0, out: "", err: "" });
    expect(box.read("a.mjs")).toMatch(/^\ufeff#!\/usr\/bin\/env node\r\nimport \* as __errspan/);
  });

  it("rewrites the sound files and exits with 1 when others have mistakes", async () => {
    box = sandbox({ "a.mjs": MARKED, "b.mjs": "/** @traced */ export const g = 1;\n" });
    const { code, err } = await box.run("instrument", ".");
    expect(code).toBe(1);
    expect(err).toMatch(/^b\.mjs:1:5 error ERRSPAN2001 /);
    expect(box.read("a.mjs")).toContain("__errspan");
    expect(box.read("b.mjs")).toBe("/** @traced */ export const g = 1;\n");
  });

  it("touches nothing when the config is wrong", async () => {
    box = sandbox({ "errspan.config.json": "{ select: [] }", "a.mjs": MARKED });
    expect((await box.run("instrument", ".")).code).toBe(1);
    expect(box.read("a.mjs")).toBe(MARKED);
  });

  it("leaves nothing behind when a file cannot be written, and says which, why, and what is done", async () => {
    // A directory stands where the map would go.
    box = sandbox({ "a.mjs": MARKED, "b.mjs": MARKED, "b.mjs.map/keep": "", "c.mjs": MARKED });
    expect(await box.run("instrument", ".")).toEqual({
      code: 1,
      out: "",
      err:
        "errspan instrument: b.mjs.map cannot be written: a directory stands in its place (EISDIR). It is as it was.\n" +
        "2 files of 3 left alone; the others are whole. Run it again to do the rest.\n",
    });
    expect([box.read("b.mjs"), box.read("c.mjs")]).toEqual([MARKED, MARKED]);
    expect(box.list()).toEqual(["a.mjs", "a.mjs.map", "b.mjs", "b.mjs.map/keep", "c.mjs"]);
    rmSync(join(box.directory, "b.mjs.map"), { recursive: true });
    expect((await box.run("instrument", ".")).code).toBe(0);
    expect(box.list()).toEqual(["a.mjs", "a.mjs.map", "b.mjs", "b.mjs.map", "c.mjs", "c.mjs.map"]);
  });

  it("says when the directory to write to cannot be made", async () => {
    box = sandbox({ "a.mjs": MARKED, out: "" });
    const { code, err } = await box.run("instrument", "a.mjs", "--out-dir", "out");
    expect([code, err.split("\n")[0]]).toEqual([1, "errspan instrument: out/a.mjs cannot be written: what should be a directory is a file (EEXIST). It is as it was."]);
  });

  it("tidies up what a killed run left, and completes what it had begun to put in place", async () => {
    // No process has such a number.
    const dead = 99_999_999;
    box = sandbox({
      "src/a.mjs": MARKED,
      [`src/.a.mjs.${dead}.errspan`]: "half",
      [`src/.a.mjs.map.${dead}.errspan`]: "ha",
      "dist/b.mjs": "/* moved */\n",
      [`dist/.b.mjs.map.${dead}.errspan`]: '{"version":3}',
      [`dist/.c.mjs.${process.ppid}.errspan`]: "somebody is writing this",
    });
    expect((await box.run("instrument", ".")).code).toBe(0);
    expect(box.list()).toEqual([`dist/.c.mjs.${process.ppid}.errspan`, "dist/b.mjs", "dist/b.mjs.map", "src/a.mjs", "src/a.mjs.map"]);
    expect(box.read("dist/b.mjs.map")).toBe('{"version":3}');
  });

  it("works in directories with spaces, percent signs and other letters", async () => {
    box = sandbox({ "my files/100%/größe #1.mjs": MARKED });
    expect(await box.run("instrument", "my files")).toEqual({ code: 0, out: "", err: "" });
    const code = box.read("my files/100%/größe #1.mjs");
    expect(code).toMatch(/\/\/# sourceMappingURL=gr%C3%B6%C3%9Fe%20%231\.mjs\.map\n$/);
    expect(origin(code, box.read("my files/100%/größe #1.mjs.map"), "a.b")).toMatchObject({ line: 3 });
    expect(await box.run("instrument", "my files\\100%")).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no file or directory "my files\\100%". Did you mean "my files/100%"?') as unknown,
    });
  });

  it("writes no map outside, wherever the reference of the file leads", async () => {
    const outside = mkdtempSync(join(tmpdir(), "errspan-outside-"));
    try {
      box = sandbox({ "errspan.config.json": "{}", "a.mjs": `${MARKED}//# sourceMappingURL=../${basename(outside)}/a.map\n`, "lib/b.mjs": `${MARKED}//# sourceMappingURL=../maps/b.map\n` });
      await box.run("instrument", "a.mjs", "lib", "--out-dir", "out");
      await box.run("instrument", "a.mjs");
      expect(readdirSync(outside)).toEqual([]);
      expect(box.list()).toEqual(["a.mjs", "a.mjs.map", "errspan.config.json", "lib/b.mjs", "out/a.mjs", "out/a.mjs.map", "out/lib/b.mjs", "out/maps/b.map"]);
      expect(box.read("a.mjs")).toMatch(/sourceMappingURL=a\.mjs\.map\n$/);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it("writes through no link that leads out of --out-dir, back to the sources for one", async () => {
    box = sandbox({ "errspan.config.json": "{}", "src/a.mjs": MARKED, "out/keep": "" });
    symlinkSync("../src", join(box.directory, "out/src"));
    symlinkSync("src", join(box.directory, "same"));
    symlinkSync(".", join(box.directory, "src/loop"));
    expect(await box.run("instrument", "src", "--out-dir", "out")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^errspan instrument: out\/src\/a\.mjs cannot be written: a link leads out of out\. Nothing was written there\.\n/) as unknown,
    });
    expect(await box.run("instrument", "src", "--out-dir", "same")).toMatchObject({
      code: 2,
      err: expect.stringContaining("The files to instrument are in the directory to write to.") as unknown,
    });
    expect(box.read("src/a.mjs")).toBe(MARKED);
    expect((await box.run("instrument", "src")).code).toBe(0);
  });

  it("says that a config of another directory picks nothing here", async () => {
    box = sandbox({ "here/a.mjs": MARKED, "there/errspan.config.json": "{}" });
    const here = join(box.directory, "here");
    const { code, err } = await box.in(here, "instrument", "a.mjs", "--config", "../there/errspan.config.json");
    expect([code, err.split("\n")[0]]).toEqual([
      2,
      `errspan instrument: The config "../there/errspan.config.json" belongs to the directory ${join(box.directory, "there")}, and its globs are ` +
        "relative to that: it picks nothing here. Run errspan there, or put a config into this directory or one above.",
    ]);
    // From above, and from below, it is the project's.
    expect((await box.run("list", "--config", "there/errspan.config.json")).code).toBe(0);
    box.write({ "errspan.config.json": "{}" });
    expect((await box.in(here, "list", "--json", "a.mjs", "--config", "../errspan.config.json")).out).toMatch("here/a.mjs");
  });

  it("goes nowhere outside of the project, not through links either", async () => {
    const outside = mkdtempSync(join(tmpdir(), "errspan-outside-"));
    writeFileSync(join(outside, "x.mjs"), MARKED);
    box = sandbox({ "a.mjs": MARKED });
    symlinkSync(outside, join(box.directory, "linked"));
    symlinkSync(join(outside, "x.mjs"), join(box.directory, "x.mjs"));
    symlinkSync(join(box.directory, "a.mjs"), join(box.directory, "b.mjs"));
    try {
      expect((await box.run("instrument", join(outside, "x.mjs"))).code).toBe(2);
      expect((await box.run("instrument", "linked")).code).toBe(2);
      expect((await box.run("instrument", "x.mjs")).code).toBe(2);
      expect((await box.run("instrument", "b.mjs")).err).toMatch('"b.mjs" is a link, or leads through one. Name what it leads to: "a.mjs".');
      expect((await box.run("instrument", ".")).code).toBe(0);
      expect(statSync(join(outside, "x.mjs")).size).toBe(MARKED.length);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it("refuses to write over what it reads", async () => {
    box = sandbox({ "out/a.mjs": MARKED });
    expect(await box.run("instrument", "out", "--out-dir", "out")).toMatchObject({ code: 2 });
    expect(box.read("out/a.mjs")).toBe(MARKED);
  });
});
