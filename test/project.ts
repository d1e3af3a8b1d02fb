import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, type Outcome } from "./command.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A project somewhere else on the disk, as a user of the packages has one. */
export class Project {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async create(): Promise<Project> {
    return new Project(await mkdtemp(join(tmpdir(), "errspan-project-")));
  }

  async write(path: string, content: string): Promise<void> {
    const file = join(this.directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.directory, path), "utf8");
  }

  /** All files below a directory of the project, as sorted relative paths; none if there is no such directory. */
  async files(path: string): Promise<readonly string[]> {
    const entries = await readdir(join(this.directory, path), { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
  }

  /** Puts packages of this repository's node_modules into the project's, as links: quicker than installing them. */
  link(...names: readonly string[]): Promise<void> {
    return this.linkFrom(join(root, "node_modules"), names);
  }

  /**
   * The same with another folder's packages.
   *
   * @param modules - the `node_modules` that the packages stand in
   * @param into - the folder of the project whose `node_modules` gets the links; the project itself by default
   */
  async linkFrom(modules: string, names: readonly string[], into = ""): Promise<void> {
    for (const name of names) {
      const target = join(this.directory, into, "node_modules", name);
      await mkdir(dirname(target), { recursive: true });
      await symlink(join(modules, name), target, "junction");
    }
  }

  run(command: string): Promise<Outcome> {
    return run(command, this.directory);
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}
