import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Project } from "../project.js";

const fixtures = fileURLToPath(new URL("../../fixtures", import.meta.url));

/** What every traced program needs. */
const packages = ["@errspan/transformer", "@errspan/runtime", "@opentelemetry/api", "@opentelemetry/sdk-trace-node"];

/** What compiles one with tspc. */
export const compilerPackages = ["@types/node", "undici-types", "typescript", "ts-patch"];

export const tspc = "node node_modules/ts-patch/bin/tspc.js";
export const tsc = "node node_modules/typescript/bin/tsc";

/**
 * A copy of a fixture somewhere else, with what it needs installed.
 *
 * @param tools - packages that build or run it
 */
export async function copyFixture(name: string, tools: readonly string[] = compilerPackages): Promise<Project> {
  const project = await Project.create();
  await cp(`${fixtures}/${name}`, project.directory, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|dist|traced|plain)$/.test(path),
  });
  await project.link(...packages, ...tools);
  return project;
}
