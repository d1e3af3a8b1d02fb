import { VERSION } from "../../version.js";
import type { DeferredProject } from "./deferred-project.js";

/** What Vitest gives to plugins, as far as we look at it; versions without a cache on disk have no such function. */
interface VitestContext {
  defineCacheKeyGenerator?(generator: () => string): void;
}

/** The hook of Vitest in a plugin for Vite. */
export interface VitestHook {
  configureVitest(context: VitestContext): void;
}

/** Vitest keeps what plugins made of modules from run to run: with another config, or another version of us, it is made anew. */
export function keyedByConfig(project: () => DeferredProject): VitestHook {
  return {
    configureVitest(context) {
      context.defineCacheKeyGenerator?.(() => `errspan ${VERSION} ${project().configText}`);
    },
  };
}
