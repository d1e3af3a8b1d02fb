import { existsSync } from "node:fs";
import { join } from "node:path";
import { explainVersion } from "../../host/typescript-version.js";
import type { NestBuilder } from "../nest-builder.js";
import { isRun } from "./bundlers.js";
import type { FoundBundler } from "./bundlers.js";
import type { Surroundings } from "./detect.js";

/** How tracing gets into a project's code. */
export type WayIn =
  | { readonly kind: "tspc" }
  | { readonly kind: "build" }
  | { readonly kind: "register" }
  | ({ readonly kind: "bundler" } & FoundBundler)
  | { readonly kind: "nest"; readonly builder: NestBuilder }
  | { readonly kind: "next" };

/** Runs of the TypeScript compiler that emit: `tsc`, `npx tsc -p x`, but not `tsc --noEmit`. */
export const EMITTING_TSC = /(?<=^|&&|\||;|\bnpx|\byarn|\bpnpm|\bbunx)(\s*)tsc(?=\s|$)(?![^&|;]*\s--noEmit\b)/g;

/** The same by the names that errspan gives it. */
const OUR_BUILD = /\btspc\b|\berrspan build\b/;

function isBuiltByCompiler(surroundings: Surroundings): boolean {
  return someScript(surroundings, EMITTING_TSC) || someScript(surroundings, OUR_BUILD);
}

function someScript(surroundings: Surroundings, pattern: RegExp): boolean {
  return [...(surroundings.manifest?.scripts.values() ?? [])].some((script) => script.search(pattern) !== -1);
}

function isOnlyForTests({ name, config }: FoundBundler, surroundings: Surroundings): boolean {
  if (name !== "vite" && name !== "esbuild" && config !== null) return false;
  // A Vite config beside a build by tsc is Vitest's, and esbuild is often there for a tool.
  return !isRun(name, surroundings.manifest?.scripts.values() ?? []) && (isBuiltByCompiler(surroundings) || config === null);
}

/** In a workspace the compiler is found by packages, too, that have nothing to compile. */
function isJavaScriptAlone({ hasJavaScriptFiles, hasTypeScriptFiles, manifest, root }: Surroundings): boolean {
  const isCompiled = hasTypeScriptFiles || manifest?.dependencies.has("typescript") === true || existsSync(join(root, "tsconfig.json"));
  return hasJavaScriptFiles && !isCompiled;
}

/** The way in that changes least of how a project is built: the tool that makes what runs is the one to extend. */
export function findWayIn(surroundings: Surroundings): WayIn {
  const { builderOfNest, bundler, framework, hasJavaScriptFiles, hasTypeScriptFiles, isPluginOfCompiler, typescript } = surroundings;
  // What is set up stays as it is.
  if (isPluginOfCompiler) return { kind: "tspc" };
  // SWC's output is rewritten both after a build and when it is loaded.
  const isRewrittenAfterwards = framework === "nest" && builderOfNest === "swc";
  if (!isRewrittenAfterwards && someScript(surroundings, /@errspan\/transformer\/register/)) return { kind: "register" };
  if (framework === "nest") return { kind: "nest", builder: builderOfNest };
  if (framework === "next") return { kind: "next" };
  if (bundler !== null && !isOnlyForTests(bundler, surroundings)) return { kind: "bundler", ...bundler };
  if (isBuiltByCompiler(surroundings)) return compiler(typescript);
  if (someScript(surroundings, /\btsx\s|\bnode\b[^&|;]*\.[cm]?tsx?\b/)) return { kind: "register" };
  if (typescript !== undefined && !isJavaScriptAlone(surroundings)) return compiler(typescript);
  return hasTypeScriptFiles || hasJavaScriptFiles ? { kind: "register" } : { kind: "tspc" };
}

function compiler(typescript: string | undefined): WayIn {
  const isNative = typescript !== undefined && Number.parseInt(typescript, 10) >= 7;
  if (isNative) return { kind: "build" };
  // What is too old for the tree rewriter can still be rewritten when it is loaded.
  return typescript !== undefined && explainVersion(typescript) !== undefined ? { kind: "register" } : { kind: "tspc" };
}
