// defect: the reason of something that is no signal
interface Outcome {
  ok: boolean;
  reason: string;
}
export function settle(outcome: Outcome): void {
  if (!outcome.ok) throw outcome.reason;
}

// sound: the reason of a signal under another name
export function check(cancelled: AbortSignal): void {
  if (cancelled.aborted) throw cancelled.reason;
}

// sound: the reason of a rejected outcome
export async function all(work: Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(work)) {
    if (outcome.status === "rejected") throw outcome.reason;
  }
}

// defect: a file is removed and nobody asks whether it is gone
import { unlink } from "node:fs";
export function forget(path: string): void {
  unlink(path, () => {});
}

// sound: a temporary file is removed on the way out
import { unlink } from "node:fs";
export function discard(tmpPath: string): void {
  unlink(tmpPath, () => {});
}

// defect: copied or not
import { pipeline, type Readable, type Writable } from "node:stream";
export function copy(from: Readable, to: Writable): void {
  pipeline(from, to, () => {});
}

// sound: copied, or told why not
import { pipeline, type Readable, type Writable } from "node:stream";
export function copy(from: Readable, to: Writable, done: (error?: Error | null) => void): void {
  pipeline(from, to, (error) => done(error));
}

// defect: a listener that lets most errors go
import { createReadStream } from "node:fs";
declare function report(error: Error): void;
export function open(path: string, verbose: boolean) {
  const stream = createReadStream(path);
  stream.on("error", (error) => {
    if (verbose) report(error);
  });
  return stream;
}

// sound: a listener that lets one error go
import { createReadStream } from "node:fs";
declare function report(error: Error): void;
export function open(path: string) {
  const stream = createReadStream(path);
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return;
    report(error);
  });
  return stream;
}
