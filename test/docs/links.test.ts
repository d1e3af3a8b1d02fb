import { existsSync, globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pages = globSync(["*.md", "docs/**/*.md", "{runtime,transformer,eslint-plugin}/*.md", "eslint-plugin/docs/**/*.md"], { cwd: root });

/** What GitHub makes of a heading when one links to it. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

async function anchorsOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, "utf8");
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchor(heading));
}

describe.each(pages)("%s", (page) => {
  it("should link only to files and headings that are there", async () => {
    const text = (await readFile(join(root, page), "utf8")).replaceAll(/```.*?```/gs, "");
    const dead: string[] = [];
    for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = "", heading] = target.split("#");
      const file = path === "" ? join(root, page) : join(root, dirname(page), path);
      if (!existsSync(file) || (heading !== undefined && !(await anchorsOf(file)).includes(heading))) dead.push(target);
    }
    expect(dead).toEqual([]);
  });
});
