import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { programFiles, readPrograms } from "../harness/program.js";

it("runs every file of programs", () => {
  const suites = readdirSync(import.meta.dirname)
    .filter((name) => name !== "programs.test.ts")
    .map((name) => readFileSync(`${import.meta.dirname}/${name}`, "utf8"))
    .join("\n");
  expect(programFiles().filter((file) => !suites.includes(`"${file}"`))).toEqual([]);
});

it("gives the programs of a file names of their own", () => {
  for (const file of programFiles()) {
    const titles = readPrograms(file).map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  }
});
