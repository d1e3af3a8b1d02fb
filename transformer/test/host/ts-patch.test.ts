import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tsPatchPlugin, type PluginExtras, type PluginOptions } from "../../src/host/ts-patch.js";

const marked = "/** @traced */\nexport function pay() { return 1 }\n";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "errspan-plugin-"));
  write("package.json", '{ "type": "module" }');
  write("node_modules/@errspan/runtime/package.json", '{ "exports": { "./emit": "./emit.js" } }');
  write("node_modules/@errspan/runtime/emit.js", "");
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

interface Build {
  /** As the compiler prints them, followed by what the plugin printed itself. */
  readonly messages: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly skipped: boolean;
}

/** Compiles the project as ts-patch does with our entry as the only plugin. */
function build(
  entry: PluginOptions | Record<string, unknown> = {},
  extras: Partial<PluginExtras> = {},
): Build {
  const plugin = { transform: "@errspan/transformer", ...entry };
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    noLib: true,
    types: [],
    rootDir: ".",
    outDir: "out",
    plugins: [plugin],
  };
  write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }, null, 2));
  const parsed = ts.getParsedCommandLineOfConfigFile(
    join(directory, "tsconfig.json"),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  if (!parsed) throw new Error("the tsconfig cannot be read");
  const program = ts.createProgram(parsed.fileNames, parsed.options);
  const outputs = new Map<string, string>();
  const diagnostics: ts.Diagnostic[] = [];
  const printed: string[] = [];
  const print = vi.spyOn(ts.sys, "write").mockImplementation((text) => void printed.push(text));
  try {
    const patched = Object.assign(program, { originalEmit: program.emit.bind(program) });
    const { transform: _transform, ...options } = plugin;
    const before = tsPatchPlugin(patched, options, {
      ts,
      library: "tsc",
      addDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
      diagnostics,
      ...extras,
    });
    const { emitSkipped } = patched.originalEmit(
      undefined,
      (name, text) => void outputs.set(name, text),
      undefined,
      false,
      { before: [before] },
    );
    const host = {
      getCurrentDirectory: () => directory,
      getCanonicalFileName: (name: string) => name,
      getNewLine: () => "\n",
    };
    // What is printed is told relative to the working directory.
    const messages = [
      ts.formatDiagnostics(diagnostics, host),
      ...printed.map((text) => text.replace(/^.*(?=errspan\.config)/, "")),
    ];
    return { messages: messages.join(""), outputs, skipped: emitSkipped };
  } finally {
    print.mockRestore();
  }
}

test("should trace marked functions without any options", () => {
  write("src/pay.ts", marked);
  const { messages, outputs, skipped } = build();
  expect([messages, skipped]).toEqual(["", false]);
  expect([...outputs.values()].join()).toContain('site)(["pay", "pay", "src/pay.ts", 2, 8, ');
});

