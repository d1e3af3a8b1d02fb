import { describe, expect, it } from "vitest";
import { lint } from "../lint.js";

const classes = `class A extends Error { a = 1 } class B extends A { b = 1 } class C extends Error { c = 1 } declare function unknown(): void; declare const sure: boolean;\n`;

/** What the rule says of a program, as "missing A, B" and "superfluous A". */
function find(code: string, functions = "exported"): string[] {
  const found = lint(`${classes}${code}`, { rules: { "errspan/declared-throws": ["error", { functions }] }, typed: true });
  return found.map(({ id, message }) => `${id ?? ""} ${[...message.matchAll(/`([A-Z]\w*)`/g)].map(([, name]) => name).join(", ")}`);
}

describe("declared-throws finds what is missing", () => {
  it.each([
    ["thrown by the function itself", `export function f() { throw new A(); }`],
    ["thrown by an arrow function", `export const f = () => { throw new A(); };`],
    ["thrown by a method", `export class K { f() { throw new A(); } }`],
    ["thrown two calls away", `function h() { throw new A(); } function g() { h(); } export function f() { g(); }`],
    ["thrown by a constructor that is called", `class K { constructor() { throw new A(); } } export function f() { return new K(); }`],
    ["rejected by an awaited call", `async function g() { throw new A(); } export async function f() { await g(); }`],
    ["rejected by a returned call", `async function g() { throw new A(); } export function f() { return g(); }`],
    ["rejected by a promise kept for later", `async function g() { throw new A(); } export async function f() { const p = g(); await p; }`],
    ["rejected by one of many", `async function g(n: number) { if (n) throw new A(); } export async function f() { await Promise.all([1, 2].map((n) => g(n))); }`],
    ["given to Promise.reject", `export function f() { return Promise.reject(new A()); }`],
    ["thrown in a callback that runs on the spot", `export function f() { [1].forEach(() => { throw new A(); }); }`],
    ["passed on by a catch", `function g() { throw new A(); } export function f() { try { g(); } catch (e) { throw e; } }`],
    ["thrown by a rejection handler", `async function g() {} export function f() { return g().catch(() => { throw new A(); }); }`],
    ["declared by a function without a body", `/** @throws {A} */ declare function g(): void; export function f() { g(); }`],
    ["thrown where another type is named", `/** @throws {C} */ export function f() { unknown(); throw new A(); }`],
    ["thrown beside a class derived from it", `/** @throws {B} */ export function f() { unknown(); throw new A(); }`],
    ["thrown behind a recursion", `function g(n: number): void { if (n) g(n - 1); else throw new A(); } export function f() { g(1); }`],
  ])("%s", (_, code) => {
    expect(find(code)).toEqual(["missing A"]);
  });

  it("of several types, all at once", () => {
    expect(find(`export function f() { if (sure) throw new A(); throw new C(); }`)).toEqual(["missing A, C"]);
  });

  it("but not what a library throws at arguments of the wrong type", () => {
    expect(find(`import { join } from "node:path"; export function f(name: string) { return join("a", name); }`)).toEqual([]);
  });
});

describe("declared-throws finds what is superfluous", () => {
  it.each([
    ["nothing throws", `/** @throws {A} */ export function f() { return 1; }`],
    ["what is called does not throw", `function g() { return 1; } /** @throws {A} */ export function f() { return g(); }`],
    ["a catch takes it", `function g() { throw new A(); } /** @throws {A} */ export function f() { try { g(); } catch { return 1; } }`],
  ])("%s", (_, code) => {
    expect(find(code)).toEqual(["superfluous A"]);
  });

  it("also in functions that nobody exports", () => {
    expect(find(`/** @throws {A} */ function f() { return 1; } f();`, "tagged")).toEqual(["superfluous A"]);
  });
});

describe("declared-throws is content", () => {
  it.each([
    ["with a tag for each type", `/** @throws {A} @throws {C} */ export function f() { if (sure) throw new A(); throw new C(); }`],
    ["with a union in one tag", `/** @throws {A | C} */ export function f() { if (sure) throw new A(); throw new C(); }`],
    ["with a link", `/** @throws {@link A} if it must */ export function f() { throw new A(); }`],
    ["with the class it is derived from", `/** @throws {A} */ export function f() { throw new B(); }`],
    ["with Error for everything", `/** @throws {Error} */ export function f() { throw new B(); }`],
    ["with a tag in words alone", `/** @throws if it must */ export function f() { throw new A(); }`],
    ["where a catch takes it", `function g() { throw new A(); } export function f() { try { g(); } catch { return 1; } }`],
    ["where a condition takes it out before the rethrow", `function g() { throw new A(); } export function f() { try { g(); } catch (e) { if (e instanceof A) return 1; throw e; } }`],
    ["where a rejection handler takes it", `async function g() { throw new A(); } export function f() { return g().catch(() => 1); }`],
    ["where nobody waits", `async function g() { throw new A(); } export function f() { void g(); }`],
    ["where it is thrown later", `export function f() { setTimeout(() => { throw new A(); }, 1); }`],
    ["where unknown code may throw what is named", `/** @throws {A} */ export function f() { unknown(); }`],
    ["where the function inherits its comment", `export class K { /** @inheritDoc */ f() { throw new A(); } }`],
    ["with a function that nobody exports", `function f() { throw new A(); } f();`],
    ["with a private method", `export class K { private f() { throw new A(); } }`],
  ])("%s", (_, code) => {
    expect(find(code)).toEqual([]);
  });

  it("without type information", () => {
    expect(lint(`export function f() { throw new Error(); }`, { rules: { "errspan/declared-throws": "error" } })).toEqual([]);
  });
});

describe("declared-throws suggests", () => {
  const suggested = (code: string): string | undefined => {
    const [finding] = lint(`${classes}${code}`, { rules: { "errspan/declared-throws": "error" }, typed: true });
    const fix = finding?.suggestions?.[0]?.fix;
    if (!fix) return undefined;
    const text = `${classes}${code}`;
    return (text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1])).slice(classes.length);
  };

  it("a comment where there is none", () => {
    expect(suggested(`export function f() { throw new A(); }`)).toBe(`/**\n * @throws {A}\n */\nexport function f() { throw new A(); }`);
  });

  it("tags at the end of a comment, with its indentation", () => {
    expect(suggested(`export class K {\n  /**\n   * Does it.\n   */\n  f() { throw new A(); }\n}`)).toBe(
      `export class K {\n  /**\n   * Does it.\n   * @throws {A}\n   */\n  f() { throw new A(); }\n}`,
    );
  });

  it("a longer comment for a comment of one line", () => {
    expect(suggested(`/** Does it. */\nexport function f() { throw new A(); }`)).toBe(`/**\n * Does it.\n * @throws {A}\n */\nexport function f() { throw new A(); }`);
  });

  it("the removal of a tag that stands alone on its line", () => {
    expect(suggested(`/**\n * Does it.\n * @throws {A}\n */\nexport function f() { return 1; }`)).toBe(`/**\n * Does it.\n */\nexport function f() { return 1; }`);
  });
});
