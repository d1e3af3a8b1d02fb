import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../src/cli/run.js";

/** A directory with files in it, and the command run there. */
export interface Sandbox {
  readonly directory: string;
  run(...args: string[]): Promise<{ code: number; out: string; err: string }>;
  /** The same in another directory. */
  in(cwd: string, ...args: string[]): Promise<{ code: number; out: string; err: string }>;
  read(path: string): string;
  write(files: Record<string, string | Uint8Array>): void;
  /** Paths of all files below, sorted; not of our own packages. */
  list(): string[];
  remove(): void;
}

/** What has to be there for a runtime to be found: its entry that rewritten code imports. */
export const RUNTIME: Readonly<Record<string, string>> = {
  "node_modules/@errspan/runtime/package.json": '{ "name": "@errspan/runtime", "version": "0.0.0", "type": "module", "exports": { "./emit": "./emit.js" } }',
  "node_modules/@errspan/runtime/emit.js": "",
};

export function sandbox(files: Record<string, string | Uint8Array>, surroundings: { tty?: boolean; env?: Record<string, string>; answer?: boolean } = {}): Sandbox {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "errspan-cli-")));
  const write = (contents: Record<string, string | Uint8Array>): void => {
    for (const [path, text] of Object.entries(contents)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
  };
  write(files);
  const runIn: Sandbox["in"] = async (cwd, ...args) => {
      const printed = { out: "", err: "" };
      const output = (name: "out" | "err") => ({
        isTTY: surroundings.tty ?? false,
        write: (text: string) => {
          printed[name] += text;
        },
      });
      const { answer } = surroundings;
      const confirm =
        answer === undefined
          ? null
          : (question: string) => {
              printed.out += question;
              return Promise.resolve(answer);
            };
      const io = { cwd, env: surroundings.env ?? {}, out: output("out"), err: output("err"), confirm };
      const code = await run(args, io, () => "1.2.3");
      return { code, ...printed };
  };
  return {
    directory,
    write,
    in: runIn,
    run: (...args) => runIn(directory, ...args),
    read: (path) => readFileSync(join(directory, path), "utf8"),
    list: () => {
      const found: string[] = [];
      for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name).slice(directory.length + 1);
        if (entry.isFile() && !path.startsWith("node_modules/@errspan/")) found.push(path);
      }
      return found.sort();
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
