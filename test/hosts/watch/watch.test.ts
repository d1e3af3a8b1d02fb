import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { Project } from "../../project.js";

const script = fileURLToPath(new URL("../../../fixtures/bundlers/watch.js", import.meta.url));
const all = '{ "select": [{ "functions": "all" }] }';
const source = (amount: number): string => `export function pay() {\n  console.log("paid ${amount}");\n}\npay();\n`;

/** These do not see a config come that was not there when they began. */
const needConfig = ["vite build --watch", "rollup --watch", "rolldown --watch"];

async function touch(...files: string[]): Promise<void> {
  const now = new Date();
  for (const file of files) if (existsSync(file)) await utimes(file, now, now);
}

it.concurrent.each([
  ...needConfig,
  "vite's development server",
  "webpack --watch",
  "webpack --watch, with the loader",
  "rspack --watch",
  "esbuild --watch",
])("%s: what is built follows the source and the config, whether that changes, comes or goes", async (name) => {
  const project = await Project.create();
  await project.link("@errspan/transformer", "@errspan/runtime", "@opentelemetry/api");
  await project.write("package.json", '{ "type": "module" }');
  await project.write("src/main.js", source(1));
  if (needConfig.includes(name)) await project.write("errspan.config.json", "{}");
  const watch = spawn(process.execPath, [script, name], { cwd: project.directory });
  let said = "";
  for (const stream of [watch.stdout, watch.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const closed = new Promise((resolve) => watch.on("close", resolve));
  /** Waits for a build in which the function is traced, or is not. */
  const built = async (amount: number, isTraced: boolean): Promise<void> => {
    for (let round = 1; ; round++) {
      const code = await project.read("dist/main.js").catch(() => "");
      if (code.includes(`paid ${amount}`) && code.includes(".enter(") === isTraced) return;
      if (watch.exitCode !== null) throw new Error(`${name} ended: ${said}`);
      await pause(50);
      // What a busy system never told the watcher is told again.
      if (round % 200 === 0) await touch(join(project.directory, "errspan.config.json"), join(project.directory, "src/main.js"));
    }
  };
  try {
    await built(1, false);
    await project.write("errspan.config.json", all);
    await built(1, true);
    await project.write("src/main.js", source(2));
    await built(2, true);
    await project.write("errspan.config.json", "{}");
    await built(2, false);
    await project.write("errspan.config.json", all);
    await built(2, true);
    await rm(join(project.directory, "errspan.config.json"));
    await built(2, false);
    expect(said).toBe("");
  } finally {
    watch.kill();
    await closed;
    await project.remove();
  }
});
