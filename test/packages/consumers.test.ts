import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Project } from "../project.js";
import { pack, readPacked, type Tarball } from "./registry.js";

/** A program that a project of either module system compiles: three ways to mark a function, one of which fails. */
const program = `
import { activeTraceId, traced, withSpan } from "@errspan/runtime";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";

const exporter = new InMemorySpanExporter();
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();

class Cart {
  @traced({ name: "add to cart" })
  add(): boolean {
    return activeTraceId() !== undefined;
  }
}

/** @traced */
async function buy(): Promise<void> {
  new Cart().add();
  await withSpan("pay", async () => {
    throw new TypeError("no money");
  });
}

buy().catch(() => {
  console.log(exporter.getFinishedSpans().map(({ name, status }) => name + " " + status.code).join(", "));
});
`;

/** A program that knows nothing of tracing. */
const unmarked = `
class Stock {
  reserve(count: number): void {
    if (count > 3) throw new RangeError("no stock");
  }
}

const order = async (count: number): Promise<void> => {
  new Stock().reserve(count);
};

order(5).catch((error: Error) => console.log(error.message));
`;

/** Set-up that prints each span as it ends. */
const setup = `
import { NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
const print = (spans, done) => {
  for (const { name, status } of spans) console.log(name, status.code);
  done({ code: 0 });
};
const exporter = { export: print, shutdown: async () => {} };
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
`;

const compilerOptions = {
  target: "ES2023",
  strict: true,
  types: ["node"],
  rootDir: ".",
  outDir: "dist",
  plugins: [{ transform: "@errspan/transformer" }],
};

