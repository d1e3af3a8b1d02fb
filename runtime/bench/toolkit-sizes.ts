// Prints the sizes of the toolkit's subpaths, as docs/toolkit/README.md has them: node runtime/bench/toolkit-sizes.ts
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** The toolkit's subpaths. */
export const SUBPATHS = ["errors", "result", "resilience", "concurrency", "stream", "metrics", "process", "logging"] as const;

/** One bundle of a subpath: its size, and what is in it. */
export interface Bundle {
  readonly minified: number;
  readonly gzipped: number;
  /** Files and packages in the bundle, relative to the repository. */
  readonly inputs: readonly string[];
  /** Packages that are imported and not in the bundle. */
  readonly externals: readonly string[];
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles a subpath as an application would: minified, only what it exports. `withPackages` puts its packages in, too. */
export async function bundle(subpath: string, withPackages: boolean): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export * from "./runtime/src/${subpath}.ts"`, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node22",
    write: false,
    metafile: true,
    ...(withPackages ? { external: ["@opentelemetry/api"] } : { packages: "external" }),
  });
  const [output] = Object.values(metafile.outputs);
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  return {
    minified: contents.length,
    gzipped: gzipSync(contents).length,
    inputs: Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    externals: [...new Set((output?.imports ?? []).map(({ path }) => path).filter((path) => !path.startsWith("node:")))],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
  console.log("| subpath | minified, kB | gzipped, kB | gzipped with its packages, kB | packages |\n|---|---|---|---|---|");
  for (const subpath of SUBPATHS) {
    const own = await bundle(subpath, false);
    const whole = await bundle(subpath, true);
    const packages = own.externals.filter((name) => name !== "@opentelemetry/api").join(", ") || "–";
    console.log(`| \`/${subpath}\` | ${kilobytes(own.minified)} | ${kilobytes(own.gzipped)} | ${kilobytes(whole.gzipped)} | ${packages} |`);
  }
}
