// defect: the first failure is written over before anybody looks
export async function saveBoth(local: { save(): Promise<void> }, remote: { save(): Promise<void> }): Promise<void> {
  let failure: unknown;
  try {
    await local.save();
  } catch (error) {
    failure = error;
  }
  failure = undefined;
  try {
    await remote.save();
  } catch (error) {
    failure = error;
  }
  if (failure) throw failure;
}

// sound: the first failure stays, whatever the second does
export async function saveBoth(local: { save(): Promise<void> }, remote: { save(): Promise<void> }): Promise<void> {
  let failure: unknown;
  try {
    await local.save();
  } catch (error) {
    failure = error;
  }
  try {
    await remote.save();
  } catch (error) {
    failure ??= error;
  }
  if (failure) throw failure;
}

// defect: an option, or else nothing, hears of a broken stream
import type { Readable } from "node:stream";
interface TailOptions { onLine(line: string): void; onError?: (error: Error) => void }
export function tail(stream: Readable, { onLine, onError }: TailOptions): void {
  stream.on("data", (chunk: Buffer) => onLine(chunk.toString()));
  stream.on("error", onError ?? (() => {}));
}

// sound: an option, or else the log, hears of a broken stream
import type { Readable } from "node:stream";
declare const logger: { error(error: unknown): void };
interface TailOptions { onLine(line: string): void; onError?: (error: Error) => void }
export function tail(stream: Readable, { onLine, onError }: TailOptions): void {
  stream.on("data", (chunk: Buffer) => onLine(chunk.toString()));
  stream.on("error", onError ?? ((error) => logger.error(error)));
}

// defect: an option, or else nothing, hears of a rejection
export function poll(load: () => Promise<void>, options: { onError?: (error: unknown) => void } = {}): void {
  load().catch(options.onError ?? (() => {}));
}

// sound: an option, or else whoever looks after all others, hears of a rejection
declare function onUnexpectedError(error: unknown): void;
export function poll(load: () => Promise<void>, options: { onError?: (error: unknown) => void } = {}): void {
  load().catch(options.onError ?? onUnexpectedError);
}

// defect: an event of an editor that is given an async listener
interface Disposable { dispose(): void }
interface TextModel { readonly onDidChangeContent: (listener: (event: { version: number }) => void) => Disposable }
declare const outline: { refresh(version: number): Promise<void> };
export function keepOutline(model: TextModel): Disposable {
  return model.onDidChangeContent(async (event) => {
    await outline.refresh(event.version);
  });
}

// sound: an event of an editor whose async listener looks after itself
interface Disposable { dispose(): void }
interface TextModel { readonly onDidChangeContent: (listener: (event: { version: number }) => void) => Disposable }
declare const outline: { refresh(version: number): Promise<void> };
declare function onUnexpectedError(error: unknown): void;
export function keepOutline(model: TextModel): Disposable {
  return model.onDidChangeContent(async (event) => {
    try {
      await outline.refresh(event.version);
    } catch (error) {
      onUnexpectedError(error);
    }
  });
}

// sound: an event whose listener may well be async
interface Hooks { onBuildEnd(listener: (size: number) => void | Promise<void>): void }
export function measure(hooks: Hooks, send: (size: number) => Promise<void>): void {
  hooks.onBuildEnd(async (size) => {
    await send(size);
  });
}

// sound: what could be read so far, and the word that there was more
export const readBody = (stream: AsyncIterable<Uint8Array>, limit: number): Promise<{ body: string; truncated: boolean }> =>
  new Promise((resolve) => {
    let body = "";
    const read = async (): Promise<void> => {
      for await (const chunk of stream) {
        body += new TextDecoder().decode(chunk);
        if (body.length > limit) break;
      }
      resolve({ body, truncated: false });
    };
    read().catch(() => resolve({ body, truncated: true }));
  });

