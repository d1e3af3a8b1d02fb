import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Project } from "../project.js";
import { blocksOf, type Block } from "./markdown.js";
import { pack, serve, type Registry } from "./registry.js";

const readme = await readFile(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");

describe("the README's quick start, followed by the letter in an empty directory", () => {
  let packed: string;
  let registry: Registry;
  let project: Project;
  let printed: readonly Printed[];

  beforeAll(async () => {
    packed = await mkdtemp(join(tmpdir(), "errspan-pack-"));
    const tarballs = [];
    for (const name of ["@errspan/runtime", "@errspan/transformer", "@errspan/eslint-plugin"]) {
      tarballs.push(await pack(packed, name));
    }
    registry = await serve(tarballs);
    project = await Project.create();
    await project.write(".npmrc", `@errspan:registry=${registry.address}\n`);
    printed = await follow(blocksOf(readme, "Quick start"), project);
  }, 300_000);

  afterAll(async () => {
    await registry.close();
    await project.remove();
    await rm(packed, { recursive: true, force: true });
  });

  it("should print what the README says that it prints", () => {
    expect(printed.length).toBeGreaterThan(0);
    for (const { expected, actual } of printed) expect(timeless(actual)).toBe(timeless(expected));
  });
});

describe("the README's example of a config", () => {
  it("should conform to the published schema", async () => {
    const schema = await readFile(fileURLToPath(new URL("../../transformer/schema.json", import.meta.url)), "utf8");
    const validate = new Ajv().compile(JSON.parse(schema) as object);
    const configs = blocksOf(readme, "Without touching the code").filter(({ language }) => language === "json");
    expect(configs).toHaveLength(1);
    for (const { text } of configs) {
      validate(JSON.parse(text));
      expect(validate.errors).toBeNull();
    }
  });
});

interface Printed {
  readonly expected: string;
  readonly actual: string;
}

/** Writes each named block to its file, runs each shell line, and pairs what was printed with the block that shows it. */
async function follow(blocks: readonly Block[], project: Project): Promise<readonly Printed[]> {
  const printed: Printed[] = [];
  let last = "";
  for (const { language, file, text } of blocks) {
    if (file !== undefined) {
      await project.write(file, text);
    } else if (language === "sh") {
      for (const line of text.trim().split("\n")) {
        const { code, stdout, stderr } = await project.run(line);
        // ESLint's exit code says that it found what it was to find.
        if (code !== 0 && !line.includes("eslint src")) throw new Error(`${line}\nended with ${String(code)}\n${stdout}${stderr}`);
        last = stdout;
      }
    } else if (language === "text") {
      printed.push({ expected: text, actual: last });
    }
  }
  return printed;
}

/** Durations and ids differ from run to run, and so does the directory that a path begins with. */
function timeless(output: string): string {
  return output
    .replaceAll(/\d+(\.\d+)? ?(ms|µs|s)\b/g, "<duration>")
    .replaceAll(/\b[0-9a-f]{32}\b/g, "<trace id>")
    .replaceAll(/\/home\/you\/shop|\/\S*errspan-project-\w+/g, "<project>")
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
}
