// kafkajs ships types for its entry alone; the protocol's table stands in a file of its own.
declare module "kafkajs/src/protocol/error.js" {
  export const errorCodes: ReadonlyArray<{ readonly type: string; readonly code: number; readonly retriable: boolean }>;
  export function createErrorFromCode(code: number): Error;
}
