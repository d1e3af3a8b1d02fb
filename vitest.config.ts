import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // Unit tests run on the sources; what is packed is tried by the tests under test/, which build first.
    alias: [
      { find: /^@errspan\/runtime$/, replacement: source("./runtime/src/index.ts") },
      { find: /^@errspan\/runtime\/(.+)$/, replacement: source("./runtime/src/$1.ts") },
      { find: /^@errspan\/transformer$/, replacement: source("./transformer/src/index.ts") },
    ],
  },
  test: {
    include: ["{runtime,transformer,eslint-plugin}/test/**/*.test.ts", "test/**/*.test.ts"],
    reporters: ["default", "./scripts/closing-line.ts"],
    sequence: { shuffle: true },
    // Many tests wait for compilers and package managers: with one worker on two cores, one of them would idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // No verdict on speed: they only end what hangs.
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