test("should read the config file beside the tsconfig, or the one that is named", () => {
  write("src/pay.ts", "export const a = () => 1;\nexport const b = () => 2;\n");
  write("errspan.config.json", '{ "select": [{ "names": ["a"] }] }');
  write("other/tracing.json", '{ "select": [{ "names": ["b"] }] }');
  const spans = (build: Build): string[] =>
    [...build.outputs.values()].join().match(/(?<=\.site\)\(\[)"\w+"/g) ?? [];
  expect(spans(build())).toEqual(['"a"']);
  expect(spans(build({ config: "other/tracing.json" }))).toEqual(['"b"']);
  expect(spans(build({ select: [{ functions: "all" }] }))).toEqual(['"a"', '"b"']);
});

test("should point at the option in the tsconfig that is wrong", () => {
  write("src/pay.ts", marked);
  const { messages, outputs } = build({ select: [{ functions: "all" }, { functions: "every" }] });
  expect(messages).toMatch(
    /^tsconfig\.json\(17,26\): error TS993004: select\[1\]\.functions .*"every".* \[ERRSPAN3004\]\n$/,
  );
  expect(outputs.size).toBe(0);
});

test("should suggest the option that was meant", () => {
  write("src/pay.ts", marked);
  expect(build({ exlude: [] }).messages).toMatch(
    /^tsconfig\.json\(\d+,9\): error TS993003: .*exlude.*[Dd]id you mean "exclude"/,
  );
});

test("should not take a config file and a config of its own at once", () => {
  write("src/pay.ts", marked);
  const { messages, outputs } = build({ config: "errspan.config.json", select: [] });
  expect(messages).toMatch(/tsconfig\.json\(\d+,9\): error .*Keep one of them/);
  expect(outputs.size).toBe(0);
});

test("should say which config file cannot be read", () => {
  write("src/pay.ts", marked);
  expect(build({ config: "nowhere.json" }).messages).toMatch(/^nowhere\.json\(1,1\): error .*ERRSPAN3001/);
  expect(build({ config: 5 }).messages).toMatch(/^tsconfig\.json\(\d+,19\): error .*must be the path/);
});

test("should write nothing when the marker in one of several files is wrong", () => {
  write("src/a.ts", marked);
  write("src/b.ts", marked.replace("@traced", '@traced({ nmae: "x" })'));
  const { messages, outputs, skipped } = build();
  expect(messages).toMatch(/^src\/b\.ts\(1,\d+\): error TS992002: /);
  expect([outputs.size, skipped]).toEqual([0, true]);
});

test("should print warnings and go on", () => {
  write("src/pay.ts", "export function pay() {}\n");
  write("errspan.config.json", '{ "select": [{ "names": ["nobody"] }, {}] }');
  const { messages, outputs } = build();
  expect(messages).toMatch(/^errspan\.config\.json\(\d+,\d+\): warning TS993005: /);
  expect([...outputs.values()].join()).toContain("__errspan");
});

test("should hand warnings to tools that use the compiler's API", () => {
  write("src/pay.ts", "export function pay() {}\n");
  const diagnostics: ts.Diagnostic[] = [];
  build(
    { select: [{ names: ["nobody"] }, {}] },
    { library: "typescript", addDiagnostic: (diagnostic) => diagnostics.push(diagnostic) },
  );
  expect(diagnostics).toMatchObject([
    { category: ts.DiagnosticCategory.Warning, code: 993_005, source: "errspan" },
  ]);
});

test("should ask for the runtime where there is something to trace, and only there", () => {
  rmSync(join(directory, "node_modules"), { recursive: true });
  write("src/plain.ts", "export const n = 1;\n");
  expect(build().messages).toBe("");
  write("src/pay.ts", marked);
  const { messages, outputs } = build();
  expect(messages).toMatch(/^src\/pay\.ts\(1,1\): error TS994102: .*npm install @errspan\/runtime/);
  expect(outputs.size).toBe(0);
});

test.each([
  ["7.0.2", /has no transformers.*errspan instrument/],
  ["5.3.3", /too old/],
  ["4.9.5", /too old/],
])("should not work with TypeScript %s and say what does", (version, words) => {
  write("src/pay.ts", marked);
  const { messages, outputs } = build({}, { ts: { ...ts, version } });
  expect(messages).toMatch(/^error TS994103: /);
  expect(messages).toMatch(words);
  expect(outputs.size).toBe(0);
});

test("should work with the newest prereleases of the versions that it knows", () => {
  write("src/pay.ts", marked);
  for (const version of ["5.4.2", "5.10.0-beta", "6.1.0-dev.20261101"]) {
    expect([...build({}, { ts: { ...ts, version } }).outputs.values()].join()).toContain("__errspan");
  }
});

test("should say what is wrong when it is called as another kind of plugin", () => {
  const program = ts.createProgram([], { noLib: true });
  expect(() => tsPatchPlugin(program, {}, undefined as unknown as PluginExtras)).toThrow(
    /Take "type", .* out of its entry/,
  );
});
