// defect: a counter that never gets to its bound
declare function push(): Promise<void>;
export async function pushWithRetry(retries: number): Promise<void> {
  for (let n = 0; n < retries; n++) {
    try {
      await push();
      return;
    } catch (err) {
      if (n === retries) throw err;
    }
  }
}

// sound: a counter that gets to the last attempt
declare function push(): Promise<void>;
export async function pushWithRetry(retries: number): Promise<void> {
  for (let n = 0; n < retries; n++) {
    try {
      await push();
      return;
    } catch (err) {
      if (n === retries - 1) throw err;
    }
  }
}

// sound: a counter with its bound among the attempts
declare function push(): Promise<void>;
export async function pushWithRetry(retries: number): Promise<void> {
  for (let n = 1; n <= retries; n++) {
    try {
      await push();
      return;
    } catch (err) {
      if (n >= retries) throw err;
    }
  }
}

// defect: only large amounts are heard of
declare function transfer(to: string, cents: number): Promise<void>;
export async function pay(to: string, cents: number): Promise<void> {
  try {
    await transfer(to, cents);
  } catch (error) {
    if (cents > 100_000) throw error;
  }
}

// sound: an attempt that is handed on as well
declare function transfer(to: string, attempt: number): Promise<void>;
declare function later(to: string, attempt: number): void;
export async function pay(to: string, attempt: number): Promise<void> {
  try {
    await transfer(to, attempt);
  } catch (error) {
    if (attempt > 3) throw error;
    later(to, attempt + 1);
  }
}

// defect: thrown only where nothing had been read yet
declare function parseRow(line: string): string[];
export async function rows(lines: AsyncIterable<string>): Promise<string[][]> {
  const found: string[][] = [];
  try {
    for await (const line of lines) found.push(parseRow(line));
  } catch (error) {
    if (found.length < 1) throw error;
  }
  return found;
}

// sound: what was read before is told of with the error
declare function parseRow(line: string): string[];
declare const log: { warn(error: unknown, read: number): void };
export async function rows(lines: AsyncIterable<string>): Promise<string[][]> {
  const found: string[][] = [];
  try {
    for await (const line of lines) found.push(parseRow(line));
  } catch (error) {
    if (found.length < 1) throw error;
    log.warn(error, found.length);
  }
  return found;
}

// sound: what was given to fall back on decides
declare function read(path: string): Promise<string>;
export async function text(path: string, fallback?: string): Promise<string> {
  try {
    return await read(path);
  } catch (error) {
    if (fallback === undefined) throw error;
    return fallback;
  }
}

// defect: one kind of address ends the loop without a word
declare function download(url: string): string;
declare function report(error: unknown): void;
export function firstOf(urls: string[]): string | undefined {
  tries: for (const url of urls) {
    try {
      return download(url);
    } catch (error) {
      if (url.endsWith("/")) break tries;
      report(error);
    }
  }
  return undefined;
}

// sound: every address is told of before the next one
declare function download(url: string): string;
declare function report(error: unknown): void;
export function firstOf(urls: string[]): string | undefined {
  for (const url of urls) {
    try {
      return download(url);
    } catch (error) {
      report(error);
      continue;
    }
  }
  return undefined;
}

// defect: the error stands before a comma
declare function title(): string;
export function heading(): string {
  try {
    return title();
  } catch (error) {
    return (String(error), "untitled");
  }
}

// defect: handed to a function that only fills what nobody reads
declare function importRow(row: string): void;
export function importAll(rows: string[]): void {
  const broken = new Set<string>();
  const mark = (row: string, _error: unknown): void => {
    broken.add(row);
  };
  for (const row of rows) {
    try {
      importRow(row);
    } catch (error) {
      mark(row, error);
    }
  }
}

// sound: handed to a function that fills what is given back
declare function importRow(row: string): void;
export function importAll(rows: string[]): Set<string> {
  const broken = new Set<string>();
  const mark = (row: string, _error: unknown): void => {
    broken.add(row);
  };
  for (const row of rows) {
    try {
      importRow(row);
    } catch (error) {
      mark(row, error);
    }
  }
  return broken;
}

// defect: a generator yields a default
declare function parseHost(text: string): { name: string };
export function* hosts(texts: string[]) {
  for (const text of texts) {
    try {
      yield parseHost(text);
    } catch {
      yield { name: "localhost" };
    }
  }
}

// sound: a generator yields the failure
declare function parseHost(text: string): { name: string };
export function* hosts(texts: string[]): Generator<{ name: string } | { error: unknown }> {
  for (const text of texts) {
    try {
      yield parseHost(text);
    } catch (error) {
      yield { error };
    }
  }
}

// defect: a page that is ended with a bare status
import { createServer } from "node:http";
declare function render(path: string): Promise<string>;
createServer(async (request, response) => {
  try {
    response.end(await render(request.url ?? "/"));
  } catch (error) {
    response.statusCode = 500;
    response.end();
  }
}).listen(8080);

// sound: a page that is ended after the log has the error
import { createServer } from "node:http";
declare function render(path: string): Promise<string>;
declare const log: { error(fields: object): void };
createServer(async (request, response) => {
  try {
    response.end(await render(request.url ?? "/"));
  } catch (error) {
    log.error({ err: error, path: request.url });
    response.statusCode = 500;
    response.end();
  }
}).listen(8080);

// defect: a command that is voided without a word
declare function saveDraft(text: string): Promise<void>;
export function typed(text: string): void {
  void saveDraft(text);
}

