import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { afterEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Outcome } from "../command.js";
import { blocksOf } from "../packages/markdown.js";
import { mended, Repository, swallowed } from "./repository.js";

const root = (path: string): Promise<string> => readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const hooks = parse(await root(".pre-commit-hooks.yaml")) as Hook[];

/** The keys of https://pre-commit.com/#creating-new-hooks that we use, with the defaults that they have there. */
interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files?: string;
  readonly exclude?: string;
  readonly pass_filenames?: boolean;
}

const text = { type: "string", minLength: 1 } as const;
const SCHEMA = {
  type: "array",
  minItems: 1,
  items: {
    type: "object",
    required: ["id", "name", "entry", "language"],
    additionalProperties: false,
    properties: {
      id: { type: "string", pattern: "^[a-z-]+$" },
      name: text,
      description: text,
      entry: text,
      // Runs what the project has installed. Newer versions call it "unsupported", and take the old name.
      language: { const: "system" },
      files: { type: "string", format: "regex" },
      exclude: { type: "string", format: "regex" },
      pass_filenames: { type: "boolean" },
      require_serial: { type: "boolean" },
    },
  },
};

let repository: Repository;
afterEach(() => repository.remove());

/**
 * Runs a hook as the framework runs one of language "system" before a commit: at the root of the repository, with the
 * words of its entry as a shell splits them, and behind them the staged files that `files` finds and `exclude` does
 * not; not at all where there are none.
 *
 * @returns null where it is not run
 */
async function runHook(id: string): Promise<Outcome | null> {
  const hook = hooks.find((each) => each.id === id);
  if (hook === undefined) throw new Error(`There is no hook ${id}`);
  await repository.must("git add --all");
  const staged = await repository.must("git diff --staged --name-only --no-ext-diff --diff-filter=ACMRTUXB -z");
  const { entry, exclude = "^$", files = "", pass_filenames: passed = true } = hook;
  const chosen = staged.split("\0").filter((file) => file !== "" && new RegExp(files).test(file) && !new RegExp(exclude).test(file));
  if (chosen.length === 0) return null;
  return repository.run([entry, ...(passed ? chosen.map((file) => `'${file}'`) : [])].join(" "));
}

describe("the hooks for the pre-commit framework", () => {
  it("should be written as the framework reads them, and be the ones that the docs name", async () => {
    repository = await Repository.create();
    const validate = new Ajv({ formats: { regex: (value: string) => Boolean(new RegExp(value)) } }).compile(SCHEMA);
    validate(hooks);
    expect(validate.errors).toBeNull();
    const [config] = blocksOf(await root("docs/pre-commit.md"), "The pre-commit framework").filter(({ language }) => language === "yaml");
    const { repos } = parse(config?.text ?? "") as { repos: { rev: string; hooks: { id: string }[] }[] };
    expect(repos[0]?.hooks.map(({ id }) => id)).toEqual(hooks.map(({ id }) => id));
    const { version } = JSON.parse(await root("transformer/package.json")) as { version: string };
    expect(repos[0]?.rev).toBe(`v${version}`);
  });

  it("should stop a swallowed error, let it pass when it is mended, and not run without code", async () => {
    repository = await Repository.create();
    await repository.commit();
    await repository.project.write("docs/a.md", "");
    expect(await runHook("errspan-lint")).toBeNull();
    await repository.project.write("src/with space.ts", swallowed);
    const stopped = await runHook("errspan-lint");
    expect(stopped?.code).toBe(1);
    expect(stopped?.stdout).toMatch("errspan/no-swallowed-error");
    await repository.project.write("src/with space.ts", mended);
    expect(await runHook("errspan-lint")).toMatchObject({ code: 0, stdout: "" });
  });

  it("should stop a marker that cannot be carried out, and a config that is wrong", async () => {
    repository = await Repository.create();
    await repository.commit();
    await repository.project.write("src/a.ts", '/** @traced({ nmae: "x" }) */\nexport function f() {}\n');
    expect(await runHook("errspan-list")).toMatchObject({ code: 1, stderr: expect.stringMatching(/^src\/a\.ts:1:15 error ERRSPAN2002/m) as unknown });
    await repository.project.write("src/a.ts", '/** @traced({ name: "x" }) */\nexport function f() {}\n');
    expect(await runHook("errspan-list")).toMatchObject({ code: 0 });
    await repository.commit();
    await repository.project.write("src/types.d.ts", "export {};\n");
    expect(await runHook("errspan-list")).toBeNull();
    await repository.project.write("errspan.config.json", '{ "selct": [] }\n');
    expect(await runHook("errspan-list")).toMatchObject({ code: 1, stderr: expect.stringMatching(/^errspan\.config\.json:1:3 error ERRSPAN3003/m) as unknown });
  });
});
