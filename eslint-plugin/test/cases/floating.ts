/** Promises nobody waits for. `lost` must be reported by the strict configs, `sound` by none. */
const given = `declare function load(...a: unknown[]): Promise<string>; declare const api: { get(p: string): Promise<string>; post(p: string): Promise<void> };`;
const cases = (list: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(list).map(([name, code]) => [name, `${given}\n${code}`]));

export const lost: Record<string, string> = cases({
  "a call": `function f() { load(); }`,
  "a method": `function f() { api.post("/x"); }`,
  "an async function of the file": `async function save() { await load(); } function f() { save(); }`,
  "a method of the class": `class A { async save() { await load(); } f() { this.save(); } }`,
  "then without catch": `load().then((x) => api.get(x));`,
  "finally without catch": `load().finally(() => {});`,
  "a new promise": `new Promise((resolve) => setTimeout(resolve, 1));`,
  "Promise.all": `function f(xs: string[]) { Promise.all(xs.map((x) => api.get(x))); }`,
  "a mapped list": `function f(xs: string[]) { xs.map((x) => api.get(x)); }`,
  "an async arrow called on the spot": `(async () => { await load(); })();`,
  "behind &&": `function f(ok: boolean) { ok && load(); }`,
  "in a conditional": `function f(ok: boolean) { ok ? load() : null; }`,
  "an unused constant": `async function f() { const result = load(); }`,
  "a late handler": `async function f() { const a = load("a"); const b = load("b"); const x = await a; const y = await b; return x + y; }`,
  "a late handler after other work": `async function f() { const pending = load("a"); await api.post("/y"); return await pending; }`,
  "an optional call": `declare const maybe: { save(): Promise<void> } | undefined; function f() { maybe?.save(); }`,
  "a useless handler": `load().catch(undefined);`,
});

export const sound: Record<string, string> = cases({
  "awaited": `async function f() { await load(); }`,
  "returned": `function f() { return load(); }`,
  "with a catch": `declare function report(e: unknown): void; load().catch(report);`,
  "with two handlers": `declare function report(e: unknown): void; load().then(() => {}, report);`,
  "void": `function f() { void load(); }`,
  "assigned": `let p; function f() { p = load(); return p; }`,
  "awaited together": `async function f() { const a = load("a"); const b = load("b"); return await Promise.all([a, b]); }`,
  "awaited at once": `async function f() { const a = load("a"); return await a; }`,
  "marked first": `async function f() { const a = load("a"); a.catch(() => {}); await api.post("/y"); return await a; }`,
  "an async function that cannot reject": `async function poll() { try { await load(); } catch (e) { console.error("poll failed", e); process.exitCode = 1; } } poll();`,
  "an async arrow that cannot reject": `(async () => { try { await load(); } catch (e) { console.error(e); process.exit(1); } })();`,
  "node:test": `import test, { describe, it } from "node:test"; test("x", async () => {}); describe("y", () => { it("z", async () => {}); });`,
  "a synchronous call": `declare function log(x: string): void; log("x");`,
  "a thenable that is no promise": `declare const builder: { where(x: string): typeof builder; then(): void }; builder.where("x");`,
  "pushed": `async function f(xs: string[]) { const all: Promise<string>[] = []; for (const x of xs) all.push(api.get(x)); await Promise.all(all); }`,
  "used in a closure": `async function f() { const a = load("a"); const get = () => a; await api.post("/y"); return get(); }`,
  "raced": `async function f() { const a = load("a"); const b = load("b"); return Promise.race([a, b]); }`,
});
