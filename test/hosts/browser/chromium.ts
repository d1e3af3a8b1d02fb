import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Starts the browser that is installed (`CHROMIUM` names one that is elsewhere), or the one that came with npm. */
export async function startChromium(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? places.find((place) => existsSync(place));
  return executablePath === undefined ? startPackaged() : chromium.launch({ executablePath, args: options });
}

/** Unpacks the headless Chromium for Linux that `@sparticuz/chromium` carries, with the libraries it needs. */
async function startPackaged(): Promise<Browser> {
  const directory = await mkdtemp(join(tmpdir(), "errspan-chromium-"));
  // A directory of our own: the package takes a half-unpacked browser of another process for its own. And it brings
  // its libraries only where it believes itself in a cloud function.
  process.env["TMPDIR"] = directory;
  process.env["AWS_EXECUTION_ENV"] = "AWS_Lambda_nodejs24.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  const browser = await chromium.launch({ executablePath: await packaged.executablePath(), args: [...packaged.args, ...options] });
  browser.on("disconnected", () => void rm(directory, { recursive: true, force: true }));
  return browser;
}
