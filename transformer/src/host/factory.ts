import type ts from "typescript";
import { createFactory, throwing, type FactoryOptions } from "./factory/rewriting-factory.js";

export type { FactoryOptions };

/**
 * The transformer for tools that run the TypeScript compiler themselves, version 5.4 to 6, and take transformers for its
 * `before` stage: ts-loader (`getCustomTransformers`), `@rollup/plugin-typescript` (`transformers`), and others. What is
 * wrong with markers or config is thrown, so that the build fails; warnings go to standard error.
 *
 * @param program The program that is compiled; absent where files are transpiled one by one.
 * @throws Error if there is no TypeScript, or one without transformers
 * @example
 * // webpack.config.js
 * { loader: "ts-loader", options: { getCustomTransformers: (program) => ({ before: [errspan(program)] }) } }
 */
export function errspan(program?: ts.Program, options: FactoryOptions = {}): ts.TransformerFactory<ts.SourceFile> {
  return createFactory(program, options, throwing);
}

export default errspan;
