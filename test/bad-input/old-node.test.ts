import { expect, it } from "vitest";
import { Project } from "../project.js";

/** What Node says of itself, as an older one would. */
const olderNode = (version: string): string => `node --import "data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '${version}' })"`;

it.concurrent.each(["20.20.2", "22.14.0"])("the command in Node %s says which it takes, and does nothing", async (version) => {
  const project = await Project.create();
  try {
    await project.link("@errspan/transformer");
    const run = await project.run(`${olderNode(version)} node_modules/@errspan/transformer/bin/errspan.js init --yes`);
    expect(run).toMatchObject({ code: 2, stdout: "", stderr: `errspan: this is Node ${version}; errspan takes Node 22.15 or later.\n` });
  } finally {
    await project.remove();
  }
});
