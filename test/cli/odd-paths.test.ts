import { afterAll, beforeAll, expect, it } from "vitest";
import { Project } from "../project.js";

/** What Windows does not allow in names is left out there. */
const directory = process.platform === "win32" ? "C# größe 100%" : "C# größe? 100%";
const source = '/** @traced */\nexport function pay(cents: number): void {\n  if (cents > 1) throw new RangeError("no");\n}\n';
const main = 'import { pay } from "./p%23y 1.ts";\n\ntry {\n  pay(2);\n} catch (error) {\n  console.log(String(error));\n}\n';
const telemetry = `import { ConsoleSpanExporter } from "@errspan/runtime/console";
import { NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";

new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())] }).register();
`;
const compilerOptions = {
  target: "ES2023",
  module: "NodeNext",
  rootDir: "src",
  outDir: "dist",
  types: ["node"],
  skipLibCheck: true,
  plugins: [{ transform: "@errspan/transformer" }],
};

let project: Project;

beforeAll(async () => {
  project = await Project.create();
  const packages = ["@errspan/transformer", "@errspan/runtime", "@opentelemetry/api", "@opentelemetry/sdk-trace-node", "typescript", "ts-patch", "@types/node", "undici-types"];
  await project.link(...packages);
  await project.write(`${directory}/package.json`, '{ "type": "module" }');
  await project.write(`${directory}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ["src/p#y 1.ts"] }));
  await project.write(`${directory}/src/p#y 1.ts`, source);
  await project.write(`${directory}/src/main.ts`, main);
  await project.write(`${directory}/telemetry.mjs`, telemetry);
});

afterAll(() => project.remove());

const errspan = "node ../node_modules/@errspan/transformer/bin/errspan.js";

it.each([
  ["Node's loader", "node --import @errspan/transformer/register --import ./telemetry.mjs src/main.ts"],
  ["tspc", "node ../node_modules/ts-patch/bin/tspc.js && node --import ./telemetry.mjs --input-type=module -e \"import('./dist/p%23y 1.js').then((m) => m.pay(2)).catch((e) => console.log(String(e)))\""],
  ["errspan build", `${errspan} build && node --import ./telemetry.mjs --input-type=module -e "import('./dist/p%23y 1.js').then((m) => m.pay(2)).catch((e) => console.log(String(e)))"`],
  ["errspan instrument", `${errspan} instrument src --out-dir out && node --import ./telemetry.mjs out/src/main.ts`],
])("%s traces what stands below directories with other characters in their names, # and ? among them", async (_, command) => {
  const { code, stderr, stdout } = await project.run(`cd "${directory}" && ${command}`);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("RangeError: no\n");
  expect(stdout).toMatch(/✗ {2}pay .*src\/p#y 1\.ts:2:8\n/);
});