// defect: what could be read so far, as if it were all
export const readBody = (stream: AsyncIterable<Uint8Array>, limit: number): Promise<{ body: string }> =>
  new Promise((resolve) => {
    let body = "";
    const read = async (): Promise<void> => {
      for await (const chunk of stream) {
        body += new TextDecoder().decode(chunk);
        if (body.length > limit) break;
      }
      resolve({ body });
    };
    read().catch(() => resolve({ body }));
  });

// defect: told only when somebody asked for many words
export async function publish(pages: readonly string[], upload: (page: string) => Promise<void>, verbose: boolean): Promise<void> {
  for (const page of pages) {
    try {
      await upload(page);
    } catch (error) {
      if (verbose) console.error(page, error);
    }
  }
}

// sound: told in few words or in many
export async function publish(pages: readonly string[], upload: (page: string) => Promise<void>, verbose: boolean): Promise<string[]> {
  const left: string[] = [];
  for (const page of pages) {
    try {
      await upload(page);
    } catch (error) {
      left.push(`${page}: ${verbose ? (error as Error).stack : (error as Error).message}`);
    }
  }
  return left;
}

// defect: a helper that says how the span went and never ends it
import { type Span, SpanStatusCode, trace } from "@opentelemetry/api";
const settle = (span: Span, error?: unknown): void => {
  if (error instanceof Error) span.recordException(error);
  span.setStatus({ code: error ? SpanStatusCode.ERROR : SpanStatusCode.OK });
};
export async function importOrders(load: () => Promise<number>): Promise<number> {
  const span = trace.getTracer("orders").startSpan("import");
  try {
    const count = await load();
    settle(span);
    return count;
  } catch (error) {
    settle(span, error);
    throw error;
  }
}

// sound: a helper that says how the span went and ends it
import { type Span, SpanStatusCode, trace } from "@opentelemetry/api";
const settle = (span: Span, error?: unknown): void => {
  if (error instanceof Error) span.recordException(error);
  span.setStatus({ code: error ? SpanStatusCode.ERROR : SpanStatusCode.OK });
  span.end();
};
export async function importOrders(load: () => Promise<number>): Promise<number> {
  const span = trace.getTracer("orders").startSpan("import");
  try {
    const count = await load();
    settle(span);
    return count;
  } catch (error) {
    settle(span, error);
    throw error;
  }
}

// sound: a deferred that both ways lead to
interface Deferred<T> { complete(value: T): Promise<void>; error(problem: unknown): Promise<void>; readonly p: Promise<T> }
declare function deferred<T>(): Deferred<T>;
export function startExtension(activate: () => Promise<string>): Promise<string> {
  const started = deferred<string>();
  activate().then((id) => void started.complete(id), (problem: unknown) => void started.error(problem));
  return started.p;
}

// defect: a deferred that waits forever when activation fails
interface Deferred<T> { complete(value: T): void; error(problem: unknown): void; readonly p: Promise<T> }
declare function deferred<T>(): Deferred<T>;
export function startExtension(activate: () => Promise<string>): Promise<string> {
  const started = deferred<string>();
  activate().then((id) => started.complete(id));
  return started.p;
}

// sound: a connection that is made anew after it failed
interface Client { query(text: string): Promise<unknown[]> }
declare function connect(url: string): Promise<Client>;
export class Database {
  #client: Promise<Client> | undefined;
  constructor(readonly url: string) {}
  client(): Promise<Client> {
    this.#client ??= connect(this.url).catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
    return this.#client;
  }
}

// defect: a connection that is made anew, after its failure was handed out as a client
interface Client { query(text: string): Promise<unknown[]> }
declare function connect(url: string): Promise<Client>;
export class Database {
  #client: Promise<Client | undefined> | undefined;
  constructor(readonly url: string) {}
  client(): Promise<Client | undefined> {
    this.#client ??= connect(this.url).catch(() => {
      this.#client = undefined;
      return undefined;
    });
    return this.#client;
  }
}

