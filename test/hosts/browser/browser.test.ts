import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run, type Outcome } from "../../command.js";
import { startChromium } from "./chromium.js";
import { servePages, type Pages } from "./pages.js";

const fixture = fileURLToPath(new URL("../../../fixtures/browser", import.meta.url));
const dist = `${fixture}/dist`;

interface Recorded {
  readonly name: string;
  readonly parent: string | null;
  readonly failed: boolean;
  readonly place: string;
  readonly errors: readonly unknown[];
  readonly stack: string;
}

describe("a page that Vite built", () => {
  let build: Outcome;
  let pages: Pages;
  let browser: Browser;

  beforeAll(async () => {
    build = await run("npx vite build --logLevel warn", fixture);
    pages = await servePages(dist);
    browser = await startChromium();
  });

  afterAll(async () => {
    await browser?.close();
    pages?.close();
  });

  async function open(page: string): Promise<{ results: readonly string[]; spans: readonly Recorded[] }> {
    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on("pageerror", (error) => complaints.push(String(error)));
    await tab.goto(`${pages.address}/${page}`);
    const outcome = await tab.waitForFunction(() => (globalThis as { outcome?: unknown }).outcome);
    expect(complaints).toEqual([]);
    return (await outcome.jsonValue()) as { results: readonly string[]; spans: readonly Recorded[] };
  }

  it("should be built without a complaint", () => {
    expect(build).toMatchObject({ code: 0, stderr: "" });
  });

  it("should have nothing of Node in its scripts", async () => {
    const scripts = (await readdir(`${dist}/assets`)).filter((file) => file.endsWith(".js"));
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const code = await readFile(`${dist}/assets/${script}`, "utf8");
      const imports = /\bfrom\s*["'`]node:|\bimport\s*\(?\s*["'`]node:|\brequire\(|__vite-browser-external|async_hooks/.exec(code);
      expect(imports?.[0]).toBeUndefined();
    }
  });

  it.each([
    ["the SDK's own context manager, which does not follow await", "index.html"],
    ["zone.js", "zone.html"],
  ])("should record errors in the span they come from, with %s", async (_, page) => {
    const { results, spans } = await open(page);
    expect(results).toEqual(["A-1: 300", "Order A-1000 was not sent"]);
    expect(spans.map(({ name, failed, errors }) => [name, failed, ...errors])).toEqual([
      ["priceOf", false],
      ["check", false],
      ["send", false],
      ["order", false],
      ["priceOf", false],
      ["check", true, "RangeError"],
      ["send", true],
      ["order", true, "Error"],
    ]);
    expect(spans[3]?.place).toBe("src/cart.ts:2");
  });

  it.each(["index.html", "zone.html"])("should keep parents and children together across await, %s", async (page) => {
    const { spans } = await open(page);
    const ofOneOrder = ["priceOf in order", "check in send", "send in order", "order in null"];
    expect(spans.map(({ name, parent }) => `${name} in ${parent}`)).toEqual([...ofOneOrder, ...ofOneOrder]);
  });

  it("should have maps that lead from a recorded stack to the source", async () => {
    const { spans } = await open("index.html");
    const [, file = "", line, column] = /\/(assets\/[^:]+\.js):(\d+):(\d+)/.exec(spans[5]?.stack ?? "") ?? [];
    const map = new TraceMap(await readFile(`${dist}/${file}.map`, "utf8"));
    const found = originalPositionFor(map, { line: Number(line), column: Number(column) - 1 });
    expect(found.source).toMatch(/src\/cart\.ts$/);
    expect([found.line, found.column]).toEqual([26, 29]);
  });
});
