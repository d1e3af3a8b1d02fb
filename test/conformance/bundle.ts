/**
 * Bundles the sources for the conformance runs, so that none of them can test a stale build.
 * No relative imports here: the scripts of this directory load this file as it is, without a compiler.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The runtime's emit module together with the OpenTelemetry API as one script, whose completion value is the
 * module's namespace. Evaluated inside each realm, it works on that realm's intrinsics, as in a real program.
 */
export async function bundleRuntime(): Promise<string> {
  const result = await build({
    entryPoints: [`${root}runtime/src/emit.ts`],
    bundle: true,
    format: "iife",
    globalName: "emit",
    target: "es2023",
    platform: "neutral",
    mainFields: ["module", "main"],
    absWorkingDir: root,
    write: false,
    logLevel: "error",
  });
  const code = result.outputFiles[0]?.text ?? "";
  return `(()=>{${code}\nreturn emit})()`;
}

/** Writes one source module, its package imports left as they are, to a file that plain Node can import; returns its URL. */
export async function bundleModule(entry: string, name: string): Promise<string> {
  const directory = `${root}node_modules/.cache/errspan-conformance/`;
  mkdirSync(directory, { recursive: true });
  const result = await build({
    entryPoints: [`${root}${entry}`],
    bundle: true,
    format: "esm",
    target: "es2023",
    platform: "node",
    packages: "external",
    absWorkingDir: root,
    write: false,
    logLevel: "error",
  });
  const file = `${directory}${name}-${process.pid}.mjs`;
  writeFileSync(file, result.outputFiles[0]?.contents ?? "");
  return pathToFileURL(file).href;
}
