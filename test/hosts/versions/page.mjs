// Serves the site that was built in this directory, by the program that is named behind, asks for its page, and prints
// what the server has printed: node page.mjs dist/server/entry.mjs
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";

/** A port that nobody listens on at the moment. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return String(port);
}

const port = await freePort();
const env = { ...process.env, PORT: port, HOST: "127.0.0.1" };
const server = spawn(process.execPath, ["--import", "./telemetry.mjs", ...process.argv.slice(2)], { env, stdio: ["ignore", "pipe", "inherit"] });
let output = "";
server.stdout.setEncoding("utf8").on("data", (text) => (output += text));
const closed = once(server, "close");
while (server.exitCode === null) {
  try {
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    break;
  } catch {
    // It does not listen yet.
    await setTimeout(100);
  }
}
server.kill();
await closed;
process.stdout.write(output);