// sound: a singleton whose own promise is reset on the side, and returned as it is
declare function loadWasm(): Promise<WebAssembly.Instance>;
let instance: Promise<WebAssembly.Instance> | undefined;
export function wasm(): Promise<WebAssembly.Instance> {
  if (!instance) {
    instance = loadWasm();
    instance.catch(() => {
      instance = undefined;
    });
  }
  return instance;
}

// sound: an emitter of errors
class Emitter<T> { fire(event: T): void { void event; } }
export class SearchService {
  readonly #onDidFail = new Emitter<unknown>();
  constructor(private readonly find: (text: string) => Promise<string[]>) {}
  async search(text: string): Promise<string[] | undefined> {
    try {
      return await this.find(text);
    } catch (error) {
      this.#onDidFail.fire(error);
      return undefined;
    }
  }
}

// defect: nothing found and nothing asked look alike
export class SearchService {
  #busy = false;
  constructor(private readonly find: (text: string) => Promise<string[]>) {}
  async search(text: string): Promise<string[]> {
    this.#busy = true;
    try {
      return await this.find(text);
    } catch {
      return [];
    } finally {
      this.#busy = false;
    }
  }
  get busy(): boolean {
    return this.#busy;
  }
}

// sound: an import of what need not be there
interface Watcher { watch(path: string, hear: () => void): void }
export async function nativeWatcher(): Promise<Watcher | undefined> {
  try {
    const { default: watcher } = (await import("fsevents" as string)) as { default: Watcher };
    return watcher;
  } catch {
    return undefined;
  }
}

// defect: what a plugin does when it is set up may fail in silence
interface Plugin { setup(root: string): Promise<void> }
export async function loadPlugin(name: string, root: string): Promise<void> {
  try {
    const plugin = (await import(name)) as Plugin;
    await plugin.setup(root);
  } catch {}
}

// sound: whether a text is JSON is the question
export function jsonOrText(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

// defect: no settings, unreadable settings and broken settings look alike
import { readFile } from "node:fs/promises";
export async function loadSettings(path: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  } catch {
    return {};
  }
}

// sound: a node of a workflow goes on with the error in its output
interface Item { json: Record<string, unknown>; pairedItem: number }
export async function execute(this: { continueOnFail(): boolean; call(item: Item): Promise<Item> }, items: Item[]): Promise<Item[]> {
  const out: Item[] = [];
  for (let i = 0; i < items.length; i++) {
    try {
      out.push(await this.call(items[i] as Item));
    } catch (error) {
      if (this.continueOnFail()) {
        out.push({ json: { error: (error as Error).message }, pairedItem: i });
        continue;
      }
      throw error;
    }
  }
  return out;
}

// defect: a node of a workflow gives an empty item for one that failed
interface Item { json: Record<string, unknown>; pairedItem: number }
export async function execute(call: (item: Item) => Promise<Item>, items: Item[]): Promise<Item[]> {
  const out: Item[] = [];
  for (let i = 0; i < items.length; i++) {
    try {
      out.push(await call(items[i] as Item));
    } catch (error) {
      out.push({ json: {}, pairedItem: i });
    }
  }
  return out;
}

// sound: settled, and what was rejected is logged
declare const log: { error(text: string, context: object): void };
export async function callHooks(hooks: readonly { url: string }[], call: (url: string) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(hooks.map(({ url }) => call(url)));
  for (const [i, result] of results.entries()) {
    if (result.status === "rejected") log.error("hook failed", { url: hooks[i]?.url, error: result.reason as unknown });
  }
}

// defect: settled, and only what went well is counted
export async function callHooks(hooks: readonly { url: string }[], call: (url: string) => Promise<void>): Promise<number> {
  const results = await Promise.allSettled(hooks.map(({ url }) => call(url)));
  return results.filter((result) => result.status === "fulfilled").length;
}

// sound: a page that is closed anyway
interface Page { close(): Promise<void>; goto(url: string): Promise<string> }
export async function visit(open: () => Promise<Page>, url: string): Promise<string> {
  const page = await open();
  try {
    return await page.goto(url);
  } finally {
    await page.close().catch(() => {});
  }
}

