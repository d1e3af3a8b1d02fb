import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Project } from "../../project.js";

const fixtures = fileURLToPath(new URL("../../../fixtures", import.meta.url));

/** What the fixtures' programs and compilers import. */
const packages = [
  "@errspan/transformer",
  "@errspan/runtime",
  "@opentelemetry/api",
  "@opentelemetry/sdk-trace-node",
  "@types/node",
  "undici-types",
  "typescript",
  "ts-patch",
];

export const tspc = "node node_modules/ts-patch/bin/tspc.js";
export const tsc = "node node_modules/typescript/bin/tsc";

/** A copy of a fixture somewhere else, with what it needs installed. */
export async function copyFixture(name: string): Promise<Project> {
  const project = await Project.create();
  await cp(`${fixtures}/${name}`, project.directory, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|dist|traced|plain)$/.test(path),
  });
  await project.link(...packages);
  return project;
}
