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

const identity = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@localhost", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@localhost" };

/** A git repository of a project that lints with our plugin; nothing of the machine's git settings counts in it. */
export class Repository {
  readonly project: Project;

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

  run(command: string): Promise<Outcome> {
    return run(command, this.project.directory, { ...identity, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", LEFTHOOK: "1", HUSKY: "1", CI: "" });
  }

  async must(command: string): Promise<string> {
    const { code, stderr, stdout } = await this.run(command);
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
