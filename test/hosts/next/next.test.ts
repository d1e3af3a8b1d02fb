import { cp, glob, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AnyMap, originalPositionFor, type SectionedSourceMapInput } from "@jridgewell/trace-mapping";
import { beforeAll, describe, expect, it } from "vitest";
import { run } from "../../command.js";
import { nextSpans } from "../spans.js";
import { command, pay, serve, spansIn, submit } from "./server.js";

const fixture = fileURLToPath(new URL("../../../fixtures/next", import.meta.url));
const errspan = fileURLToPath(new URL("../../../transformer/bin/errspan.js", import.meta.url));

/** The place in the source that an error of the server leads to, by the maps of what was built. */
async function placeOf(directory: string, thrown: string): Promise<string | undefined> {
  for await (const path of glob(".next/server/**/*.js", { cwd: directory })) {
    const file = join(directory, path);
    const lines = (await readFile(file, "utf8")).split("\n");
    const line = lines.findIndex((text) => text.includes(thrown));
    if (line === -1) continue;
    const map = new AnyMap(JSON.parse(await readFile(`${file}.map`, "utf8")) as SectionedSourceMapInput);
    const place = originalPositionFor(map, { line: line + 1, column: lines[line]?.indexOf("RangeError(") ?? 0 });
    if (place.source !== null) return `${basename(place.source)}:${place.line}:${place.column}`;
  }
  return undefined;
}

describe.each([
  ["Turbopack", ""],
  ["webpack", "--webpack"],
])("an application that Next.js builds with %s, set up by errspan init", (bundler, option) => {
  // Below the packages of this repository: Turbopack does not follow links to elsewhere.
  const directory = join(fixture, "dist", bundler);
  let page: string;
  let answers: string[];
  let output: string;
  let afterwards: string;

  const must = async (line: string): Promise<void> => {
    const { code, stderr, stdout } = await run(line, directory, { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" });
    if (code !== 0) throw new Error(`${line}\nended with ${String(code)}\n${stdout}${stderr}`);
  };

  beforeAll(async () => {
    await rm(directory, { recursive: true, force: true });
    for (const name of ["app", "lib", "next.config.ts", "package.json", "tsconfig.json"]) {
      await cp(join(fixture, name), join(directory, name), { recursive: true });
    }
    await must(`"${process.execPath}" "${errspan}" init --yes`);
    await must(`${command(directory)} build ${option}`);
    const server = await serve(directory);
    try {
      page = await (await fetch(server.address)).text();
      answers = [await pay("A-1", server.address), await pay("A-12345", server.address)];
    } finally {
      output = await server.stop();
    }
    const again = await serve(directory);
    try {
      for (const id of ["order", "cancel"]) expect((await submit(page, id, again.address)).status).toBe(200);
    } finally {
      afterwards = await again.stop();
    }
  });

  it("should answer as without", () => {
    expect(page).toContain("<button>2 in the cart</button>");
    expect(answers).toEqual(["300", '{"error":"700 is too much"}']);
  });

  it("should export spans of server components, components of the client, and route handlers", () => {
    expect(spansIn(output)).toEqual(nextSpans);
  });

  it("should export spans of server actions, which stay what they are, in a file of their own and inside of a function", () => {
    const actions = ["✓ order app/actions.ts:6:8", "✓ Page.cancel app/page.tsx:13:3"];
    expect(afterwards).toContain("ordered for 300");
    expect(afterwards).toContain("cancelled at 300");
    expect(spansIn(afterwards).filter((span) => actions.includes(span))).toEqual(actions);
  });

  it("should have maps that lead to the source, to the column", async () => {
    expect(await placeOf(directory, "} is too much`")).toBe("pay.ts:9:25");
  });

  it("should ship code to the browser that is traced there", async () => {
    const chunks: string[] = [];
    for await (const path of glob(".next/static/**/*.js", { cwd: directory })) chunks.push(await readFile(join(directory, path), "utf8"));
    expect(chunks.some((chunk) => chunk.includes(" in the cart") && chunk.includes('"app/cart.tsx"'))).toBe(true);
  });
});