// sound: a command that is voided with a reason
declare function saveDraft(text: string): Promise<void>;
export function typed(text: string): void {
  // the next key saves all of it again
  void saveDraft(text);
}

// sound: a command that is voided for a callback that gives nothing
declare function saveDraft(text: string): Promise<void>;
declare function onKey(f: () => void): void;
export function listen(text: string): void {
  onKey(() => void saveDraft(text));
}

// defect: one branch leaves the try unsettled
declare function near(): Promise<string>;
declare function far(): Promise<string>;
export async function read(isCached: boolean): Promise<string> {
  try {
    return isCached ? await near() : far();
  } catch (error) {
    throw new Error("cannot read", { cause: error });
  }
}

// sound: both branches settle in the try
declare function near(): Promise<string>;
declare function far(): Promise<string>;
export async function read(isCached: boolean): Promise<string> {
  try {
    return await (isCached ? near() : far());
  } catch (error) {
    throw new Error("cannot read", { cause: error });
  }
}

// defect: await of a map of promises
declare function size(path: string): Promise<number>;
export async function measure(paths: string[]): Promise<void> {
  const sizes = new Map<string, Promise<number>>();
  for (const path of paths) sizes.set(path, size(path));
  await sizes;
}

// sound: await of all values of a map
declare function size(path: string): Promise<number>;
export async function measure(paths: string[]): Promise<number[]> {
  const sizes = new Map<string, Promise<number>>();
  for (const path of paths) sizes.set(path, size(path));
  return await Promise.all(sizes.values());
}

// sound: a method that takes its batch before it tries
declare function push(points: readonly number[]): Promise<void>;
declare const log: { error(error: unknown): void };
export class Points {
  readonly waiting: number[] = [];
  start(): void {
    setInterval(() => {
      this.flush();
    }, 1000);
  }
  private async flush(): Promise<void> {
    const batch = this.waiting.splice(0);
    try {
      await push(batch);
    } catch (error) {
      log.error(error);
    }
  }
}

// defect: a method that waits for its batch outside of a try
declare function push(points: readonly number[]): Promise<void>;
export class Points {
  readonly waiting: number[] = [];
  start(): void {
    setInterval(() => {
      this.flush();
    }, 1000);
  }
  private async flush(): Promise<void> {
    await push(this.waiting.splice(0));
  }
}

// defect: the last error is kept, and the complaint leaves it out
declare function connect(): Promise<void>;
export async function open(): Promise<void> {
  let last: unknown;
  for (let n = 0; n < 5; n++) {
    try {
      await connect();
      return;
    } catch (error) {
      last = error;
    }
  }
  throw new Error("gave up");
}

// sound: the last error is kept, and the complaint holds it
declare function connect(): Promise<void>;
export async function open(): Promise<void> {
  let last: unknown;
  for (let n = 0; n < 5; n++) {
    try {
      await connect();
      return;
    } catch (error) {
      last = error;
    }
  }
  throw new Error("gave up", { cause: last });
}

// defect: the handler comes with a timer
declare function start(): Promise<number>;
declare function report(error: unknown): void;
export function begin(): void {
  const started = start();
  setTimeout(() => {
    started.catch(report);
  }, 1000);
}

// sound: the handler is there before the timer
declare function start(): Promise<number>;
declare function report(error: unknown): void;
export function begin(): void {
  const started = start().catch(report);
  setTimeout(() => {
    void started;
  }, 1000);
}

// defect: waited for in a try, after another wait there
declare function open(): Promise<number>;
declare function read(): Promise<string>;
export async function both(): Promise<string> {
  const opened = open();
  try {
    const text = await read();
    return `${text} ${await opened}`;
  } catch (error) {
    throw new Error("cannot read", { cause: error });
  }
}

// sound: goes on beside the block, and is waited for in the finally
declare function open(): Promise<number>;
declare function read(): Promise<string>;
export async function both(): Promise<string> {
  const opened = open();
  try {
    return await read();
  } finally {
    await opened;
  }
}

// defect: handed to a function that only names it
declare function charge(): Promise<void>;
const note = (error: unknown): void => {
  error;
};
export async function pay(): Promise<void> {
  try {
    await charge();
  } catch (error) {
    note(error);
  }
}

// defect: what success says, said for a failure as well
declare function save(): Promise<void>;
declare const toast: { success(text: string): void; error(text: string): void };
export async function submit(): Promise<void> {
  try {
    await save();
    toast.success("saved");
  } catch (error) {
    toast.success("saved");
  }
}

// sound: another word for a failure
declare function save(): Promise<void>;
declare const toast: { success(text: string): void; error(text: string): void };
export async function submit(): Promise<void> {
  try {
    await save();
    toast.success("saved");
  } catch (error) {
    toast.error(error instanceof Error ? error.message : "not saved");
  }
}

// defect: every promise is true
declare function isFree(seat: number): Promise<boolean>;
export const allFree = (seats: number[]): boolean => seats.every((seat) => isFree(seat));

// sound: every answer is waited for
declare function isFree(seat: number): Promise<boolean>;
export const allFree = async (seats: number[]): Promise<boolean> => (await Promise.all(seats.map((seat) => isFree(seat)))).every(Boolean);

// defect: a list of promises that is only emptied
declare function load(id: string): Promise<string>;
export function warm(): void {
  const pending = [load("a"), load("b")];
  pending.length = 0;
}
