// defect: a constructor that keeps only the text
declare function f(): void;
class A extends Error { detail: string; constructor(message: string, err: unknown) { super(message); this.detail = String(err); } }
export function g(): void { try { f(); } catch (err) { throw new A("x", err); } }

// sound: a constructor that keeps the error in a field
declare function f(): void;
class A extends Error { readonly inner: unknown; constructor(message: string, err: unknown) { super(message); this.inner = err; } }
export function g(): void { try { f(); } catch (err) { throw new A("x", err); } }

// defect: a constructor that drops its options
declare function f(): void;
class A extends Error { constructor(message: string, options?: { cause?: unknown }) { super(message); } }
export function g(): void { try { f(); } catch (err) { throw new A("x", { cause: err }); } }

// sound: a constructor that passes its options on
declare function f(): void;
class A extends Error { constructor(message: string, options?: { cause?: unknown }) { super(message, options); } }
export function g(): void { try { f(); } catch (err) { throw new A("x", { cause: err }); } }

// defect: two classes that keep only the text
declare function f(): void;
class Base extends Error { constructor(message: string) { super(message); } }
class A extends Base { constructor(message: string, cause: unknown) { super(`${message}: ${cause}`); } }
export function g(): void { try { f(); } catch (err) { throw new A("x", err); } }

// sound: two classes that hand the error up
declare function f(): void;
class Base extends Error { constructor(message: string, readonly cause: unknown) { super(message); } }
class A extends Base { constructor(message: string, cause: unknown) { super(message, cause); } }
export function g(): void { try { f(); } catch (err) { throw new A("x", err); } }

// defect: a factory that takes the error and drops it
declare function f(): void;
const wrap = (message: string, _cause: unknown): Error => new Error(message);
export function g(): void { try { f(); } catch (err) { throw wrap("x", err); } }

// sound: a factory that makes it the cause
declare function f(): void;
const wrap = (message: string, cause: unknown): Error => new Error(message, { cause });
export function g(): void { try { f(); } catch (err) { throw wrap("x", err); } }

// defect: a throwing helper that takes the error and drops it
declare function f(): void;
function bail(message: string, _err: unknown): never { throw new Error(message); }
export function g(): void { try { f(); } catch (err) { bail("x", err); } }

// sound: a throwing helper that makes it the cause
declare function f(): void;
function bail(message: string, err: unknown): never { throw new Error(message, { cause: err }); }
export function g(): void { try { f(); } catch (err) { bail("x", err); } }

// defect: a cause that is taken back before it is used
declare function f(): void;
export function g(): void { try { f(); } catch (err) { let cause: unknown = err; cause = undefined; throw new Error("x", { cause }); } }

// sound: a cause that is given later
declare function f(): void;
export function g(): void { try { f(); } catch (err) { let cause: unknown; cause = err; throw new Error("x", { cause }); } }

// defect: a static maker that drops the error
declare function f(): void;
class A extends Error { static of(message: string, _err: unknown): A { return new A(message); } }
export function g(): void { try { f(); } catch (err) { throw A.of("x", err); } }

// sound: a static maker that keeps it
declare function f(): void;
class A extends Error { static of(message: string, err: unknown): A { return new A(message, { cause: err }); } }
export function g(): void { try { f(); } catch (err) { throw A.of("x", err); } }

// defect: a choice of two errors, both without it
declare function f(): void;
export function g(): void { try { f(); } catch (err) { const e = err instanceof Error ? new Error("x") : new Error("y"); throw e; } }

// sound: a choice of the error itself and one with its cause
declare function f(): void;
export function g(): void { try { f(); } catch (err) { const e = err instanceof Error ? err : new Error("y", { cause: err }); throw e; } }

// defect: a private method that throws an error of its own
declare function f(): void;
export class S { #fail(message: string): never { throw new Error(message); } run(): void { try { f(); } catch (err) { this.#fail("x"); } } }

// sound: a private method that throws with the cause
declare function f(): void;
export class S { #fail(message: string, cause: unknown): never { throw new Error(message, { cause }); } run(): void { try { f(); } catch (err) { this.#fail("x", err); } } }

// defect: a catch without a name that gives way to a helper's error
import { readdir } from "node:fs/promises";
class CommandError extends Error { constructor(message: string, readonly exitCode: number) { super(message); } }
function fail(message: string, exitCode = 1): never { throw new CommandError(message, exitCode); }
export async function list(dir: string): Promise<string[]> { try { return await readdir(dir); } catch { fail(`cannot list ${dir}`, 2); } }

// sound: a catch without a name around a question
class Refusal extends Error {}
function refuse(message: string): never { throw new Refusal(message); }
export function link(text: string): URL { try { return new URL(text); } catch { return refuse(`${text} is no URL`); } }
