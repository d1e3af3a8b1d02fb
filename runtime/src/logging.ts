export { errorFields, traceFields } from "./logging/fields.js";
export type { ErrorFields, TraceFields } from "./logging/fields.js";
export { pinoErrors, pinoOptions } from "./logging/pino.js";
export type { LogError, PinoLike, PinoOptions } from "./logging/pino.js";
export { winstonErrors, winstonFormat } from "./logging/winston.js";
export type { WinstonFormat, WinstonInfo, WinstonLike } from "./logging/winston.js";
