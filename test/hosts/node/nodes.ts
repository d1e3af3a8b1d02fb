import { fileURLToPath } from "node:url";

const executable = (path: string): string => JSON.stringify(fileURLToPath(new URL(`../../../${path}`, import.meta.url)));

/** The lines of Node that are supported, each with the arguments that have it run TypeScript without a warning. */
export const nodes = {
  22: `${executable("fixtures/node-22/node_modules/.bin/node")} --no-warnings --experimental-strip-types`,
  24: `${executable("node_modules/.bin/node")} --no-warnings`,
  26: `${executable("fixtures/node-26/node_modules/.bin/node")} --no-warnings`,
} as const;

export const node = nodes[24];

export const register = "--import @errspan/transformer/register";
export const telemetry = "--import ./src/telemetry.mjs";
