import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pack, readPacked, type Tarball } from "./registry.js";

const run = promisify(execFile);
const attw = fileURLToPath(new URL("../../node_modules/.bin/attw", import.meta.url));

interface Manifest {
  readonly license?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

describe.each(["@errspan/runtime", "@errspan/transformer", "@errspan/eslint-plugin"])("the tarball of %s", (name) => {
  let directory: string;
  let tarball: Tarball;
  let manifest: Manifest;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "errspan-pack-"));
    tarball = await pack(directory, name);
    manifest = JSON.parse(await readPacked(tarball, "package.json")) as Manifest;
  });

  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  it("should satisfy publint", async () => {
    const { buffer, byteOffset, byteLength } = await readFile(tarball.path);
    const { messages, pkg } = await publint({
      strict: true,
      pack: { tarball: buffer.slice(byteOffset, byteOffset + byteLength) },
    });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it("should give every way of importing it the right types", async () => {
    // With problems the command fails; they are in what it prints all the same. It leaves before a pipe has taken all
    // of that, so that it prints into a file.
    const report = `${tarball.path}.json`;
    await run("sh", ["-c", '"$0" "$1" --format json > "$2"', attw, tarball.path, report]).catch(() => undefined);
    const { problems } = JSON.parse(await readFile(report, "utf8")) as {
      problems: Readonly<Record<string, readonly unknown[]>>;
    };
    expect(Object.values(problems).flat()).toEqual([]);
  });

  it("should carry its license, a README and no sources, tests or build leftovers", async () => {
    expect(tarball.files).toContain("LICENSE");
    expect(tarball.files).toContain("README.md");
    expect(await readPacked(tarball, "LICENSE")).toMatch(/^MIT License/);
    expect(await readPacked(tarball, "README.md")).toContain(`# ${name}`);
    const odd = /(^|\/)(src|test|bench|node_modules)\/|\.test\.|\.tsbuildinfo$|^dist\/\./;
    expect(tarball.files.filter((file) => odd.test(file))).toEqual([]);
  });

  it("should run nothing when it is installed", () => {
    const atInstall = ["preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare"];
    expect(atInstall.filter((script) => script in (manifest.scripts ?? {}))).toEqual([]);
    expect(tarball.files).not.toContain("binding.gyp");
  });

  it("should name its license and the oldest Node it works on", () => {
    expect(manifest.license).toBe("MIT");
    expect(manifest.engines).toEqual({ node: ">=22.15" });
  });

  it("should take OpenTelemetry's API as a peer, never as a dependency", () => {
    expect(Object.keys(manifest.dependencies ?? {})).not.toContain("@opentelemetry/api");
    if (name === "@errspan/runtime") expect(manifest.peerDependencies).toHaveProperty("@opentelemetry/api", ">=1.9.0 <2");
  });
});