// defect: a page whose result wins over every failure
interface Page { close(): Promise<void>; goto(url: string): Promise<string> }
export async function visit(open: () => Promise<Page>, url: string): Promise<string> {
  const page = await open();
  let title = "";
  try {
    title = await page.goto(url);
  } finally {
    await page.close();
    return title;
  }
}

// sound: a server that says why it cannot listen
interface Logger { error(text: string, options?: { error: Error }): void }
export function listen(server: import("node:net").Server, port: number, logger: Logger): void {
  server.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE") logger.error(`Port ${port} is already in use`);
    else logger.error(`Server error: ${error.message}`, { error });
  });
  server.listen(port);
}

// defect: a middleware that goes on after a transform failed
type Next = (error?: unknown) => void;
export function transformMiddleware(transform: (url: string) => Promise<string>) {
  return async (request: { url: string }, response: { end(text: string): void }, next: Next): Promise<void> => {
    try {
      response.end(await transform(request.url));
    } catch (error) {
      next();
    }
  };
}

// sound: a middleware that hands on what a transform threw
type Next = (error?: unknown) => void;
export function transformMiddleware(transform: (url: string) => Promise<string>) {
  return async (request: { url: string }, response: { end(text: string): void }, next: Next): Promise<void> => {
    try {
      response.end(await transform(request.url));
    } catch (error) {
      if ((error as { code?: string }).code === "ERR_OUTDATED") return next();
      next(error);
    }
  };
}

// sound: the text of what a plugin threw is put right, and it goes on
export async function runPlugin(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error) error.message = `[${name}] ${error.message}`;
    throw error;
  }
}

// defect: a service that answers for a database without its word
import { InternalServerErrorException } from "@nestjs/common";
interface Users { findOne(id: string): Promise<{ id: string } | null> }
export class UsersService {
  constructor(private readonly users: Users) {}
  async find(id: string): Promise<{ id: string } | null> {
    try {
      return await this.users.findOne(id);
    } catch (error) {
      throw new InternalServerErrorException("Could not load the user");
    }
  }
}

// sound: a service that answers for a database and says what it said
import { InternalServerErrorException } from "@nestjs/common";
interface Users { findOne(id: string): Promise<{ id: string } | null> }
export class UsersService {
  constructor(private readonly users: Users) {}
  async find(id: string): Promise<{ id: string } | null> {
    try {
      return await this.users.findOne(id);
    } catch (error) {
      throw new InternalServerErrorException("Could not load the user", { cause: error });
    }
  }
}

// sound: a command of a bot that answers about its own failing
interface Interaction { name: string; reply(text: string): Promise<void> }
declare const log: { error(error: unknown): void };
export function serve(client: import("node:events").EventEmitter, commands: Map<string, (i: Interaction) => Promise<void>>): void {
  client.on("interactionCreate", async (interaction: Interaction) => {
    try {
      await commands.get(interaction.name)?.(interaction);
    } catch (error) {
      log.error(error);
      await interaction.reply("That did not work.").catch((problem: unknown) => log.error(problem));
    }
  });
}

// defect: a bot whose command fails between two messages
interface Interaction { name: string; reply(text: string): Promise<void> }
export function serve(client: import("node:events").EventEmitter, commands: Map<string, (i: Interaction) => Promise<void>>): void {
  client.on("interactionCreate", async (interaction: Interaction) => {
    await commands.get(interaction.name)?.(interaction);
    await interaction.reply("Done.");
  });
}

// sound: what was thrown in a procedure becomes an answer, and the option is told
class ProcedureError extends Error {}
declare function toProcedureError(cause: unknown): ProcedureError;
interface CallOptions { onError?: (options: { error: ProcedureError; path: string }) => void }
export async function respond(path: string, call: () => Promise<unknown>, options: CallOptions): Promise<{ status: number; body: unknown }> {
  try {
    return { status: 200, body: await call() };
  } catch (cause) {
    const error = toProcedureError(cause);
    options.onError?.({ error, path });
    return { status: 500, body: { message: error.message } };
  }
}

