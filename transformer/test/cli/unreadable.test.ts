import { mkdirSync, renameSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { readSource } from "../../src/cli/source-files.js";
import { RUNTIME, sandbox } from "./command.js";
import type { Sandbox } from "./command.js";

let box: Sandbox | undefined;
afterEach(() => box?.remove());

const MARKED = "/** @traced */\nexport function f(a) {\n  return a.b;\n}\n";

it("a file that the system does not read is told with the reason, and left alone", () => {
  box = sandbox({ "a.mjs/b.mjs": "" });
  expect(readSource(join(box.directory, "a.mjs"), "a.mjs")).toEqual({
    code: "ERRSPAN1904",
    severity: "warning",
    message: "It is left alone because it cannot be read: it is a directory (EISDIR).",
    file: "a.mjs",
    line: 1,
    column: 1,
  });
});

/** Directories with names as long as they may be, one in the other; too deep for the system, but only as a whole. */
function deep(top: string): () => void {
  const long = "long".repeat(60);
  const half = Array.from({ length: 9 }, () => long);
  mkdirSync(join(top, ...half), { recursive: true });
  mkdirSync(join(top, "other", ...half), { recursive: true });
  const [outer, inner] = [join(top, "other"), join(top, ...half, "other")];
  renameSync(outer, inner);
  return () => {
    renameSync(inner, outer);
  };
}

it("a directory that the system does not read is told, and the other files are looked at and rewritten", async () => {
  box = sandbox({ ...RUNTIME, "src/a.mjs": MARKED });
  const undo = deep(join(box.directory, "src"));
  try {
    const { code, out, err } = await box.run("list", "--json");
    const { functions, diagnostics } = JSON.parse(out) as { functions: { file: string }[]; diagnostics: { code: string; severity: string }[] };
    expect([code, err, functions.map(({ file }) => file)]).toEqual([0, "", ["src/a.mjs"]]);
    expect(diagnostics).toMatchObject([{ code: "ERRSPAN1904", severity: "warning" }]);
    const instrumented = await box.run("instrument", "src");
    expect([instrumented.code, instrumented.err]).toEqual([0, expect.stringMatching(/^src\/long.*:1:1 warning ERRSPAN1904 .*ENAMETOOLONG/)]);
    expect(box.read("src/a.mjs")).toContain("@errspan/runtime/emit");
  } finally {
    undo();
  }
});

it("a link in a circle, and what is no file at all, are not waited for", async () => {
  box = sandbox({ "a.mjs": MARKED });
  const { directory } = box;
  symlinkSync("circle.mjs", join(directory, "circle.mjs"));
  expect(await box.run("list", "circle.mjs")).toMatchObject({ code: 2, err: expect.stringMatching(/^errspan list: "circle\.mjs" cannot be read: it is a link that leads in a circle \(ELOOP\)\.\n/) as unknown });
  const server = createServer();
  await new Promise<void>((done) => void server.listen(join(directory, "s.mjs"), done));
  expect(await box.run("list", "s.mjs")).toMatchObject({ code: 2, err: expect.stringMatching(/^errspan list: "s\.mjs" is neither a file nor a directory\.\n/) as unknown });
  expect(await box.run("list")).toMatchObject({ code: 0, err: "", out: expect.stringContaining("a.mjs") as unknown });
  await new Promise((done) => server.close(done));
});

it("a config that is a directory is told in words", async () => {
  box = sandbox({ "errspan.config.json/a.txt": "" });
  expect(await box.run("list")).toEqual({ code: 1, out: "", err: "errspan.config.json:1:1 error ERRSPAN3001 The config cannot be read: it is a directory (EISDIR).\n" });
});
