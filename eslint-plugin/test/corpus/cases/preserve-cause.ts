// defect: a new error without the old
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (error) {
    throw new Error(`could not load ${id}`);
  }
}

// defect: a class of its own
class RepositoryError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }
}
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (error) {
    throw new RepositoryError(`could not load ${id}`);
  }
}

// defect: only the message survives
export function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`invalid config: ${(error as Error).message}`);
  }
}

// defect: the message by a variable
export function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConfigError("invalid config: " + message);
  }
}

// defect: no binding
export function parse(text: string) {
  try {
    return YAML.parse(readFileSync(text, "utf8"));
  } catch {
    throw new Error("could not read the configuration");
  }
}

// defect: logged and replaced
export async function save(doc: object) {
  try {
    await db.insert(doc);
  } catch (error) {
    logger.error(error);
    throw new Error("database error");
  }
}

// defect: Nest's exception
export class Service {
  async pay(id: string) {
    try {
      return await this.gateway.pay(id);
    } catch (error) {
      throw new InternalServerErrorException("payment failed");
    }
  }
}

// defect: one branch forgets it
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (error) {
    if (error.status === 503) throw new UnavailableError("later", { cause: error });
    throw new Error("could not load");
  }
}

// defect: the wrong cause
export async function load(id: string) {
  const other = new Error("x");
  try {
    return await api.get(id);
  } catch (error) {
    throw new Error("could not load", { cause: other });
  }
}

// defect: the cause is a message
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (error) {
    throw new Error("could not load", { cause: (error as Error).message });
  }
}

// defect: options without a cause
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (error) {
    throw new HttpError("could not load", { status: 502 });
  }
}

// defect: a rejection handler
declare const api: { get(id: string): Promise<string> };
export const load = (id: string) =>
  api.get(id).catch((error) => {
    throw new Error(`could not load ${id}`);
  });

// defect: a rejection handler that rejects
declare const api: { get(id: string): Promise<string> };
export const load = (id: string) => api.get(id).catch((error) => Promise.reject(new Error(`could not load ${id}`)));

// defect: the second argument of then
declare const api: { get(id: string): Promise<string> };
export const load = (id: string) =>
  api.get(id).then(
    (x) => x,
    (error) => {
      throw new LoadError(error.message);
    },
  );

// defect: reject in a catch
export const load = (text: string) =>
  new Promise((resolve, reject) => {
    try {
      resolve(JSON.parse(text));
    } catch (error) {
      reject(new Error("invalid"));
    }
  });

// defect: reject in a callback
import { readFile } from "node:fs";
export const read = (path: string) =>
  new Promise<Buffer>((resolve, reject) => {
    readFile(path, (err, data) => {
      if (err) {
        reject(new Error(`could not read ${path}`));
        return;
      }
      resolve(data);
    });
  });

// defect: a callback in a callback
import { readFile } from "node:fs";
export function read(path: string, done: (e: Error | null, d?: Buffer) => void) {
  readFile(path, (err, data) => {
    if (err) return done(new Error("could not read " + path));
    done(null, data);
  });
}

// defect: next with a new error
app.get("/x", async (req, res, next) => {
  try {
    res.json(await load());
  } catch (err) {
    next(new HttpError(500, "load failed"));
  }
});

// defect: a factory that is not given it
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (error) {
    throw createError(502, "bad gateway");
  }
}

// defect: a helper that never returns
function fail(message: string): never {
  throw new Error(message);
}
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (error) {
    fail("could not load");
  }
}

// defect: a Result
import { err, ok } from "neverthrow";
export async function load(id: string) {
  try {
    return ok(await api.get(id));
  } catch (error) {
    return err(new LoadError("could not load"));
  }
}

// defect: a variable first
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (error) {
    const wrapped = new Error("could not load");
    throw wrapped;
  }
}

// defect: status assigned but no cause
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (error) {
    const wrapped = new Error("could not load");
    wrapped.status = 502;
    throw wrapped;
  }
}

// defect: Object.assign of a status
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (error) {
    throw Object.assign(new Error("could not load"), { status: 502 });
  }
}

// defect: a gRPC status
export async function getUser(call, callback) {
  try {
    callback(null, await users.find(call.request.id));
  } catch (error) {
    callback(new GrpcError("internal"));
  }
}

// defect: a nested catch throws the wrong one
export async function both() {
  try {
    await primary();
  } catch (error) {
    try {
      await secondary();
    } catch (second) {
      throw new Error("both failed", { cause: error });
    }
  }
}

// defect: a string with the error in it
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw new Error("could not load: " + e);
  }
}

// defect: conditional causes
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw e.code === "A" ? new AError("a") : new BError("b", { cause: e });
  }
}

// defect: a name copied by hand
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    const { message, stack } = e;
    throw new Error(`${message}\n${stack}`);
  }
}

// defect: cause is undefined
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw new Error("could not load", { cause: undefined });
  }
}

// defect: an aggregate without it
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw new AggregateError([new Error("could not load")], "failed");
  }
}

// sound: cause
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (error) {
    throw new Error(`could not load ${id}`, { cause: error });
  }
}

