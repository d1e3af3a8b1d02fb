import * as emit from "../../src/emit.js";

/** A site as the rewriter writes it for a function of this name. */
export function siteOf(name: string, kindBits: number, options?: emit.SiteOptions): emit.Site {
  return emit.site(name, name, "src/program.ts", 7, 3, kindBits, options);
}

/** What the rewriter makes of `function name() { return body() }`. */
export function sync<T>(name: string, body: () => T): T {
  const s = emit.enter(siteOf(name, 0));
  try {
    return emit.returned(s, body());
  } catch (e) {
    emit.fail(s, e);
    throw e;
  } finally {
    emit.exit(s);
  }
}

/** What the rewriter makes of `async function name() { before(); await pause; return after() }`. */
export async function async<T>(name: string, pause: unknown, after: () => T, before?: () => void): Promise<T> {
  const s = emit.enter(siteOf(name, 1));
  try {
    before?.();
    emit.resume(s, await emit.suspend(s, pause));
    return emit.resolved(s, after());
  } catch (e) {
    emit.fail(s, e);
    throw e;
  } finally {
    emit.exit(s);
  }
}
