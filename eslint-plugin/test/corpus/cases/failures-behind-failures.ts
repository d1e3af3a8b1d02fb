// given: import { createReadStream, createWriteStream, rename, rm, unlink, writeFile } from "node:fs"; import { pipeline } from "node:stream"; import { useEffect, useState } from "react";

// sound: what was half written is removed, and the first failure is told
export const store = (from: string, to: string) =>
  new Promise<void>((resolve, reject) => {
    pipeline(createReadStream(from), createWriteStream(to), (failure) => {
      if (!failure) return resolve();
      unlink(to, () => reject(failure));
    });
  });

// defect: what was half written is removed, and the first failure with it
export const store = (from: string, to: string) =>
  new Promise<void>((resolve) => {
    pipeline(createReadStream(from), createWriteStream(to), (failure) => {
      if (!failure) return resolve();
      unlink(to, () => resolve());
    });
  });

// sound: the old file is put back before the caller hears what failed
export function replaceSettings(path: string, text: string, done: (error?: Error | null) => void): void {
  writeFile(path, text, (error) => {
    if (error) {
      rename(`${path}.before`, path, () => done(error));
      return;
    }
    done();
  });
}

// defect: a rename that nobody asks about, on the way without an error
export function replaceSettings(path: string, text: string, done: (error?: Error | null) => void): void {
  writeFile(`${path}.next`, text, (error) => {
    if (error) {
      done(error);
      return;
    }
    rename(`${path}.next`, path, () => done());
  });
}

// sound: a handler of a rejection takes the directory away first
declare function unpack(archive: string, into: string): Promise<string[]>;
export const install = (archive: string, into: string) =>
  new Promise<string[]>((resolve, reject) => {
    unpack(archive, into).then(resolve, (problem: unknown) => {
      rm(into, { recursive: true }, () => reject(problem));
    });
  });

// defect: a directory is removed before the work, and nobody asks whether it is gone
declare function unpack(archive: string, into: string): Promise<string[]>;
export const install = (archive: string, into: string) =>
  new Promise<string[]>((resolve, reject) => {
    rename(into, `${into}-old`, () => {
      unpack(archive, into).then(resolve, reject);
    });
  });

// sound: a socket whose error is printed, and whose close connects again
export class LiveFeed {
  #tries = 0;
  constructor(readonly url: string, readonly show: (line: string) => void) {}
  connect(): void {
    const socket = new WebSocket(this.url);
    socket.onmessage = ({ data }) => this.show(String(data));
    socket.onerror = (event) => console.warn("feed", event);
    socket.onclose = () => {
      setTimeout(() => this.connect(), 1000 * 2 ** this.#tries++);
    };
  }
}

// defect: a socket whose error is printed, and whose close nobody hears
export class LiveFeed {
  constructor(readonly url: string, readonly show: (line: string) => void) {}
  connect(): void {
    const socket = new WebSocket(this.url);
    socket.onmessage = ({ data }) => this.show(String(data));
    socket.onerror = (event) => console.warn("feed", event);
    socket.onclose = () => console.info("feed closed");
  }
}

// sound: the socket of a field, its state told when it closes
export class Lobby {
  private socket: WebSocket | undefined;
  constructor(private readonly states: { set(state: "here" | "away"): void }) {}
  enter(url: string): void {
    this.socket = new WebSocket(url);
    this.socket.addEventListener("open", () => this.states.set("here"));
    this.socket.addEventListener("close", () => this.states.set("away"));
    this.socket.addEventListener("error", (event) => console.error(event));
  }
}

// defect: a file stream whose error is printed, and whose close means that all is written
import { once } from "node:events";
export const save = (path: string, lines: string[]) =>
  new Promise<void>((resolve) => {
    const out = createWriteStream(path);
    out.on("error", (error) => console.error(error));
    out.on("close", () => resolve());
    out.end(lines.join("\n"));
  });

// defect: no connection and an empty list look alike
declare const shop: { orders(of: string): Promise<{ id: string }[]> };
export function Orders({ customer }: { customer: string }) {
  const [orders, setOrders] = useState<{ id: string }[]>();
  useEffect(() => {
    shop.orders(customer).then(setOrders).catch(() => setOrders([]));
  }, [customer]);
  return <p>{orders?.length === 0 ? "You never ordered anything." : orders?.length}</p>;
}

// sound: an empty list, and a word about the failure
declare const shop: { orders(of: string): Promise<{ id: string }[]> };
export function Orders({ customer }: { customer: string }) {
  const [orders, setOrders] = useState<{ id: string }[]>();
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    shop.orders(customer).then(setOrders).catch(() => {
      setOrders([]);
      setHasFailed(true);
    });
  }, [customer]);
  return <p>{hasFailed ? "The shop cannot be reached." : orders?.length}</p>;
}

