import { describe, expect, it } from "vitest";
import { rewritten, run } from "./rewriting.js";
import type { Helpers } from "./rewriting.js";

/** A call that is running: what the helpers are handed as its state. */
interface Running {
  readonly name: string;
  /** Each `return` ends it. */
  readonly leaving: boolean;
  isOver: boolean;
}

/** Helpers that write down who calls what: `f>` entered, `f<` left, `f!` failed, `f-` suspended, `f+` resumed, `f=` returned. */
function recorder(): { helpers: Helpers; events: string[] } {
  const events: string[] = [];
  const note = (state: unknown, sign: string): void => void events.push(`${(state as Running).name}${sign}`);
  const leave = (state: unknown): void => {
    const running = state as Running;
    if (!running.isOver) note(state, "<");
    running.isOver = true;
  };
  const returned = (value: unknown, state: unknown): unknown => {
    note(state, `=${String(value)}`);
    if ((state as Running).leaving) leave(state);
    return value;
  };
  return {
    events,
    helpers: {
      site: (description: unknown) => description as unknown[],
      enter(site) {
        const [name, , , , , kindBits] = site as [string, ...number[]];
        const running: Running = { name, leaving: Number(kindBits) >= 4, isOver: false };
        note(running, ">");
        return running;
      },
      exit: leave,
      done: (value, state) => (leave(state), value),
      fail(state, error) {
        note(state, `!${String(error)}`);
        leave(state);
      },
      failParameters: (site, error) => note({ name: (site as unknown[])[0] }, `(!${String(error)})`),
      returned,
      resolved: returned,
      suspend: (state, value) => (note(state, "-"), value),
      resume: (state) => note(state, "+"),
      resumed: (value, state) => (note(state, "+"), value),
      delegate: (state, value) => (note(state, "*"), value),
      suspendAtDispose: (state) => ({ [Symbol.dispose]: () => note(state, "-d") }),
    },
  };
}

async function eventsOf(source: string): Promise<string> {
  const { helpers, events } = recorder();
  const lines = await run(rewritten(source), { ...helpers });
  return [...events, ...lines].join(" ");
}

describe("the helpers are called in order", () => {
  it.each<[what: string, source: string, events: string]>([
    ["a call", "function f() { return x } var x = 1; f()", "f> f=1 f<"],
    ["a call that throws, inside another", "function f() { try { g() } catch {} } function g() { throw 1 } f()", "f> g> g!1 g< f<"],
    ["a default that throws", "function f(a = g()) {} function g() { throw 1 } try { f() } catch {}", "g> g!1 g< f(!1)"],
    ["nested calls, each with its own state", "function f() { return g() } const g = () => h, h = 1; f()", "f> g> g=1 g< f=1 f<"],
    ["a function that finally overrides", "function f() { try { return x } finally { return 2 } } var x = 1; f()", "f> f=1 f=2 f<"],
    ["a function whose finally runs before it is left", "function f() { try { return x } finally { g() } } function g() {} var x = 1; f()", "f> f=1 g> g< f<"],
    ["an async function", "async function f() { await 1; return x } var x = 2; f()", "f> f- f+ f=2 f<"],
    ["a rejection that is caught", "async function f() { try { await Promise.reject(1) } catch { g() } } function g() {} f()", "f> f- f+ g> g< f<"],
    ["a rejection that is not", "async function f() { await Promise.reject(1) } f().catch(() => {})", "f> f- f!1 f< <anonymous>> <anonymous><"],
    ["a rejection that passes finally", "async function f() { try { await Promise.reject(1) } finally { g() } } function g() {} f().catch(log)", "f> f- f+ g> g< f!1 f< 1"],
    ["a generator", "function* f() { yield 1; yield 2; return 3 } [...f()]", "f> f- f+ f- f+ f<"],
    ["a generator that is thrown into", "function* f() { try { yield 1 } catch { g() } } function g() {} const i = f(); i.next(); i.throw()", "f> f- f+ g> g< f<"],
    ["a generator that is returned from", "function* f() { try { yield 1 } finally { g() } } function g() {} const i = f(); i.next(); i.return()", "f> f- f+ g> g< f<"],
    ["a generator that is never started", "function* f() { yield 1 } f()", ""],
    ["a delegating generator", "function* f() { yield* [1, 2] } [...f()]", "f> f* f+ f<"],
    ["for await", "async function f() { for await (const x of [1, 2]) g() } function g() {} f()", "f> f* f+ g> g< f+ g> g< f+ f<"],
    ["for await in an async generator that is left early", "async function* f() { for await (const x of [1, 2]) yield x } (async () => { for await (const x of f()) break })()", "<anonymous>> <anonymous>* f> f* f+ f- <anonymous>+ f- f+ f< <anonymous>+ <anonymous><"],
    ["an async generator's return value", "async function* f() { try { return 1 } finally { g() } } function g() {} f().next()", "f> f- f+ g> g< f<"],
    ["await using", "async function f() { { await using a = null } g() } function g() {} f()", "f> f-d f+ g> g< f<"],
    ["a constructor that begins behind super", "class A { constructor() { g() } } class B extends A { x = 1; constructor() { super(); g() } } function g() {} new B", "A.constructor> g> g< A.constructor< B.constructor> g> g< B.constructor<"],
    ["a stack that is unwound through three calls", "function f() { g() } function g() { h() } function h() { throw 1 } try { f() } catch {}", "f> g> h> h!1 h< g!1 g< f!1 f<"],
  ])("for %s", async (_what, source, events) => {
    expect(await eventsOf(source)).toBe(events);
  });

  it("before a hoisted function's file has run its first statement", async () => {
    expect(await eventsOf("f(); function f() { return x } var x")).toBe("f> f=undefined f<");
  });

  it("with one site record per function, made once", async () => {
    const sites: unknown[] = [];
    let entered = 0;
    const source = "function f() {} const g = () => f(); g(); g(); f()";
    const site: Helpers["site"] = (...description) => {
      sites.push(description);
      return description;
    };
    await run(rewritten(source), { site, enter: () => (entered++, undefined) });
    expect(sites).toHaveLength(2);
    expect(entered).toBe(5);
  });
});
