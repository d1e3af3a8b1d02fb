import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, type Outcome } from "../command.js";
import { Project } from "../project.js";

const eslintConfig = `import errspan from "@errspan/eslint-plugin";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig({
  files: ["src/**/*.ts"],
  plugins: { errspan },
  extends: ["errspan/recommended"],
  languageOptions: { parser: tseslint.parser },
});
`;

/** The end of a file whose error is swallowed, and of the same file mended. */
export const swallowed = "export function read(text: string): void {\n  try {\n    save(text);\n  } catch {}\n}\ndeclare function save(text: string): void;\n";
export const mended = "export function read(text: string): void {\n  save(text);\n}\ndeclare function save(text: string): void;\n";

/** The address of this repository, as the docs name it, and where in it the hooks are. */
const address = "https://github.com/errspan/errspan";
const root = fileURLToPath(new URL("../..", import.meta.url));

const identity = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@localhost", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@localhost" };

/** A git repository of a project that lints with our plugin; nothing of the machine's git settings counts in it. */
export class Repository {
  readonly project: Project;
  /** What stands in for this repository, where tools are to take the hooks from it. */
  #published: Project | null = null;

  private constructor(project: Project) {
    this.project = project;
  }

  static async create(): Promise<Repository> {
    const repository = new Repository(await Project.create());
    const { project } = repository;
    await project.write("package.json", '{ "type": "module" }\n');
    await project.write("eslint.config.js", eslintConfig);
    await project.write(".gitignore", "node_modules\n");
    await project.link(".bin", "@errspan", "eslint", "typescript-eslint", "typescript");
    await repository.must("git init -q");
    return repository;
  }

  /** Gives the hooks of this repository to whoever clones it by the address and the version that the docs name. */
  async publishHooks(): Promise<void> {
    this.#published = await Project.create();
    await this.#published.write(".pre-commit-hooks.yaml", await readFile(join(root, ".pre-commit-hooks.yaml"), "utf8"));
    const { version } = JSON.parse(await readFile(join(root, "transformer/package.json"), "utf8")) as { version: string };
    await this.must(`git init -q && git add --all && git commit -q -m hooks && git tag v${version}`, this.#published.directory);
  }

  async remove(): Promise<void> {
    await this.project.remove();
    await this.#published?.remove();
  }

  /** Settings of git that apply to what tools run, too. */
  get #settings(): Record<string, string> {
    if (this.#published === null) return {};
    const { directory } = this.#published;
    return {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `url.${directory}.insteadOf`,
      GIT_CONFIG_VALUE_0: address,
      PREK_HOME: join(directory, ".git", "prek"),
    };
  }

  run(command: string, directory = this.project.directory): Promise<Outcome> {
    return run(command, directory, { ...identity, ...this.#settings, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", LEFTHOOK: "1", HUSKY: "1", CI: "" });
  }

  async must(command: string, directory?: string): Promise<string> {
    const { code, stderr, stdout } = await this.run(command, directory);
    if (code !== 0) throw new Error(`${command}\nended with ${String(code)}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Stages everything and commits it; what the hooks printed, and whether there is a commit more. */
  async commit(): Promise<{ readonly committed: boolean; readonly output: string }> {
    const count = async (): Promise<number> => Number((await this.run("git rev-list --count HEAD")).stdout.trim() || 0);
    await this.must("git add --all");
    const before = await count();
    const { stderr, stdout } = await this.run("git commit -q -m change");
    return { committed: (await count()) > before, output: stdout + stderr };
  }
}
