// sound: a socket of a library, printed, and its close scheduled anew by a method
import { EventEmitter } from "node:events";
declare class Connection extends EventEmitter { send(text: string): void }
export class Gateway {
  private socket!: Connection;
  constructor(private readonly make: () => Connection) {}
  open(): void {
    this.socket = this.make();
    this.socket.on("error", (error: Error) => console.error("gateway", error.message));
    this.socket.on("close", (code: number) => this.onClose(code));
  }
  private onClose(code: number): void {
    if (code !== 1000) setTimeout(() => this.open(), 1000);
  }
}

// defect: a socket of a library, printed, and its close without a meaning
import { EventEmitter } from "node:events";
declare class Connection extends EventEmitter { send(text: string): void }
export class Gateway {
  private socket!: Connection;
  constructor(private readonly make: () => Connection) {}
  open(): void {
    this.socket = this.make();
    this.socket.on("error", (error: Error) => console.error("gateway", error.message));
    this.socket.on("message", (text: string) => this.socket.send(text));
  }
}

// sound: the first failure of many is thrown after all had their turn
interface Disposable { dispose(): void }
export function disposeAll(all: Iterable<Disposable>): void {
  const errors: unknown[] = [];
  for (const each of all) {
    try {
      each.dispose();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, "Encountered errors while disposing of store");
}

// sound: a flag of a cache that says it is old
interface Prices { values: Map<string, number>; stale: boolean }
export class PriceCache {
  #last = new Map<string, number>();
  constructor(private readonly load: () => Promise<Map<string, number>>, private readonly log: { warn(text: string, error: unknown): void }) {}
  async read(): Promise<Prices> {
    try {
      this.#last = await this.load();
      return { values: this.#last, stale: false };
    } catch (error) {
      this.log.warn("prices are old", error);
      return { values: this.#last, stale: true };
    }
  }
}

// defect: a cache that does not say that it is old
export class PriceCache {
  #last = new Map<string, number>();
  constructor(private readonly load: () => Promise<Map<string, number>>) {}
  async read(): Promise<{ values: Map<string, number> }> {
    try {
      this.#last = await this.load();
    } catch {}
    return { values: this.#last };
  }
}

// sound: setter of a state that an error message belongs to
import { useEffect, useState } from "react";
interface Repo { name: string }
export function Repos({ list }: { list: () => Promise<Repo[]> }) {
  const [repos, setRepos] = useState<Repo[]>([]);
  const [message, setMessage] = useState<string>();
  useEffect(() => {
    list()
      .then((found) => setRepos(found))
      .catch((error: unknown) => {
        setRepos([]);
        setMessage(error instanceof Error ? error.message : "unknown");
      });
  }, [list]);
  return <p title={message}>{repos.length}</p>;
}

// sound: loading is over on both ways, and the failure is kept
import { useState } from "react";
export function Save({ save }: { save: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const run = (): void => {
    setBusy(true);
    save()
      .then(() => setBusy(false))
      .catch((error: unknown) => {
        setBusy(false);
        setProblem(error);
      });
  };
  return <button disabled={busy} onClick={run}>{problem ? "Try again" : "Save"}</button>;
}

// defect: loading is over on both ways, and that is all
import { useState } from "react";
export function Save({ save }: { save: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const run = (): void => {
    setBusy(true);
    save()
      .then(() => setBusy(false))
      .catch(() => setBusy(false));
  };
  return <button disabled={busy} onClick={run}>Save</button>;
}

// sound: support of a feature is asked for by trying
export function canShare(): Promise<boolean> {
  return navigator.permissions
    .query({ name: "notifications" })
    .then((status) => status.state === "granted")
    .catch(() => false);
}

// sound: an event that is fired for whoever wants to know, whatever it is
interface Emitter<T> { fire(event: T): void }
export class TaskRunner {
  constructor(private readonly onDidFinish: Emitter<{ id: string; error?: unknown }>) {}
  run(id: string, task: () => Promise<void>): void {
    task().then(
      () => this.onDidFinish.fire({ id }),
      (error: unknown) => this.onDidFinish.fire({ id, error }),
    );
  }
}

// defect: an event that says it is finished, whatever became of it
interface Emitter<T> { fire(event: T): void }
export class TaskRunner {
  constructor(private readonly onDidFinish: Emitter<{ id: string }>) {}
  run(id: string, task: () => Promise<void>): void {
    task().then(
      () => this.onDidFinish.fire({ id }),
      () => this.onDidFinish.fire({ id }),
    );
  }
}

// sound: a listener of an editor that asks first whether it is alone
interface Disposable { dispose(): void }
declare const workspace: { onDidSave(hear: (path: string) => unknown): Disposable };
export const follow = (format: (path: string) => Promise<void>): Disposable =>
  workspace.onDidSave(async (path) => {
    await format(path);
  });

// sound: a subscription whose callback is async and catches all of it
declare const bus: { subscribe(topic: string, hear: (message: string) => void): () => void };
declare function onUnexpectedError(error: unknown): void;
export const hear = (handle: (message: string) => Promise<void>): (() => void) =>
  bus.subscribe("orders", async (message) => {
    await handle(message).catch(onUnexpectedError);
  });

// defect: a subscription whose callback is async and may fail
declare const bus: { subscribe(topic: string, hear: (message: string) => void): () => void };
export const hear = (handle: (message: string) => Promise<void>): (() => void) =>
  bus.subscribe("orders", async (message) => {
    await handle(message);
  });

// sound: a schema that says itself what is wrong with it
class InputError extends Error {
  constructor(readonly issues: readonly string[]) {
    super(issues.join(", "));
  }
}
interface Parsed<T> { success: boolean; data: T; issues: string[] }
export function parseInput<T>(schema: { safeParse(value: unknown): Parsed<T> }, body: string): T {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new InputError(["The body is no JSON"]);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new InputError(parsed.issues);
  return parsed.data;
}

// sound: a token that cannot be verified is no token
declare const jwt: { verify(token: string, secret: string): { sub: string } };
declare class UnauthorizedError extends Error {}
export function subjectOf(header: string | undefined, secret: string): string {
  const token = header?.replace(/^Bearer /, "");
  if (!token) throw new UnauthorizedError();
  try {
    return jwt.verify(token, secret).sub;
  } catch {
    throw new UnauthorizedError();
  }
}

// sound: a lock file that is removed whether the work went well or not
import { unlink, writeFile } from "node:fs/promises";
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await writeFile(path, String(process.pid), { flag: "wx" });
  try {
    return await work();
  } finally {
    await unlink(path).catch(() => {});
  }
}

// sound: a temporary file is moved, or removed and the failure told
import { rename, unlink, writeFile } from "node:fs";
export function writeAtomically(path: string, data: string, callback: (error: Error | null) => void): void {
  const temporary = `${path}.${process.pid}`;
  writeFile(temporary, data, (writeError) => {
    if (writeError) {
      unlink(temporary, () => callback(writeError));
      return;
    }
    rename(temporary, path, (renameError) => {
      if (renameError) unlink(temporary, () => callback(renameError));
      else callback(null);
    });
  });
}

// defect: a temporary file is moved, and nobody asks whether it was
import { rename, unlink, writeFile } from "node:fs";
export function writeAtomically(path: string, data: string, callback: (error: Error | null) => void): void {
  const temporary = `${path}.${process.pid}`;
  writeFile(temporary, data, (writeError) => {
    if (writeError) {
      unlink(temporary, () => callback(writeError));
      return;
    }
    rename(temporary, path, () => callback(null));
  });
}

// sound: tried in one place, then in another, and told when neither has it
import { access } from "node:fs";
export function locate(name: string, done: (error: Error | null, path?: string) => void): void {
  access(`/etc/${name}`, (missing) => {
    if (!missing) return done(null, `/etc/${name}`);
    access(`/usr/etc/${name}`, (missingToo) => {
      if (missingToo) return done(missingToo);
      done(null, `/usr/etc/${name}`);
    });
  });
}

// sound: the file is there already, and that is fine
import { mkdir } from "node:fs";
export function ensureDirectory(path: string, done: (error?: Error | null) => void): void {
  mkdir(path, (error) => {
    if (!error || error.code === "EEXIST") return done();
    done(error);
  });
}

// sound: a job of a queue that is cancelled, as its caller wished
interface Job { id: string; cancel(): Promise<void> }
export async function replace(current: Job | undefined, start: () => Promise<Job>): Promise<Job> {
  try {
    await current?.cancel();
  } catch {
    // it may have ended in the meantime
  }
  return start();
}

// sound: orders of a page are closed with their dialog
export async function leave(dialog: { close(result?: string): Promise<void> }, save: () => Promise<void>): Promise<void> {
  await save();
  await dialog.close("saved").catch(() => {});
}

// sound: the pair of a state and its setter
import { useState } from "react";
export function useReset(): () => void {
  const [, setProblem] = useState<Error | null>(null);
  return () => setProblem(null);
}

// sound: of two answers only the second is wanted
declare function warmUp(): Promise<void>;
declare function loadUser(id: string): Promise<{ name: string }>;
export async function greet(id: string): Promise<string> {
  const [, user] = await Promise.all([warmUp(), loadUser(id)]);
  return `Hello ${user.name}`;
}

// sound: a failure that is kept until the next try has told whether it matters
export async function retryOnce<T>(work: () => Promise<T>): Promise<T> {
  let first: unknown;
  try {
    return await work();
  } catch (error) {
    first = error;
  }
  try {
    return await work();
  } catch (second) {
    throw new AggregateError([first, second], "Failed twice");
  }
}

// sound: the last failure is written over in each turn, and thrown after the last
export async function retry<T>(work: () => Promise<T>, tries: number): Promise<T> {
  let last: unknown;
  for (let i = 0; i < tries; i++) {
    last = undefined;
    try {
      return await work();
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

// sound: an option is told, or else whoever listens to the promise
export function observe<T>(work: Promise<T>, onError?: (error: unknown) => void): Promise<T | undefined> {
  if (!onError) return work;
  return work.catch((error: unknown) => {
    onError(error);
    return undefined;
  });
}

// defect: an empty page for a page that could not be read
interface Page<T> { items: T[]; next: string | undefined }
export class Feed<T> {
  items: T[] = [];
  constructor(private readonly read: (cursor?: string) => Promise<Page<T>>) {}
  more(cursor?: string): Promise<void> {
    return this.read(cursor).then(
      (page) => this.append(page.items),
      () => this.append([]),
    );
  }
  private append(items: T[]): void {
    this.items = [...this.items, ...items];
  }
}

// sound: the words for a failure, in the place where the words for success go
export function status(element: HTMLElement, save: () => Promise<void>): void {
  const say = (text: string): void => {
    element.textContent = text;
  };
  save().then(() => say("Saved"), () => say("Could not be saved"));
}

// sound: a promise whose rejection another branch tells
export class Loader<T> {
  readonly ready: Promise<T>;
  constructor(load: () => Promise<T>) {
    this.ready = load();
    // whoever awaits `ready` is told
    this.ready.catch(() => {});
  }
}

// sound: a child that is killed when time is up, and the failure is that of time
import { execFile } from "node:child_process";
export const version = (command: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile(command, ["--version"], { timeout: 5000 }, (error, out) => {
      resolve(error ? undefined : out.trim());
    });
  });

// sound: a cursor that is none, whatever is wrong with it
class InvalidCursor extends Error {}
declare const cursorSchema: { parse(value: unknown): { after: string; id: string } };
export const decodeCursor = (given: string): { after: string; id: string } => {
  try {
    const json = Buffer.from(given, "base64url").toString("utf8");
    return cursorSchema.parse(JSON.parse(json));
  } catch {
    throw new InvalidCursor("The cursor is invalid.");
  }
};

// defect: a file of settings that is refused, and nobody is told for what
class InvalidSettings extends Error {}
declare const settingsSchema: { parse(value: unknown): { port: number } };
export const settingsOf = (text: string): { port: number } => {
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch {
    throw new InvalidSettings("The settings are invalid.");
  }
};
