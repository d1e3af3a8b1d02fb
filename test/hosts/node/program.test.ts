import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Project } from "../../project.js";
import { copyFixture } from "../fixture.js";
import { node, nodes, register, telemetry } from "./nodes.js";

const spans = [
  "span charge an order 2 src/orders.ts:10:3",
  "span counting 0 src/more.mts:1:8",
  "span describe 0 src/legacy.cts:3:1",
  "span double 0 src/plain.js:1:23",
  "span greet 0 src/old.cjs:1:17",
  "span more 0 src/more.mts:5:21",
  "span required 0 src/required.cts:2:1",
];

const spansOf = (stderr: string): string[] => stderr.split("\n").filter((line) => line.startsWith("span ")).sort();

let project: Project;

beforeAll(async () => {
  project = await copyFixture("node", ["tsx"]);
  await project.write("node_modules/installed/package.json", '{ "main": "index.js" }');
  await project.write(
    "node_modules/installed/index.js",
    '/** @traced */\nexports.install = function install() {\n  return "installed";\n};\n',
  );
});

afterAll(async () => {
  await project.remove();
});

describe.each(Object.entries(nodes))("a program that Node %s loads", (version, command) => {
  it("should be traced in TypeScript and JavaScript, as CommonJS and as ES modules, but not what is installed", async () => {
    expect((await project.run(`${command} --version`)).stdout).toContain(`v${version}.`);
    const { stdout, stderr, code } = await project.run(`${command} ${register} ${telemetry} src/main.ts`);
    expect(spansOf(stderr)).toEqual(spans);
    expect([stdout.split("\n")[0], code]).toEqual(["legacy required A-1 42 hello you 2 installed", 0]);
  });

  it("should print the same with the same places in stack traces", async () => {
    const plain = await project.run(`${command} --enable-source-maps src/main.ts`);
    const traced = await project.run(`${command} --enable-source-maps ${register} ${telemetry} src/main.ts`);
    const shown = (text: string): string => text.replaceAll("file://", "");
    expect(shown(traced.stdout)).toBe(shown(plain.stdout));
    expect(traced.stdout).toMatch(/Orders\.charge \(.*src\/orders\.ts:12:64\)/);
  });

  it("should be traced wherever the SDK is set up, and when it is required instead", async () => {
    for (const order of [`${telemetry} ${register}`, `--require @errspan/transformer/register ${telemetry}`]) {
      const { stderr } = await project.run(`${command} ${order} src/main.ts`);
      expect(spansOf(stderr)).toEqual(spans);
    }
  });

  it("should be traced once when it is registered twice", async () => {
    const { stderr } = await project.run(
      `${command} ${register} --require @errspan/transformer/register ${telemetry} src/main.ts`,
    );
    expect(spansOf(stderr)).toEqual(spans);
  });
});

// Older ones do not run tsx beside any hook of this kind.
describe.each([24, 26] as const)("a program that tsx compiles on Node %s", (version) => {
  it.each([`${register} --import tsx`, `--import tsx ${register}`])("should have its ES modules traced with %s", async (order) => {
    const { stdout, stderr } = await project.run(`${nodes[version]} ${telemetry} ${order} src/main.ts`);
    expect(spansOf(stderr)).toEqual(spans.filter((span) => !/\.c[jt]s:/.test(span)));
    expect(stdout).toMatch(/^legacy required A-1 42 hello you 2 installed\nRangeError.*src\/orders\.ts:12:64\)/);
  });
});

it("should warn on a Node that loads modules wrongly beside any hook", async () => {
  const { stderr } = await project.run(`${nodes[22]} ${register} src/plain.js`);
  expect(stderr).toMatch(/^errspan: warning ERRSPAN4202 Node 22\.15/);
  expect((await project.run(`${node} ${register} src/plain.js`)).stderr).toBe("");
});
