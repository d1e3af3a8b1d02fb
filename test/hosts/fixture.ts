import { cp } from "node:fs/promises";
import { join } from "node:path";
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
 * @param lent - files of other fixtures that it has in the same places: `jest/src/spans.ts`
 */
export async function copyFixture(name: string, tools: readonly string[] = compilerPackages, lent: readonly string[] = []): Promise<Project> {
  const project = await Project.create();
  await cp(`${fixtures}/${name}`, project.directory, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|dist|traced|plain)$/.test(path),
  });
  for (const file of lent) await cp(`${fixtures}/${file}`, join(project.directory, file.slice(file.indexOf("/") + 1)));
  await project.link(...packages, ...tools);
  return project;
}
