import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

// The sections of both guides, by number.
const SECTIONS: Readonly<Record<string, readonly number[]>> = {
  // index = chapter - 1, value = number of its sections
  A: [2, 2, 3, 3, 2, 3, 2, 2, 2, 3, 2, 2],
  B: [3, 3, 3, 3, 3, 3, 0, 0, 0, 0],
};
const SUMMARY = ["essentials", "classification", "checklist"].map((part) => `A Summary: ${part}`);

const page = await readFile(fileURLToPath(new URL("../../../docs/from-rust.md", import.meta.url)), "utf8");
const rows = [...page.matchAll(/^\| ([AB] [^|]+) \|[^|]*\|(.*)\| `([\w./-]+\.test\.ts)`: (.+) \|$/gm)].map(
  ([, section = "", , file = "", title = ""]) => ({ section, file, title }),
);

describe("docs/from-rust.md", () => {
  it("has every section of both guides, in order and once", () => {
    const expected = Object.entries(SECTIONS).flatMap(([guide, chapters]) =>
      chapters.flatMap((sections, chapter) => [
        `${guide} ${chapter + 1}`,
        ...Array.from({ length: sections }, (_, section) => `${guide} ${chapter + 1}.${section + 1}`),
      ]),
    );
    const numbers = rows.map(({ section }) => /^[AB] [\d.]+/.exec(section)?.[0] ?? section);
    expect(numbers.filter((number) => !number.includes("Summary"))).toEqual(expected);
    expect(numbers.filter((number) => number.includes("Summary"))).toEqual(SUMMARY);
  });

  it.each([...new Set(rows.map(({ file }) => file))])("names only tests that are in %s", async (file) => {
    const source = await readFile(fileURLToPath(new URL(`../${file}`, import.meta.url)), "utf8");
    for (const row of rows.filter((candidate) => candidate.file === file)) expect(source).toContain(`("${row.title}"`);
  });
});
