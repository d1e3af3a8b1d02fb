// sound: a handler with a name passes on what it is given
declare function append(entry: object): Promise<void>;
declare const tracker: { capture(error: unknown): void };
const forward = (error: unknown): never => {
  tracker.capture(error);
  throw error;
};
export function record(entry: object): Promise<void> {
  return append(entry).catch(forward);
}

// sound: a handler that another function makes
declare function load(id: string): Promise<string[]>;
declare class Missing extends Error {}
function orElse<T>(value: T) {
  return (reason: unknown): T => {
    if (!(reason instanceof Missing)) throw reason;
    return value;
  };
}
export const tags = (id: string): Promise<string[]> => load(id).then((list) => list, orElse<string[]>([]));

// defect: whatever it is given
export const raise = (problem: unknown): never => {
  throw problem;
};
raise("no such order");

// defect: a deferred of a map, rejected with a plain object
const waiting = new Map<number, PromiseWithResolvers<string>>();
export function request(id: number): Promise<string> {
  const deferred = Promise.withResolvers<string>();
  waiting.set(id, deferred);
  return deferred.promise;
}
export function answer(id: number, ok: boolean, text: string): void {
  const deferred = waiting.get(id);
  if (ok) deferred?.resolve(text);
  else deferred?.reject({ code: "REFUSED", text });
}

// sound: a deferred of a map, rejected with an Error
const waiting = new Map<number, PromiseWithResolvers<string>>();
export function request(id: number): Promise<string> {
  const deferred = Promise.withResolvers<string>();
  waiting.set(id, deferred);
  return deferred.promise;
}
export function answer(id: number, ok: boolean, text: string): void {
  const deferred = waiting.get(id);
  if (ok) deferred?.resolve(text);
  else deferred?.reject(new Error(text));
}

// defect: the connection is given back before the query is done
declare const pool: { take(): { query(sql: string): Promise<number>; release(): void } };
export async function count(table: string): Promise<number> {
  const connection = pool.take();
  try {
    return connection.query(`select count(*) from ${table}`);
  } finally {
    connection.release();
  }
}

// sound: waited for
declare const pool: { take(): { query(sql: string): Promise<number>; release(): void } };
export async function count(table: string): Promise<number> {
  const connection = pool.take();
  try {
    return await connection.query(`select count(*) from ${table}`);
  } finally {
    connection.release();
  }
}

// defect: an inner try without a catch of its own
declare function load(id: string): Promise<string>;
declare const lock: { release(): void };
declare function report(error: unknown): void;
export async function get(id: string): Promise<string> {
  try {
    try {
      return load(id);
    } finally {
      lock.release();
    }
  } catch (error) {
    report(error);
    throw error;
  }
}

// defect: only counted
declare function removeFile(id: string): Promise<void>;
export async function cleanUp(ids: string[]): Promise<number> {
  const removals = ids.map((id) => removeFile(id));
  return removals.length;
}

// sound: counted and waited for
declare function removeFile(id: string): Promise<void>;
export async function cleanUp(ids: string[]): Promise<number> {
  const removals = ids.map((id) => removeFile(id));
  await Promise.all(removals);
  return removals.length;
}
