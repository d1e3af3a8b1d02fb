import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Project } from "../project.js";

const command = fileURLToPath(new URL("../../node_modules/@errspan/transformer/dist/esm/cli/main.js", import.meta.url));
const MARKED = "/** @traced */\nexport function f(a) {\n  return a.b;\n}\n";
const LARGE = MARKED + "// a long comment\n".repeat(1800);

/** A file system of its own, where the machine lets anybody mount one for a command; elsewhere Node says what it would. */
const isMounted = spawnSync("unshare", ["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

/** Has files written in the middle of which the disk is full, or none at all, until somebody makes room. */
const PRETENCE = `import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
const write = fs.writeFileSync;
const code = process.env.DISK;
fs.writeFileSync = (path, text, ...more) => {
  if (code === "EROFS" || (code === "ENOSPC" && text.length > 16_000)) {
    if (code === "ENOSPC") write(path, text.slice(0, 16_000), ...more);
    throw Object.assign(new Error(code), { code });
  }
  return write(path, text, ...more);
};
syncBuiltinESMExports();
`;

let project: Project;

beforeEach(async () => {
  project = await Project.create();
  await project.link("@errspan/runtime");
  await project.write("disk/a.mjs", MARKED);
  await project.write("disk/b.mjs", LARGE);
  await project.write("disk/c.mjs", MARKED);
  await project.write("pretence.mjs", PRETENCE);
});
afterEach(() => project.remove());

interface Attempt {
  readonly code: number;
  readonly said: string;
  readonly files: readonly string[];
}

/** Runs a command on the disk as it is, and again when that is mended. */
async function twice(mounted: { disk: string; mended: string }, pretended: string, args: string): Promise<readonly [Attempt, Attempt]> {
  const attempt = (variables = ""): string => `cd disk; ${variables} "${process.execPath}" "${command}" ${args} 2>&1; echo "code $?"; ls -A; cd ..; echo ---`;
  const pretend = (code: string): string => attempt(`DISK=${code} NODE_OPTIONS=--import=../pretence.mjs`);
  const script = isMounted
    ? `cp -R disk sources; mount -t tmpfs -o size=64k tmpfs disk; cp -R sources/. disk; ${mounted.disk}; ${attempt()}; ${mounted.mended}; ${attempt()}`
    : `${pretend(pretended)}; ${attempt()}`;
  await project.write("run.sh", script);
  const { stdout } = await project.run(isMounted ? "unshare --user --map-root-user --mount sh run.sh" : "sh run.sh");
  const [first, second] = stdout.split("---\n").map((text) => {
    const [, said = "", code, files = ""] = /^([^]*)code (\d+)\n([^]*)$/.exec(text) ?? [];
    return { code: Number(code), said, files: files.trim().split("\n") };
  });
  if (first === undefined || second === undefined) throw new Error(stdout);
  return [first, second];
}

const how = isMounted ? "" : ", as Node would tell it";
const done = { code: 0, said: "", files: ["a.mjs", "a.mjs.map", "b.mjs", "b.mjs.map", "c.mjs", "c.mjs.map"] };

it(`errspan instrument on a disk that is full${how}: says so, keeps every file whole, and does the rest when there is room`, async () => {
  const [full, mended] = await twice({ disk: ":", mended: "mount -o remount,size=1m disk" }, "ENOSPC", "instrument .");
  expect(full).toEqual({
    code: 1,
    said:
      "errspan instrument: b.mjs cannot be written: the disk is full. Free some space (ENOSPC). It is as it was.\n" +
      "2 files of 3 left alone; the others are whole. Run it again to do the rest.\n",
    files: ["a.mjs", "a.mjs.map", "b.mjs", "c.mjs"],
  });
  expect(mended).toEqual(done);
});

it(`errspan instrument on a disk that is read-only${how}: says so, and what to do`, async () => {
  const [locked, mended] = await twice({ disk: "mount -o remount,ro disk", mended: "mount -o remount,rw,size=1m disk" }, "EROFS", "instrument .");
  expect(locked).toEqual({
    code: 1,
    said:
      "errspan instrument: a.mjs cannot be written: the file system is read-only (EROFS). It is as it was.\n" +
      "With --out-dir it writes elsewhere.\n" +
      "3 files of 3 left alone; the others are whole. Run it again to do the rest.\n",
    files: ["a.mjs", "b.mjs", "c.mjs"],
  });
  expect(mended).toEqual(done);
});

it(`errspan instrument --out-dir, into a directory that cannot be made on a disk that is read-only${how}: says why`, async () => {
  const [locked] = await twice({ disk: "mount -o remount,ro disk", mended: ":" }, "EROFS", "instrument . --out-dir out/deep");
  expect([locked.code, locked.said]).toEqual([
    1,
    "errspan instrument: out/deep/a.mjs cannot be written: the file system is read-only (EROFS). It is as it was.\n" +
      "3 files of 3 left alone; the others are whole. Run it again to do the rest.\n",
  ]);
});

it(`errspan build on a disk that is read-only${how}: says so; in the end it leaves nothing behind, not what a killed run left either`, async () => {
  await project.link("@errspan/transformer", "@opentelemetry/api", "typescript");
  await project.write("disk/tsconfig.json", '{ "compilerOptions": { "module": "nodenext", "types": [], "lib": ["ES2023"] }, "files": ["d.mts"] }');
  await project.write("disk/d.mts", MARKED.replace("(a)", "(a: { b: number }): number"));
  // No process has such a number. A directory with a file in it goes onto the disk as the others do.
  await project.write("disk/.errspan-build-99999999-a/in/d.mts", MARKED);
  const [locked, mended] = await twice({ disk: "mount -o remount,ro disk", mended: "mount -o remount,rw,size=1m disk" }, "EROFS", "build");
  expect(locked).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^errspan build: A copy of the sources, which is compiled in their place, cannot be written into .*disk: the file system is read-only \(EROFS\)\. Nothing was built\.\n$/) as unknown,
  });
  expect(mended).toEqual({ code: 0, said: "", files: ["a.mjs", "b.mjs", "c.mjs", "d.mjs", "d.mts", "tsconfig.json"] });
});
