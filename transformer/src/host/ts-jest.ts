import { createHash } from "node:crypto";
import type ts from "typescript";
import { loadConfig } from "../config/load.js";
import { requireOptions } from "./bundler/explain-options.js";
import type { TypeScript } from "../rewrite/tree/typescript.js";
import { VERSION } from "../version.js";
import { createFactory, throwing, type FactoryOptions, type FactoryReport } from "./factory/rewriting-factory.js";

export type { FactoryOptions };

/** What ts-jest gives to a transformer of trees. */
export interface TsJestCompiler {
  readonly configSet: { readonly compilerModule: TypeScript; readonly rootDir: string };
  readonly program?: ts.Program | undefined;
}

/** Tests load what they need, some in this process and some in others. */
const reportOfTests: FactoryReport = { ...throwing, isWhole: false };

/** Under which ts-jest caches what it compiled, with the version. */
export const name = "@errspan/transformer";

/** What was compiled with another version of this package, or another config, is compiled again. */
export const version = `${VERSION}-${fingerprint()}`;

function fingerprint(): string {
  const { config, diagnostics } = loadConfig(process.cwd());
  return createHash("sha256").update(JSON.stringify({ config, diagnostics })).digest("hex").slice(0, 16);
}

/**
 * The transformer for ts-jest, which type-checks the original and runs the rewritten.
 *
 * @param options What stands under `options`: a config, or `config`: the path of one, relative to Jest's `rootDir`.
 * @example
 * // jest.config.js
 * { transform: { "\\.ts$": ["ts-jest", { astTransformers: { before: ["@errspan/transformer/ts-jest"] } }] } }
 */
export function factory(
  { configSet, program }: TsJestCompiler,
  options: FactoryOptions = {},
): ts.TransformerFactory<ts.SourceFile> {
  requireOptions(options);
  const { compilerModule: typescript, rootDir: root } = configSet;
  return createFactory(program, { typescript, root, ...options }, reportOfTests);
}
