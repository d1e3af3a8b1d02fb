// sound: an error that a reducer has kept
import { useEffect, useReducer } from "react";
type State = { status: "loading" } | { status: "ready"; data: string[] } | { status: "failed"; error: unknown };
type Action = { type: "done"; data: string[] } | { type: "fail"; error: unknown };
declare const api: { list(): Promise<string[]> };
function reducer(_: State, action: Action): State { switch (action.type) { case "done": return { status: "ready", data: action.data }; case "fail": return { status: "failed", error: action.error }; } }
export function List() { const [state, dispatch] = useReducer(reducer, { status: "loading" }); useEffect(() => { const load = async () => { try { dispatch({ type: "done", data: await api.list() }); } catch (error) { dispatch({ type: "fail", error }); } }; void load(); }, []); if (state.status === "failed") throw state.error; return <p /> }

// sound: an error kept in a private field
declare function connect(): Promise<void>;
export class Client { #failure: unknown; async open() { try { await connect(); } catch (e) { this.#failure = e; } } check() { if (this.#failure) throw this.#failure; } }

// sound: an error kept in a state
import { useEffect, useState } from "react";
declare const api: { list(): Promise<string[]> };
export function List() { const [problem, setProblem] = useState<unknown>(null); useEffect(() => { api.list().catch((e: unknown) => { setProblem(e); }); }, []); if (problem) throw problem; return <p /> }

// sound: the first of the errors of a loop
declare function close(id: string): Promise<void>;
export async function closeAll(ids: string[]) { const failures: unknown[] = []; for (const id of ids) { try { await close(id); } catch (e) { failures.push(e); } } if (failures.length > 0) throw failures[0]; }

// sound: an error kept by its key
declare function load(id: string): string;
const failed = new Map<string, unknown>();
export function get(id: string) { if (failed.has(id)) throw failed.get(id); try { return load(id); } catch (e) { failed.set(id, e); throw e; } }

// sound: the error of an outcome
type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };
declare function attempt<T>(work: () => T): Outcome<T>;
export function must<T>(work: () => T): T { const outcome = attempt(work); if (!outcome.ok) throw outcome.error; return outcome.value; }

// sound: the error of an outcome that was given
type Outcome<T> = { type: "value"; value: T } | { type: "thrown"; error: unknown };
export const replay = <T,>(outcome: Outcome<T>): T => { if (outcome.type === "thrown") { throw outcome.error; } return outcome.value; };

// sound: a cache entry that keeps what was thrown
declare function load(id: string): string;
interface Entry { value?: string; thrown?: unknown }
const entries = new Map<string, Entry>();
export function get(id: string) { const known = entries.get(id); if (known && "thrown" in known) throw known.thrown; try { const value = load(id); entries.set(id, { value }); return value; } catch (e) { entries.set(id, { thrown: e }); throw e; } }

// defect: what the server calls an error
export async function call(url: string) { const body = (await (await fetch(url)).json()) as { ok: true } | { ok: false; error: unknown }; if (!body.ok) throw body.error; }

// defect: a field that anything may be put in
interface Job { error?: unknown }
export function check(job: Job) { if (job.error) throw job.error; }

// defect: a field that is given a text as well
declare function connect(): Promise<void>;
export class Client { #failure: unknown; async open(id: string) { if (!id) this.#failure = "no id"; try { await connect(); } catch (e) { this.#failure = e; } } check() { if (this.#failure) throw this.#failure; } }

// defect: a list of answers whose first is thrown
declare function ask(id: string): Promise<unknown>;
export async function first(ids: string[]) { const answers: unknown[] = []; for (const id of ids) answers.push(await ask(id)); throw answers[0]; }

// defect: a state that is given what came back
import { useState } from "react";
declare const api: { status(): Promise<unknown> };
export function Status() { const [problem, setProblem] = useState<unknown>(null); const load = async () => { setProblem(await api.status()); }; if (problem) throw problem; return <button onClick={() => { load().catch(setProblem); }} /> }