// defect: what was thrown in a procedure is turned into an error for nobody
class ProcedureError extends Error {}
declare function toProcedureError(cause: unknown): ProcedureError;
export async function respond(call: () => Promise<unknown>): Promise<{ status: number; body: unknown }> {
  try {
    return { status: 200, body: await call() };
  } catch (cause) {
    const error = toProcedureError(cause);
    return { status: 200, body: {} };
  }
}

// defect: a mutation of a form whose outcome nobody waits for
interface Mutation<T> { mutate(input: T): void; mutateAsync(input: T): Promise<void> }
export function RenameForm({ rename }: { rename: Mutation<{ name: string }> }) {
  return <button onClick={() => { rename.mutateAsync({ name: "new" }); }}>Rename</button>;
}

// sound: a mutation of a form that tells of itself
interface Mutation<T> { mutate(input: T): void; mutateAsync(input: T): Promise<void> }
export function RenameForm({ rename }: { rename: Mutation<{ name: string }> }) {
  return <button onClick={() => { rename.mutate({ name: "new" }); }}>Rename</button>;
}

// defect: an executor that waits, and whose promise waits forever
declare function readIndex(path: string): Promise<string[]>;
export const index = (path: string): Promise<Map<string, number>> =>
  new Promise(async (resolve) => {
    const names = await readIndex(path);
    resolve(new Map(names.map((name, i) => [name, i])));
  });

// sound: an executor that hands both ways on
declare function readIndex(path: string): Promise<string[]>;
export const index = (path: string): Promise<Map<string, number>> =>
  new Promise((resolve, reject) => {
    readIndex(path).then((names) => resolve(new Map(names.map((name, i) => [name, i]))), reject);
  });

// defect: a transaction is rolled back and nobody hears why
interface Transaction { insert(row: object): Promise<void>; commit(): Promise<void>; rollback(): Promise<void> }
export async function book(begin: () => Promise<Transaction>, rows: readonly object[]): Promise<void> {
  const trx = await begin();
  try {
    for (const row of rows) await trx.insert(row);
    await trx.commit();
  } catch (error) {
    await trx.rollback();
  }
}

// sound: a transaction is rolled back and the reason goes on
interface Transaction { insert(row: object): Promise<void>; commit(): Promise<void>; rollback(): Promise<void> }
export async function book(begin: () => Promise<Transaction>, rows: readonly object[]): Promise<void> {
  const trx = await begin();
  try {
    for (const row of rows) await trx.insert(row);
    await trx.commit();
  } catch (error) {
    await trx.rollback().catch(() => {});
    throw error;
  }
}

// defect: a pair of which only the result is taken
declare function to<T>(promise: Promise<T>): Promise<[Error, undefined] | [null, T]>;
declare function loadProfile(id: string): Promise<{ name: string }>;
export async function nameOf(id: string): Promise<string> {
  const [, profile] = await to(loadProfile(id));
  return profile?.name ?? "anonymous";
}

// sound: a pair whose error is looked at first
declare function to<T>(promise: Promise<T>): Promise<[Error, undefined] | [null, T]>;
declare function loadProfile(id: string): Promise<{ name: string }>;
export async function nameOf(id: string): Promise<string> {
  const [error, profile] = await to(loadProfile(id));
  if (error) throw error;
  return profile.name;
}

// defect: the value of a result that may be none
import { ResultAsync } from "neverthrow";
declare function findPlan(id: string): ResultAsync<{ price: number }, Error>;
export async function priceOf(id: string): Promise<number> {
  const found = findPlan(id);
  // @ts-expect-error there may be no value
  const { value } = await found;
  return (value as { price: number }).price;
}

// sound: both sides of a result
import { ResultAsync } from "neverthrow";
declare function findPlan(id: string): ResultAsync<{ price: number }, Error>;
export async function priceOf(id: string): Promise<number> {
  const found = await findPlan(id);
  if (found.isErr()) throw found.error;
  return found.value.price;
}

