// defect: new error without cause
try {
  await load();
} catch (error) {
  throw new Error("could not load");
}

// defect: only the message
try {
  await load();
} catch (error) {
  throw new Error(`could not load: ${error.message}`);
}

// defect: in a promise chain
load().catch((err) => {
  throw new Error("loading failed: " + err);
});

// defect: rejects in a callback
function read(path) {
  return new Promise((resolve, reject) => {
    fs.readFile(path, (err, data) => {
      if (err) return reject(new Error("cannot read " + path));
      resolve(data);
    });
  });
}

// defect: wrong cause
try {
  await load();
} catch (error) {
  const other = new Error("other");
  throw new Error("could not load", { cause: other });
}

// defect: nest exception with the text
try {
  await this.repo.save(cat);
} catch (e) {
  throw new InternalServerErrorException(e.message);
}

// defect: custom error without it
try {
  parse(text);
} catch (e) {
  throw new ParseError("bad input", { line: 1 });
}

// defect: result err without the error
try {
  return ok(await load());
} catch (e) {
  return err(new Error("load failed"));
}

// defect: callback gets a new error
db.get(id, (err, row) => {
  if (err) {
    callback(new Error("database error"));
    return;
  }
  callback(null, row);
});

// defect: destructured message
try {
  await load();
} catch ({ message }) {
  throw new Error(message);
}

// defect: constant error thrown later
try {
  await load();
} catch (error) {
  const failure = new Error("load failed");
  failure.code = "E_LOAD";
  throw failure;
}

// defect: never-returning helper
function bail(message: string): never {
  throw new Error(message);
}
try {
  await load();
} catch (error) {
  bail("could not load");
}

// defect: aggregate without it
try {
  await load();
} catch (error) {
  throw new AggregateError([], "failed");
}

// defect: trpc error
try {
  await ctx.db.insert(row);
} catch (error) {
  throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "insert failed" });
}

// defect: Object.assign
try {
  await load();
} catch (error) {
  throw Object.assign(new Error("load"), { status: 500 });
}

// sound: cause option
try {
  await load();
} catch (error) {
  throw new Error("could not load", { cause: error });
}

// sound: positional
try {
  await load();
} catch (error) {
  throw new LoadError("could not load", error);
}

// sound: wrapped options
try {
  await load();
} catch (error) {
  throw new LoadError({ message: "could not load", cause: error });
}

// sound: alias
try {
  await load();
} catch (e) {
  const cause = e as Error;
  throw new Error("could not load", { cause });
}

// sound: assigned cause
try {
  await load();
} catch (e) {
  const failure = new Error("x");
  failure.cause = e;
  throw failure;
}

// sound: aggregate
try {
  await a();
} catch (first) {
  try {
    await b();
  } catch (second) {
    throw new AggregateError([first, second], "both failed");
  }
}

// sound: factory gets it
try {
  await load();
} catch (e) {
  throw wrapError(e, "load");
}

// sound: narrowed translation
try {
  await users.insert(user);
} catch (error) {
  if (error instanceof UniqueConstraintError) {
    throw new ConflictException("name is taken");
  }
  throw error;
}

// sound: verdict of a parse
function port(text) {
  try {
    return new URL(text).port;
  } catch {
    throw new InvalidAddressError(text);
  }
}

// sound: thrown outside of the handler
try {
  await load();
} catch (error) {
  setTimeout(() => {
    throw new Error("unrelated");
  });
  throw error;
}

// sound: reported and replaced for the client
try {
  await load();
} catch (error) {
  logger.error({ error }, "load failed");
  throw new InternalServerErrorException("try again", { cause: error });
}

// sound: chained catch
load().catch((cause) => {
  throw new LoadError("could not load", { cause });
});

// sound: non error normalised
try {
  run();
} catch (e) {
  if (!(e instanceof Error)) throw new Error(String(e));
  throw e;
}

// sound: spread of the options
try {
  run();
} catch (error) {
  throw new RunError("x", { ...context, cause: error });
}

// sound: validation in a handler of another matter
fs.readFile(path, (err, data) => {
  if (err) throw err;
  if (data.length === 0) throw new Error("file is empty");
});

// sound: error method
try {
  run();
} catch (error) {
  throw error.withContext("run");
}

// sound: super class property
class WrapError extends Error {
  constructor(message: string, readonly inner: unknown) { super(message, { cause: inner }); }
}
try {
  run();
} catch (e) {
  throw new WrapError("run", e);
}

// defect: what is collected for the end leaves out what happened
export async function firstOf(urls: string[], load: (url: string) => Promise<string>) {
  const errors: Error[] = [];
  for (const url of urls) {
    try {
      return await load(url);
    } catch (error) {
      errors.push(new Error(`${url} does not answer`));
    }
  }
  throw new AggregateError(errors, "nobody answers");
}

// sound: what is collected for the end keeps its cause
export async function firstOf(urls: string[], load: (url: string) => Promise<string>) {
  const errors: Error[] = [];
  for (const url of urls) {
    try {
      return await load(url);
    } catch (error) {
      errors.push(new Error(`${url} does not answer`, { cause: error }));
    }
  }
  throw new AggregateError(errors, "nobody answers");
}

// sound: options that are given their cause one by one
export async function loadOrExplain(load: () => Promise<string>) {
  const options: { cause?: unknown } = {};
  try {
    return await load();
  } catch (error) {
    options.cause = error;
    throw new Error("not loaded", options);
  }
}
