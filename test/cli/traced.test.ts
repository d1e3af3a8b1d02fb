import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project } from "../project.js";

const script = fileURLToPath(new URL("../../scripts/traced-command.mjs", import.meta.url));
const MARKED = "/** @traced */\nexport const f = () => 1;\n";

let project: Project;
beforeEach(async () => {
  project = await Project.create();
  await project.write("a.mjs", MARKED);
});
afterEach(() => project.remove());

describe("the command, traced by itself", () => {
  it("should do what it does untraced, and print its spans", async () => {
    const { code, stderr, stdout } = await project.run(`"${process.execPath}" "${script}" list`);
    expect([code, stdout]).toEqual([0, "a.mjs\n  2:18  f  function  @traced\n"]);
    expect(stderr).toMatch(/^trace [0-9a-f]{32} · \d+ spans/);
    expect(stderr).toMatch(/✓ {2}run .*\n└─ ✓ {2}list .*(\n {3}├─ .*)*\n {3}├─ ✓ {2}readSource .*file=\S+a\.mjs/);
  });

  it("should show where a file could not be written, and why", async () => {
    await project.write("a.mjs.map/keep", "");
    const { code, stderr } = await project.run(`"${process.execPath}" "${script}" instrument a.mjs`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/✗ {2}writeAtomically .*\n.*WriteError: .*a\.mjs\.map cannot be written: a directory stands in its place \(EISDIR\)/);
    expect(await project.read("a.mjs")).toBe(MARKED);
  });
});