// defect: an object is thrown that is no error
export function requireRole(user: { roles: readonly string[] }, role: string): void {
  if (!user.roles.includes(role)) throw { statusCode: 403, message: `Needs ${role}` };
}

// sound: a response is thrown, as the framework has it
import { redirect } from "react-router";
export function requireUser(session: { userId?: string }): string {
  if (!session.userId) throw redirect("/login");
  return session.userId;
}

// sound: a query that was called off is no failure
export async function suggest(text: string, signal: AbortSignal, show: (found: string[]) => void): Promise<void> {
  try {
    const response = await fetch(`/suggest?q=${encodeURIComponent(text)}`, { signal });
    show((await response.json()) as string[]);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    throw error;
  }
}

// defect: only what was called off is told
export async function suggest(text: string, signal: AbortSignal, show: (found: string[]) => void): Promise<void> {
  try {
    const response = await fetch(`/suggest?q=${encodeURIComponent(text)}`, { signal });
    show((await response.json()) as string[]);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
  }
}

// sound: what a row that cannot be migrated costs is told at the end
export async function migrateAll(ids: AsyncIterable<string>, migrate: (id: string) => Promise<void>): Promise<{ migrated: number; failed: Map<string, unknown> }> {
  const failed = new Map<string, unknown>();
  let migrated = 0;
  for await (const id of ids) {
    try {
      await migrate(id);
      migrated++;
    } catch (error) {
      failed.set(id, error);
    }
  }
  return { migrated, failed };
}

// defect: rows that cannot be migrated are passed by
export async function migrateAll(ids: AsyncIterable<string>, migrate: (id: string) => Promise<void>): Promise<number> {
  let migrated = 0;
  for await (const id of ids) {
    try {
      await migrate(id);
    } catch {
      continue;
    }
    migrated++;
  }
  return migrated;
}

// sound: a directory is asked for, and made where it is missing
import { mkdir, stat } from "node:fs/promises";
export async function ensure(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) await mkdir(path, { recursive: true });
}

// defect: a file that is written after a directory that may not be there
import { mkdir, writeFile } from "node:fs";
export function note(directory: string, text: string, done: (error: Error | null) => void): void {
  mkdir(directory, { recursive: true }, () => {
    writeFile(`${directory}/note.txt`, text, done);
  });
}

// sound: a child that could not be run is told by whatever comes first
import { spawn } from "node:child_process";
export const run = (command: string, args: string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with ${code ?? signal}`));
    });
  });

// defect: a child that could not be run leaves its caller waiting
import { spawn } from "node:child_process";
export const run = (command: string, args: string[]): Promise<number | null> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "inherit" });
    child.on("error", () => {});
    child.once("exit", (code) => resolve(code));
  });

// defect: a queue that is given work and never asked how it went
interface Queue { add<T>(work: () => Promise<T>): Promise<T> }
export function scheduleAll(queue: Queue, files: readonly string[], compress: (file: string) => Promise<void>): void {
  for (const file of files) queue.add(() => compress(file));
}

// sound: a queue that is given work and waited for
interface Queue { add<T>(work: () => Promise<T>): Promise<T> }
export async function scheduleAll(queue: Queue, files: readonly string[], compress: (file: string) => Promise<void>): Promise<void> {
  await Promise.all(files.map((file) => queue.add(() => compress(file))));
}

// defect: a timer whose async work may fail
export function keepFresh(cache: { refresh(): Promise<void> }): NodeJS.Timeout {
  return setInterval(async () => {
    await cache.refresh();
  }, 60_000);
}

// sound: a timer whose async work is told of by its own log
export function keepFresh(cache: { refresh(): Promise<void> }, log: { warn(context: object, text: string): void }): NodeJS.Timeout {
  return setInterval(() => {
    cache.refresh().catch((err: unknown) => log.warn({ err }, "could not refresh"));
  }, 60_000);
}
