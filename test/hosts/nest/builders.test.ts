import { describe, expect, it } from "vitest";
import type { Project } from "../../project.js";
import { compilerPackages, copyFixture } from "../fixture.js";
import { nestSpans } from "../spans.js";

const errspan = "node node_modules/@errspan/transformer/bin/errspan.js";
const nest = "node node_modules/@nestjs/cli/bin/nest.js";

/** What a builder wants to be installed, as the Nest CLI itself says. */
const builders = {
  webpack: ["webpack", "webpack-node-externals", "tsconfig-paths-webpack-plugin", "ts-loader"],
  rspack: ["@rspack/core", "webpack-node-externals", "tsconfig-paths-webpack-plugin"],
  swc: ["@swc/cli", "@swc/core"],
} as const;

/** A copy of the application, set up by `errspan init` for a builder. */
async function application(builder: keyof typeof builders): Promise<Project> {
  const packages = ["@nestjs/cli", "@nestjs/common", "@nestjs/core", "reflect-metadata", "rxjs"];
  const project = await copyFixture("nest", [...compilerPackages, ...packages, ...builders[builder]], ["compiled/src/spans.ts"]);
  await project.write("nest-cli.json", JSON.stringify({ sourceRoot: "src", compilerOptions: { builder } }));
  await project.write("package.json", JSON.stringify({ scripts: { build: "nest build", start: "nest start" } }));
  expect((await project.run(`${errspan} init --yes`)).code).toBe(0);
  return project;
}

async function spansOf(project: Project, command: string): Promise<readonly string[]> {
  const { code, stderr } = await project.run(command);
  expect([command, code]).toEqual([command, 0]);
  // SWC tells there what it has compiled.
  return stderr.trim().split("\n").filter((line) => !line.startsWith("Successfully compiled"));
}

/** The places of what SWC has written, which is what is rewritten then. */
const inOutput = nestSpans.map((span) => span.replace(/src\/(\S+)\.ts:\d+/, "dist/$1.js"));
const withoutLines = (spans: readonly string[]): string[] => spans.map((span) => span.replace(/(\.js):\d+/, "$1"));

describe("an application that the Nest CLI builds", () => {
  it.each(["webpack", "rspack"] as const)("should be traced where its builder is %s", async (builder) => {
    const project = await application(builder);
    const built = await project.run(`${nest} build`);
    expect([built.code, built.stdout]).toEqual([0, expect.stringContaining("successfully")]);
    expect(await spansOf(project, "node dist/main.js")).toEqual(nestSpans);
    await project.remove();
  });

  it("should be traced where its builder is SWC, after a build and when Nest starts it", async () => {
    const project = await application("swc");
    const { scripts } = JSON.parse(await project.read("package.json")) as { scripts: Record<string, string> };
    expect(scripts["build"]).toMatch(/ build && errspan instrument dist$/);
    await project.link(".bin");
    expect(await project.run("npm run build --silent")).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Successfully compiled: .*\n$/) as string });
    expect(withoutLines(await spansOf(project, "node dist/main.js"))).toEqual(inOutput);
    expect(withoutLines(await spansOf(project, "npm run start --silent"))).toEqual(inOutput);
    await project.remove();
  });
});
