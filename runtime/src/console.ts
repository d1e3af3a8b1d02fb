/**
 * Traces in the terminal, for development.
 *
 * @module
 */
export { ConsoleSpanExporter, type ConsoleSpanExporterOptions } from "./console/exporter.js";
export type { FinishedSpan, HighResolutionTime } from "./console/span.js";
