// defect: a transform that waits without a catch
import { Transform, type TransformCallback } from "node:stream";
declare function geo(ip: string): Promise<{ country: string }>;
export class Enrich extends Transform {
  override async _transform(event: { ip: string }, _encoding: BufferEncoding, done: TransformCallback): Promise<void> {
    done(null, { ...event, ...(await geo(event.ip)) });
  }
}

// sound: a transform that hands its error on
import { Transform, type TransformCallback } from "node:stream";
declare function geo(ip: string): Promise<{ country: string }>;
export class Enrich extends Transform {
  override async _transform(event: { ip: string }, _encoding: BufferEncoding, done: TransformCallback): Promise<void> {
    try {
      done(null, { ...event, ...(await geo(event.ip)) });
    } catch (error) {
      done(error as Error);
    }
  }
}

// defect: a sink whose write may reject
import { Writable } from "node:stream";
declare function insert(row: unknown): Promise<void>;
export const sink = new Writable({
  objectMode: true,
  async write(row, _encoding, done) {
    await insert(row);
    done();
  },
});

// sound: a sink that calls back by then
import { Writable } from "node:stream";
declare function insert(row: unknown): Promise<void>;
export const sink = new Writable({
  objectMode: true,
  write(row, _encoding, done) {
    insert(row).then(() => done(), done);
  },
});

// sound: a sink of the web, which waits
declare function insert(row: unknown): Promise<void>;
export const sink = new WritableStream({
  async write(row) {
    await insert(row);
  },
});

// defect: a source that reads without a catch
import { Readable } from "node:stream";
declare function page(cursor: number): Promise<string[]>;
export class Pages extends Readable {
  #cursor = 0;
  override async _read(): Promise<void> {
    for (const row of await page(this.#cursor++)) this.push(row);
  }
}

// sound: a source that is destroyed with its error
import { Readable } from "node:stream";
declare function page(cursor: number): Promise<string[]>;
export class Pages extends Readable {
  #cursor = 0;
  override async _read(): Promise<void> {
    try {
      for (const row of await page(this.#cursor++)) this.push(row);
    } catch (error) {
      this.destroy(error as Error);
    }
  }
}

// defect: one kind of error thrown on, every other gives the old state
interface Settings { blocked: readonly string[] }
declare function store(settings: Settings): Promise<void>;
class QuotaError extends Error {}
export async function block(host: string, settings: Settings): Promise<Settings> {
  const next = { blocked: [...settings.blocked, host] };
  try {
    await store(next);
  } catch (error) {
    if (!(error instanceof QuotaError)) return settings;
    throw error;
  }
  return next;
}

// sound: one kind of error gives the old state, every other is thrown on
interface Settings { blocked: readonly string[] }
declare function store(settings: Settings): Promise<void>;
class QuotaError extends Error {}
export async function block(host: string, settings: Settings): Promise<Settings> {
  const next = { blocked: [...settings.blocked, host] };
  try {
    await store(next);
  } catch (error) {
    if (error instanceof QuotaError) return settings;
    throw error;
  }
  return next;
}
