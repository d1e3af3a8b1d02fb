// Prints what the core adds to an application, minified and gzipped: node runtime/bench/size.ts
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** The entries without the toolkit: what rewritten code calls, the same with captured values, what is called by hand. */
export const CORE = {
  "/emit": `export * from "./runtime/src/emit.ts"`,
  "/emit without `yield*`": `export { enter, exit, fail, site, done, returned, resolved, suspend, resume, resumed } from "./runtime/src/emit.ts"`,
  "/emit and /capture": `export * from "./runtime/src/emit.ts"; export * from "./runtime/src/capture.ts"`,
  "the main entry": `export * from "./runtime/src/index.ts"`,
} as const;

/** Bytes of a bundle of some entries, the API left out, which the application has anyway. */
export async function sizeOf(contents: string): Promise<{ readonly minified: number; readonly gzipped: number }> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    external: ["@opentelemetry/api"],
    write: false,
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, contents] of Object.entries(CORE)) {
    const { minified, gzipped } = await sizeOf(contents);
    console.log(`${name.padEnd(23)} ${(minified / 1000).toFixed(1).padStart(5)} kB minified ${(gzipped / 1000).toFixed(2).padStart(6)} kB gzipped`);
  }
}
