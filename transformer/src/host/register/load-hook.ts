import type { LoadHookContext, LoadHookSync, ModuleSource } from "node:module";
import { EMIT_MODULE } from "../../rewrite/enter-code.js";
import type { Rewriter } from "./node-project.js";

/** What Node's own loading looks at beside what its documentation says: a text that stands for what is on the disk. */
interface ContextWithSource extends LoadHookContext {
  readonly source: string;
}

/**
 * The hook for `module.registerHooks`. It rewrites what is on the disk and has the other hooks work on that, whether
 * they were registered before ours or after, so that comments count and nothing is done twice. Types are left in:
 * whoever takes them out, Node itself or another hook, does so afterwards.
 */
export function createLoadHook(project: Rewriter): LoadHookSync {
  return (url, context, nextLoad) => {
    const file = project.ownFile(url);
    const rewritten = file === null ? null : project.rewriteFile(file, context.format);
    if (file === null || rewritten === null) return nextLoad(url, context);
    const handedOn: ContextWithSource = { ...context, source: rewritten.code };
    const loaded = nextLoad(url, handedOn);
    const text = textOf(loaded.source);
    if (text === undefined || text.includes(EMIT_MODULE)) return loaded;
    // `require` reads the disk whatever it is handed.
    if (text === rewritten.original) return { ...loaded, source: rewritten.code };
    // So does a hook that reads files itself; what it made of them is all there is.
    const code = project.rewriteText(text, file, loaded.format);
    return code === null ? loaded : { ...loaded, source: code };
  };
}

function textOf(source: ModuleSource | undefined): string | undefined {
  if (source === undefined || typeof source === "string") return source;
  // Hooks may return null, whatever the types say.
  return source === null ? undefined : new TextDecoder().decode(source);
}