// defect: the second handler of then fills the store with nothing
interface Store { setTags(tags: readonly string[]): void }
export function loadTags(store: Store, api: { tags(): Promise<{ names: string[] }> }): void {
  api.tags().then(
    (found) => store.setTags(found.names),
    () => store.setTags([]),
  );
}

// sound: the store is told which of both it is
interface Store { set(state: { kind: "ready"; tags: readonly string[] } | { kind: "failed" }): void }
export function loadTags(store: Store, api: { tags(): Promise<{ names: string[] }> }): void {
  api.tags().then(
    (found) => store.set({ kind: "ready", tags: found.names }),
    () => store.set({ kind: "failed" }),
  );
}

// sound: whether a server answers is the question
export function watch(setOnline: (is: boolean) => void, server: { ping(): Promise<void> }): () => void {
  const timer = setInterval(() => {
    server.ping().then(() => setOnline(true)).catch(() => setOnline(false));
  }, 5000);
  return () => clearInterval(timer);
}

// defect: zero is shown for a count that nobody could get
export function Badge({ counts }: { counts: { unread(): Promise<number> } }) {
  const [unread, setUnread] = useState<number>();
  useEffect(() => {
    void counts.unread().then((count) => setUnread(count)).catch(() => setUnread(0));
  }, [counts]);
  return <b>{unread}</b>;
}

// defect: neither what is no JSON nor what the schema refuses is told
class ManifestError extends Error {}
export function readManifest<T>(text: string, schema: { parse(value: unknown): T }): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new ManifestError("The manifest cannot be used");
  }
}

// sound: what a schema refuses is told
class ManifestError extends Error {}
export function readManifest<T>(text: string, schema: { parse(value: unknown): T }): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ManifestError("The manifest cannot be used", { cause });
  }
}

// sound: no address is all there is to say about an address
class AddressError extends Error {}
export function addressOf(given: string): URL {
  try {
    return new URL(decodeURIComponent(given.trim()));
  } catch {
    throw new AddressError(`Not an address: ${given}`);
  }
}

// sound: a cursor that is no cursor
class CursorError extends Error {}
export function decodeCursor(cursor: string): { after: string } {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as { after: string };
  } catch {
    throw new CursorError("Not a cursor of ours");
  }
}

// defect: the last failure is kept, and nobody looks at it
export async function stopAll(jobs: readonly { cancel(): Promise<void> }[], bar: { tick(): void; stop(): void }): Promise<void> {
  let problem: unknown;
  for (const job of jobs) {
    try {
      await job.cancel();
    } catch (error) {
      problem = error;
    }
    bar.tick();
  }
  bar.stop();
}

// sound: the last failure is kept, and thrown in the end
export async function stopAll(jobs: readonly { cancel(): Promise<void> }[], bar: { tick(): void; stop(): void }): Promise<void> {
  let problem: unknown;
  for (const job of jobs) {
    try {
      await job.cancel();
    } catch (error) {
      problem = error;
    }
    bar.tick();
  }
  bar.stop();
  if (problem) throw problem;
}

// defect: failures of closing are collected, and nobody looks at the list
export async function closeAll(pools: readonly { close(): Promise<void> }[]): Promise<void> {
  const problems: unknown[] = [];
  for (const pool of pools) {
    try {
      await pool.close();
    } catch (error) {
      problems.push(error);
    }
  }
}

// sound: failures of closing are collected and thrown as one
export async function closeAll(pools: readonly { close(): Promise<void> }[]): Promise<void> {
  const problems: unknown[] = [];
  for (const pool of pools) {
    try {
      await pool.close();
    } catch (error) {
      problems.push(error);
    }
  }
  if (problems.length > 0) throw new AggregateError(problems, "Not every pool could be closed");
}

// defect: a subscription that could not be cancelled is billed on
interface Billing { subscriptions: { cancel(id: string): Promise<void> } }
export async function leave(billing: Billing, users: { forget(id: string): Promise<void> }, id: string): Promise<void> {
  try {
    await billing.subscriptions.cancel(id);
  } catch {}
  await users.forget(id);
}

// sound: a subscription to events that is given back
interface Source { subscribe(hear: (event: string) => void): { unsubscribe(): Promise<void> } }
export function follow(source: Source, hear: (event: string) => void): () => Promise<void> {
  const subscription = source.subscribe(hear);
  return async () => {
    try {
      await subscription.unsubscribe();
    } catch {}
  };
}
