import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { blocksOf } from "../packages/markdown.js";
import { mended, Repository, swallowed } from "./repository.js";

const docs = await readFile(fileURLToPath(new URL("../../docs/pre-commit.md", import.meta.url)), "utf8");

let repository: Repository;
afterEach(() => repository.remove());

/** Writes the files of a section of the docs. */
async function writeFiles(section: string): Promise<void> {
  for (const { file, text } of blocksOf(docs, section)) if (file !== undefined) await repository.project.write(file, text);
}

/** Does what a section of the docs says, but for installing: the packages are there. */
async function follow(section: string): Promise<void> {
  await writeFiles(section);
  const commands = blocksOf(docs, section).filter(({ language }) => language === "sh");
  for (const { text } of commands) for (const line of text.trim().split("\n")) if (!line.startsWith("npm install")) await repository.must(line);
}

describe.each([
  ["lint-staged and husky", ["lint-staged", "husky"], []],
  ["lefthook", ["lefthook"], []],
  ["prek", ["@j178"], ["The pre-commit framework"]],
])("a commit in a repository set up as the docs say for %s", (section, packages, before) => {
  it("should be stopped by a swallowed error, and go through when that is mended", async () => {
    repository = await Repository.create();
    await repository.project.link(...packages);
    if (before.length > 0) await repository.publishHooks();
    for (const each of before) await writeFiles(each);
    await follow(section);
    expect(await repository.commit()).toMatchObject({ committed: true });

    await repository.project.write("src/a.ts", swallowed);
    await repository.project.write("notes.md", "try { } catch {}\n");
    const stopped = await repository.commit();
    expect(stopped.output).toMatch(/a\.ts\n +4:\d+ +error .*errspan\/no-swallowed-error/);
    expect(stopped.committed).toBe(false);

    await repository.project.write("src/a.ts", mended);
    expect(await repository.commit()).toMatchObject({ committed: true });
  });
});
