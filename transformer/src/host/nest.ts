import type ts from "typescript";
import { createFactory, throwing, type FactoryOptions, type FactoryReport } from "./factory/rewriting-factory.js";

export type { FactoryOptions };

/** A watch must go on when a marker is wrong for a while; a build must not. */
const reportOfWatch: FactoryReport = {
  ...throwing,
  error: throwing.warning,
};

/**
 * The plugin for the Nest CLI, with its compilers `tsc` and `webpack`. What is wrong with markers or config stops a build;
 * a watch prints it and goes on.
 *
 * @param options What stands under `options` in nest-cli.json: a config, or `config`: the path of one.
 * @example
 * // nest-cli.json
 * { "compilerOptions": { "plugins": ["@errspan/transformer/nest"] } }
 */
export function before(options: FactoryOptions = {}, program?: ts.Program): ts.TransformerFactory<ts.SourceFile> {
  const isWatching = process.argv.some((argument) => argument === "--watch" || argument === "-w");
  return createFactory(program, options, isWatching ? reportOfWatch : throwing);
}