// sound: cause by shorthand
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (cause) {
    throw new LoadError(id, { cause });
  }
}

// sound: an alias
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    const error = e as Error;
    throw new LoadError(id, { cause: error });
  }
}

// sound: a normalised cause
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    const error = e instanceof Error ? e : new Error(String(e));
    throw new LoadError(id, { cause: error });
  }
}

// sound: toError
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw new LoadError(id, { cause: toError(e) });
  }
}

// sound: positional
class LoadError extends Error {
  constructor(
    readonly id: string,
    readonly inner: unknown,
  ) {
    super(id, { cause: inner });
  }
}
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw new LoadError(id, e);
  }
}

// sound: spread options
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (cause) {
    const options = { cause, status: 502 };
    throw new LoadError(id, { ...options, id });
  }
}

// sound: options by a variable
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (cause) {
    const options = { cause };
    throw new LoadError(id, options);
  }
}

// sound: an aggregate
export async function load() {
  try {
    return await primary();
  } catch (first) {
    try {
      return await secondary();
    } catch (second) {
      throw new AggregateError([first, second], "both failed");
    }
  }
}

// sound: assigned afterwards
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    const error = new LoadError(id);
    error.cause = e;
    throw error;
  }
}

// sound: Object.assign of a cause
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw Object.assign(new LoadError(id), { cause: e });
  }
}

// sound: initCause
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw new LoadError(id).withCause(e);
  }
}

// sound: VError
import VError from "verror";
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw new VError(e, "could not load %s", id);
  }
}

// sound: a factory that is given it
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw mapError(e, id);
  }
}

// sound: a static factory
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw LoadError.from(e);
  }
}

// sound: a helper that never returns and is given it
function fail(message: string, cause: unknown): never {
  throw new Error(message, { cause });
}
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    fail("could not load", e);
  }
}

// sound: a rethrow
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    e.message = `could not load ${id}: ${e.message}`;
    throw e;
  }
}

// sound: a domain error for a known one
export async function find(id: string) {
  try {
    return await repo.find(id);
  } catch (e) {
    if (e instanceof EntityNotFound) throw new NotFoundException(id);
    throw e;
  }
}

// sound: a unique violation
export async function register(email: string) {
  try {
    return await insert(email);
  } catch (e) {
    if (e.code === "23505") throw new ConflictException("email taken");
    throw e;
  }
}

// sound: a rejection handler
declare const api: { get(id: string): Promise<string> };
export const load = (id: string) =>
  api.get(id).catch((cause: unknown) => {
    throw new Error(`could not load ${id}`, { cause });
  });

// sound: reject with a cause
import { readFile } from "node:fs";
export const read = (path: string) =>
  new Promise<Buffer>((resolve, reject) => {
    readFile(path, (err, data) => {
      if (err) reject(new Error(`could not read ${path}`, { cause: err }));
      else resolve(data);
    });
  });

// sound: a callback with a cause
import { readFile } from "node:fs";
export function read(path: string, done: (e: Error | null, d?: Buffer) => void) {
  readFile(path, (err, data) => {
    if (err) return done(new Error("could not read " + path, { cause: err }));
    done(null, data);
  });
}

// sound: a throw in a nested function
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    reporter.onFlush(() => {
      throw new Error("flush was called twice");
    });
    throw e;
  }
}

// sound: an error that has nothing to do with it
export async function load(id: string | undefined) {
  try {
    if (!id) throw new TypeError("id");
    return await api.get(id);
  } finally {
    release();
  }
}

// sound: a Result with the cause
import { err, ok } from "neverthrow";
export async function load(id: string) {
  try {
    return ok(await api.get(id));
  } catch (cause) {
    return err(new LoadError(id, { cause }));
  }
}

// sound: a Result with the error itself
import { err, ok } from "neverthrow";
export async function load(id: string) {
  try {
    return ok(await api.get(id));
  } catch (e) {
    return err(e);
  }
}

// sound: next(err)
app.get("/x", async (req, res, next) => {
  try {
    res.json(await load());
  } catch (err) {
    next(new HttpError(500, "load failed", { cause: err }));
  }
});

// sound: an error wrapped by its property
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw new LoadError({ id, originalError: e });
  }
}

// sound: only what is no Error is replaced
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    if (e instanceof Error) throw e;
    throw new Error(`something that is no Error was thrown: ${String(e)}`);
  }
}

// sound: an axios error's cause
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    if (axios.isAxiosError(e)) throw new ApiError(e.response?.status, e.response?.data, { cause: e });
    throw e;
  }
}

// sound: the real cause inside
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    throw new LoadError(id, { cause: (e as Error).cause ?? e });
  }
}

// sound: a suppressed error
export async function load(id: string) {
  try {
    return await api.get(id);
  } catch (e) {
    try {
      await cleanup();
    } catch (suppressed) {
      throw new SuppressedError(suppressed, e, "clean-up failed");
    }
    throw e;
  }
}

// sound: a test's throw
it("refuses", async () => {
  try {
    await load("x");
  } catch (e) {
    expect(e).toBeDefined();
    return;
  }
  throw new Error("nothing was thrown");
});
