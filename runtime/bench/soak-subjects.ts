// What the soak benchmark calls, rewritten: one of each kind of function, eight spans a call.

export type Pause = () => Promise<void>;

export function parse(id: number): string {
  if (id % 10 === 3) throw new RangeError(`bad order ${id}`);
  return `A-${id}`;
}

function* pages(id: number): Generator<number> {
  yield id;
  yield id + 1;
}

async function* stream(id: number, pause: Pause): AsyncGenerator<number> {
  for (const page of pages(id)) {
    await pause();
    yield page;
  }
}

async function save(id: number, pause: Pause): Promise<number> {
  await pause();
  return id;
}

/** A plain function that returns a promise. */
function later(id: number, pause: Pause): Promise<number> {
  return save(id, pause);
}

async function collect(id: number, pause: Pause): Promise<number> {
  let sum = 0;
  for await (const page of stream(id, pause)) sum += page;
  return sum;
}

/** Fails for one id in ten. */
export async function handle(id: number, pause: Pause): Promise<number> {
  const [sum] = await Promise.all([collect(id, pause), later(id, pause), later(id, pause)]);
  parse(id);
  return sum;
}