interface Manifest {
  readonly exports: object;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A program that loads each specifier and prints which were loaded, and of the others what was missing. */
function loading(specifiers: readonly string[], load: string): string {
  return `
const outcomes = {};
for (const name of ${JSON.stringify(specifiers)}) {
  try {
    outcomes[name] = Object.keys(${load}).length > 0 ? "loaded" : "empty";
  } catch (error) {
    outcomes[name] = /Cannot find (?:package|module) '([^']+)'/.exec(error.message)?.[1] ?? error.stack;
  }
}
console.log(JSON.stringify(outcomes));
`;
}

const swallowing = "export async function save(database) {\n  try {\n    await database.save();\n  } catch (error) {}\n}\n";

describe("the packed packages, installed in a project", () => {
  let packed: string;
  let tarballs: readonly Tarball[];
  let project: Project;

  beforeAll(async () => {
    packed = await mkdtemp(join(tmpdir(), "errspan-pack-"));
    tarballs = [await pack(packed, "@errspan/runtime"), await pack(packed, "@errspan/transformer"), await pack(packed, "@errspan/eslint-plugin")];
    project = await Project.create();
    await project.write("package.json", "{}");
    const others = "@opentelemetry/api @opentelemetry/sdk-trace-node typescript@6 ts-patch eslint typescript-eslint @types/node@24";
    const { code, stderr } = await project.run(`npm install ${tarballs.map(({ path }) => path).join(" ")} ${others}`);
    if (code !== 0) throw new Error(stderr);
    for (const type of ["module", "commonjs"]) await project.write(`${type}/package.json`, JSON.stringify({ type }));
  }, 300_000);

  afterAll(async () => {
    await project.remove();
    await rm(packed, { recursive: true, force: true });
  });

  it("should load by import and by require whatever needs no optional peer", async () => {
    const specifiers: string[] = [];
    const peers = new Set<string>();
    for (const tarball of tarballs) {
      const manifest = JSON.parse(await readPacked(tarball, "package.json")) as Manifest;
      const paths = Object.keys(manifest.exports).filter((path) => !path.endsWith(".json"));
      specifiers.push(...paths.map((path) => tarball.name + path.slice(1)));
      for (const [peer, { optional }] of Object.entries(manifest.peerDependenciesMeta ?? {})) if (optional) peers.add(peer);
    }
    await project.write("module/load.js", loading(specifiers, "await import(name)"));
    await project.write("commonjs/load.js", loading(specifiers, "require(name)"));
    for (const type of ["module", "commonjs"]) {
      const { stdout, stderr } = await project.run(`node ${type}/load.js`);
      expect(stderr).toBe("");
      const outcomes = JSON.parse(stdout) as Readonly<Record<string, string>>;
      // Whoever loads that entry wants what it does, not what it exports; of CommonJS something is always imported.
      const expected = (name: string): string => (name === "@errspan/transformer/register" && type === "commonjs" ? "empty" : "loaded");
      const failed = Object.entries(outcomes).filter(([name, outcome]) => outcome !== expected(name) && !peers.has(outcome));
      expect(Object.fromEntries(failed)).toEqual({});
      for (const path of ["", "/emit", "/console", "/errors", "/result"]) expect(outcomes).toHaveProperty([`@errspan/runtime${path}`], "loaded");
    }
  });

  it.each([
    ["module", "NodeNext"],
    ["commonjs", "NodeNext"],
    ["commonjs", "CommonJS"],
  ])("should be compiled with tspc and run in a project of type %s with module %s", async (type, module) => {
    await project.write(`${type}/program.ts`, program);
    const resolution = module === "CommonJS" ? { moduleResolution: "Bundler" } : {};
    const tsconfig = { compilerOptions: { ...compilerOptions, module, ...resolution }, files: ["program.ts"] };
    await project.write(`${type}/tsconfig.json`, JSON.stringify(tsconfig));
    expect(await project.run(`npx tspc -p ${type}`)).toMatchObject({ code: 0, stdout: "" });
    const { stdout, stderr } = await project.run(`node ${type}/dist/program.js`);
    expect(stderr).toBe("");
    expect(stdout).toBe("add to cart 0, pay 2, buy 2\n");
  });

  it("should trace somebody's program that is selected by a config file alone", async () => {
    await project.write("service/package.json", '{ "type": "module" }');
    await project.write("service/src/run.ts", unmarked);
    await project.write("service/errspan.config.json", '{ "select": [{ "functions": "all" }] }');
    const tsconfig = { compilerOptions: { ...compilerOptions, rootDir: "src", module: "NodeNext" }, include: ["src"] };
    await project.write("service/tsconfig.json", JSON.stringify(tsconfig));
    await project.write("service/setup.js", setup);
    expect(await project.run("npx tspc -p service")).toMatchObject({ code: 0, stdout: "" });
    const { stdout, stderr } = await project.run("node --import ./service/setup.js service/dist/run.js");
    expect(stderr).toBe("");
    expect(stdout).toBe("Stock.reserve 2\norder 2\nno stock\n<anonymous> 0\n");
  });

  it.each([
    ["module", "eslint.config.js", 'import errspan from "@errspan/eslint-plugin";\nexport default'],
    ["commonjs", "eslint.config.js", 'const { default: errspan } = require("@errspan/eslint-plugin");\nmodule.exports ='],
    ["module", "eslint.config.cjs", 'const errspan = require("@errspan/eslint-plugin");\nmodule.exports ='],
  ])("should lint in a project of type %s from %s", async (type, file, opening) => {
    await project.write(`${type}/${file}`, `${opening} [{ plugins: { errspan }, rules: { "errspan/no-swallowed-error": "error" } }];\n`);
    await project.write(`${type}/swallow.js`, swallowing);
    const { stdout, code } = await project.run(`npx eslint --config ${type}/${file} ${type}/swallow.js`);
    expect(stdout).toContain("errspan/no-swallowed-error");
    expect(code).toBe(1);
  });

  it("should bring the command errspan", async () => {
    const { stdout, code } = await project.run("npx errspan --help");
    expect(stdout).toContain("errspan");
    expect(code).toBe(0);
  });
});
