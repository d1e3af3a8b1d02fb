import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { blocksOf } from "../packages/markdown.js";
import { mended, Repository, swallowed } from "./repository.js";

const docs = await readFile(fileURLToPath(new URL("../../docs/pre-commit.md", import.meta.url)), "utf8");

let repository: Repository;
afterEach(() => repository.project.remove());

/** Does what a section of the docs says, but for installing: the packages are there. */
async function follow(section: string): Promise<void> {
  for (const { file, language, text } of blocksOf(docs, section)) {
    if (file !== undefined) await repository.project.write(file, text);
    else if (language === "sh") for (const line of text.trim().split("\n")) if (!line.startsWith("npm install")) await repository.must(line);
  }
}

describe.each([
  ["lint-staged and husky", ["lint-staged", "husky"]],
  ["lefthook", ["lefthook"]],
])("a commit in a repository set up as the docs say for %s", (section, packages) => {
  it("should be stopped by a swallowed error, and go through when that is mended", async () => {
    repository = await Repository.create();
    await repository.project.link(...packages);
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
