// One program for all platforms; everything but `main` and what drives it is traced. It uses nothing of any platform
// but timers.

function leaf(value) {
  return value;
}

function delay() {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

async function inner(name) {
  leaf(name);
  await delay();
  return leaf(name);
}

async function awaits() {
  await inner("first");
  try {
    await delay();
    await inner("second");
  } finally {
    await delay();
    leaf("last");
  }
}

async function together() {
  await Promise.all([inner("a"), inner("b"), inner("c")]);
  leaf("after");
}

function inTimer(done) {
  done();
}

function schedule() {
  return new Promise((resolve) => setTimeout(() => inTimer(resolve), 1));
}

async function timers() {
  await schedule();
}

class Emitter {
  listeners = [];
  on(listener) {
    this.listeners.push(listener);
  }
  emit(value) {
    for (const listener of this.listeners) listener(value);
  }
}

function received(value) {
  return leaf(value);
}

function publish(emitter) {
  emitter.emit(1);
}

function events() {
  const emitter = new Emitter();
  emitter.on(received);
  publish(emitter);
}

function* pages() {
  yield leaf(1);
  yield leaf(2);
}

async function* stream() {
  for (const page of pages()) {
    await delay();
    yield leaf(page);
  }
}

async function consume() {
  for await (const page of stream()) received(page);
}

function query() {
  throw new RangeError("no such row");
}

async function load() {
  await delay();
  try {
    query();
  } catch (error) {
    throw new Error("order was not loaded", { cause: error });
  }
}

async function handle() {
  await load();
}

function aggregate() {
  throw new AggregateError([new TypeError("a"), "b"], "all failed");
}

export const main = { awaits, together, timers, events, consume, handle, aggregate, leaf };
