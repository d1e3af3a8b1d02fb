import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project } from "../project.js";

const COUNT = 24;

const config = (preset: string): string => `import errspan from "@errspan/eslint-plugin";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig({
  files: ["src/**/*.ts"],
  plugins: { errspan },
  extends: ["errspan/${preset}"],
  languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
});
`;

/** A file with something to find for rules with types and without, which depends on its number. */
const source = (index: number): string => `export async function save${index}(text: string): Promise<void> {
  try {
    await Promise.resolve(text);
  } catch {}
}
export function start${index}(): void {
  ${index % 3 === 0 ? "save" : "void save"}${index}("a");
  ${index % 2 === 0 ? "" : "const ignored = "}Promise.allSettled([save${index}("b")]);
}
`;

interface Result {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly line: number }[];
}

let project: Project;

beforeEach(async () => {
  project = await Project.create();
  await project.link(".bin", "@errspan", "@types", "eslint", "typescript-eslint", "typescript");
  await project.write("package.json", '{ "type": "module" }');
  await project.write("tsconfig.json", '{ "compilerOptions": { "strict": true, "types": [], "target": "ES2023" }, "include": ["src"] }');
  await project.write("eslint.config.js", config("recommended-type-checked"));
  for (let index = 0; index < COUNT; index++) await project.write(`src/file-${index}.ts`, source(index));
});
afterEach(() => project.remove());

/** What is found, by file. */
async function lint(options: string): Promise<Record<string, string[]>> {
  const { code, stderr, stdout } = await project.run(`node_modules/.bin/eslint --format json ${options} src`);
  if (code !== 1) throw new Error(stdout + stderr);
  const results = JSON.parse(stdout) as Result[];
  return Object.fromEntries(results.map(({ filePath, messages }) => [filePath.slice(project.directory.length), messages.map(({ line, ruleId }) => `${line} ${String(ruleId)}`)]));
}

describe("the lint rules, in ESLint's own ways to be quicker", () => {
  it("should find the same in several threads", async () => {
    const alone = await lint("");
    expect(Object.keys(alone)).toHaveLength(COUNT);
    expect(new Set(Object.values(alone).flat().map((found) => found.split(" ")[1])).size).toBeGreaterThan(1);
    expect(await lint("--concurrency 2")).toEqual(alone);
  }, 600_000);

  it("should find the same from the cache, and look again where a file or the config has changed", async () => {
    const first = await lint("--cache");
    expect(await lint("--cache")).toEqual(first);
    // A mark in what is remembered shows that it is what is told.
    const remembered = await project.read(".eslintcache");
    await project.write(".eslintcache", remembered.replaceAll("errspan/no-swallowed-error", "remembered"));
    const told = await lint("--cache");
    expect(JSON.stringify(told)).toBe(JSON.stringify(first).replaceAll("errspan/no-swallowed-error", "remembered"));
    await project.write(".eslintcache", remembered);

    await project.write("src/file-0.ts", "export {};\n");
    expect(await lint("--cache")).toEqual({ ...first, "/src/file-0.ts": [] });

    await project.write("eslint.config.js", config("recommended").replace("extends", 'rules: { "errspan/no-swallowed-error": "off" },\n  extends'));
    const second = await lint("--cache");
    expect(second).toEqual(await lint(""));
    expect(second["/src/file-1.ts"]).not.toContainEqual(expect.stringContaining("no-swallowed-error"));
  }, 600_000);
});
