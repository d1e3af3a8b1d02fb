import * as emit from "../../src/emit.js";

/** A site as the rewriter writes it for a function of this name. */
export function siteOf(name: string, kindBits: number, options?: emit.SiteOptions): emit.Site {
  return emit.site([name, name, "src/program.ts", 7, 3, kindBits], options);
}

/** What the rewriter makes of `function name() { return body() }`. */
export function sync<T>(name: string, body: () => T): T {
  const s = emit.enter(siteOf(name, 4));
  try {
    return emit.returned(body(), s);
  } catch (e) {
    emit.fail(s, e);
    throw e;
  }
}

/** What the rewriter makes of `async function name() { before(); await pause; return after() }`. */
export async function async<T>(name: string, pause: unknown, after: () => T, before?: () => void): Promise<T> {
  const s = emit.enter(siteOf(name, 5));
  try {
    before?.();
    await emit.suspend(s, pause);
    emit.resume(s);
    return emit.resolved(after(), s);
  } catch (e) {
    emit.fail(s, e);
    throw e;
  }
}
