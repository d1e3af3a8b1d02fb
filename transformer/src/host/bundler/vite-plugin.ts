import { basename, resolve } from "node:path";
import { CONFIG_FILE } from "../../config/find.js";
import { EMIT_MODULE } from "../../rewrite/enter-code.js";
import type { BundlerOptions } from "./options.js";
import { RollupLikeBuild, rollupLike } from "./rollup-like.js";
import type { RollupLikePlugin } from "./rollup-like.js";
import { keyedByConfig } from "./vitest-cache.js";
import type { VitestHook } from "./vitest-cache.js";

interface ModuleGraph {
  invalidateAll(): void;
}

/** Of Vite's development server, what is needed here; Vite 5 has one graph of modules for all environments. */
interface DevServer {
  readonly environments?: Readonly<Record<string, { readonly moduleGraph: ModuleGraph }>>;
  readonly moduleGraph: ModuleGraph;
  readonly watcher: {
    add(file: string): unknown;
    on(event: "all", listener: (event: string, path: string) => void): unknown;
  };
  readonly ws: { send(payload: { readonly type: "full-reload" }): void };
}

interface VitePlugin extends RollupLikePlugin, VitestHook {
  readonly enforce: "pre";
  config(config: object, env: { readonly command: string }): object | undefined;
  configResolved(config: { readonly root: string; readonly command: string }): void;
  configureServer(server: DevServer): void;
}

/** For Vite. Before every other plugin: markers are comments, which compilers take away. */
export function vitePlugin(options: BundlerOptions = {}): VitePlugin {
  const build = new RollupLikeBuild(options, "places of errors");
  return {
    ...rollupLike(build),
    enforce: "pre",
    // Found only in code that the browser asks for, they would have the page loaded once more.
    config: (_config, { command }) => (command === "serve" ? { optimizeDeps: { include: [EMIT_MODULE, "@errspan/runtime/capture"] } } : undefined),
    configResolved({ root, command }) {
      build.workFrom(root);
      build.isServer = command === "serve";
    },
    configureServer({ environments, moduleGraph, watcher, ws }) {
      if (build.project.configFile !== null) watcher.add(build.project.configFile);
      watcher.on("all", (_, path) => {
        if (basename(path) !== CONFIG_FILE && resolve(path) !== build.project.configFile) return;
        build.project.refresh();
        // Whatever was transformed before.
        for (const graph of [moduleGraph, ...Object.values(environments ?? {}).map((each) => each.moduleGraph)]) graph.invalidateAll();
        ws.send({ type: "full-reload" });
      });
    },
    ...keyedByConfig(() => build.project),
  };
}
