/** No relative imports here: a script loads this file as it is, without a compiler. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";

/** The Next.js of an application. */
const nextOf = (directory: string): string => createRequire(`${directory}/package.json`).resolve("next/dist/bin/next");

/** What `next` is run with. */
export const command = (directory: string): string => `"${process.execPath}" "${nextOf(directory)}"`;

/** An application that `next start` serves, on a port that the system picks. */
export interface Server {
  readonly address: string;
  /** Ends it, and gives what it has printed. */
  stop(): Promise<string>;
}

/** Serves what was built in a directory. */
export async function serve(cwd: string): Promise<Server> {
  const server = spawn(process.execPath, [nextOf(cwd), "start", "--port", "0", "--hostname", "127.0.0.1"], { cwd });
  let output = "";
  const closed = new Promise<void>((resolve) => server.on("close", resolve));
  const address = new Promise<string>((resolve, reject) => {
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const [, found] = /(http:\/\/127\.0\.0\.1:\d+)[^]*Ready/.exec(output) ?? [];
        if (found !== undefined) resolve(found);
      });
    }
    void closed.then(() => {
      reject(new Error(`next start ended: ${output}`));
    });
  });
  return {
    address: await address,
    async stop() {
      server.kill();
      await closed;
      return output;
    },
  };
}

/** Sends a form of a page as a browser does that runs no scripts. */
export async function submit(page: string, id: string, address: string): Promise<Response> {
  const [form = ""] = new RegExp(`<form id="${id}".*?</form>`, "s").exec(page) ?? [];
  const body = new FormData();
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const attribute = (name: string): string => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? "";
    body.append(attribute("name"), attribute("value").replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
  }
  return fetch(address, { method: "POST", body, headers: { origin: address } });
}

/** Asks the route handler to take money for an order. */
export async function pay(body: string, address: string): Promise<string> {
  return (await fetch(`${address}/api/pay`, { method: "POST", body })).text();
}

/** What the console exporter has printed of functions of ours, in order. */
export function spansIn(output: string): readonly string[] {
  const printed = /([✓✗]) {2}(\S+(?: \S+)*) {2}[\d.]+ \w+ {2}(?:(\S+) {2})?((?:app|lib)\/\S+:\d+:\d+)\n(?:[│├└─ ]+(\w*Error: [^\n]*))?/g;
  return [...output.matchAll(printed)].map(([, ...parts]) => parts.filter((part) => part !== undefined).join(" "));
}
