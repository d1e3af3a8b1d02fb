// defect: readFile without a look at the error
import fs from "node:fs";
fs.readFile("config.json", "utf8", (err, text) => {
  start(JSON.parse(text));
});

// defect: an underscore for the error
import fs from "node:fs";
fs.readFile("config.json", "utf8", (_err, text) => {
  start(JSON.parse(text));
});

// defect: another name, by type
import { exec } from "node:child_process";
exec("git status", (problem, stdout) => {
  console.log(stdout);
});

// defect: an own callback type
declare function lookup(host: string, cb: (failure: Error | null, address?: string) => void): void;
lookup("example.org", (failure, address) => {
  connect(address);
});

// defect: mkdir with a callback that goes on
import { mkdir } from "node:fs";
mkdir("out", (err) => {
  build();
});

// defect: returns when there is an error
import { stat } from "node:fs";
export function size(path: string, show: (n: number) => void) {
  stat(path, (err, stats) => {
    if (err) return;
    show(stats.size);
  });
}

// defect: only the good path
import { stat } from "node:fs";
export function size(path: string, show: (n: number) => void) {
  stat(path, (err, stats) => {
    if (!err) show(stats.size);
  });
}

// defect: the error is tested and the callback told nothing
import { stat } from "node:fs";
export function size(path: string, done: (e: Error | null, n: number) => void) {
  stat(path, (err, stats) => {
    if (err) return done(null, 0);
    done(null, stats.size);
  });
}

// defect: a crypto callback
import { randomBytes } from "node:crypto";
randomBytes(16, (err, bytes) => {
  use(bytes.toString("hex"));
});

// defect: a database callback
import mysql from "mysql";
connection.query("select 1", function (err, rows) {
  rows.forEach(show);
});

// defect: a function expression stored first
import { readFile } from "node:fs";
const onRead = (error: NodeJS.ErrnoException | null, data: Buffer) => {
  console.log(data.length);
};
readFile("x", onRead);

// defect: an empty error listener
import net from "node:net";
const socket = net.connect(80);
socket.on("error", () => {});

// defect: an empty once
stream.once("error", function () {});

// defect: an error listener that does nothing with what it gets
server.on("error", (err) => {
  void err;
});

// defect: lodash's noop as a listener
import noop from "lodash/noop";
request.on("error", noop);

// defect: uncaughtException is swallowed
process.on("uncaughtException", (err) => {});

// defect: unhandledRejection is swallowed
process.on("unhandledRejection", () => {});

// defect: the process goes on after uncaughtException with a remark
process.on("uncaughtException", (err) => {
  // ignore
});

// defect: an onerror that says true
window.onerror = () => true;

// defect: an onerror that is empty
const ws = new WebSocket("wss://example.org");
ws.onerror = function () {};

// defect: an empty onError option
useQuery({ queryKey: ["x"], queryFn: load, onError: () => {} });

// defect: a JSX onError that is empty
export const App = () => (
  <ErrorBoundary fallback={<Oops />} onError={() => {}}>
    <Main />
  </ErrorBoundary>
);

// defect: a browser's unhandledrejection
window.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
});

// defect: an RxJS error observer that is empty
source$.subscribe({ next: show, error: () => {} });

// defect: prepended
import { Readable } from "node:stream";
declare const body: Readable;
body.prependListener("error", () => undefined);

// sound: the error is passed on
import fs from "node:fs";
export function read(path: string, done: (e: Error | null, d?: string) => void) {
  fs.readFile(path, "utf8", (err, text) => {
    if (err) return done(err);
    done(null, text);
  });
}

// sound: the error is thrown
import fs from "node:fs";
fs.readFile("x", (err, data) => {
  if (err) throw err;
  use(data);
});

// sound: reject
import fs from "node:fs";
export const read = (path: string) => new Promise((resolve, reject) => fs.readFile(path, (err, data) => (err ? reject(err) : resolve(data))));

// sound: logged
import { exec } from "node:child_process";
exec("git status", (error, stdout) => {
  if (error) {
    logger.error({ error }, "git failed");
    return;
  }
  console.log(stdout);
});

// sound: missing is fine
import { stat } from "node:fs";
stat("x", (err, stats) => {
  if (err && err.code !== "ENOENT") throw err;
  use(stats);
});

// sound: exists
import { access } from "node:fs";
export const exists = (path: string, cb: (b: boolean) => void) => access(path, (err) => cb(!err));

// sound: asserted
import { stat } from "node:fs";
stat("x", (err) => {
  assert.ifError(err);
});

// sound: a forwarded callback
import { stat } from "node:fs";
export const f = (cb: (e: Error | null) => void) => stat("x", (err) => cb(err));

// sound: a callback that is no error-first one
["a", "b"].forEach((err, index) => {
  console.log(index);
});

// sound: a map over errors
export const codes = (errors: Error[]) => errors.map((err, i) => i);

// sound: a sort of errors
declare const errors: Error[];
errors.filter((error) => true);

// sound: a temporary file is removed
import { unlink } from "node:fs";
unlink("tmp", () => {});

// sound: Express's error middleware
app.use((err, req, res, next) => {
  logger.error(err);
  res.status(500).end();
});

// sound: an abstract method
abstract class Handler {
  abstract onError(err: Error): void;
}
class Silent extends Handler {
  onError(err: Error) {
    this.last = err;
  }
  last: Error | undefined;
}

// sound: a listener that logs
socket.on("error", (err) => {
  logger.warn({ err }, "socket error");
});

// sound: a listener that destroys
socket.on("error", () => socket.destroy());

// sound: a listener by reference
stream.on("error", reject);

// sound: a listener that takes a note
let failed = false;
child.on("error", () => {
  failed = true;
});
child.on("close", () => done(failed));

// sound: another event
socket.on("data", () => {});
socket.on("close", () => {});

// sound: the last resort
process.on("uncaughtException", (err) => {
  logger.fatal(err);
  process.exit(1);
});

// sound: thrown on
process.on("unhandledRejection", (reason) => {
  throw reason;
});

// sound: a reason in words
socket.on("error", () => {
  // a reset by the peer is reported by the "close" handler below
});

// sound: an onError that reports
useQuery({ queryKey: ["x"], queryFn: load, onError: (e) => toast.error(e.message) });

// sound: JSX
export const App = () => (
  <ErrorBoundary onError={(error, info) => report(error, info.componentStack)}>
    <Main />
  </ErrorBoundary>
);

// sound: an image's fallback
export const Avatar = ({ src }) => <img src={src} onError={(e) => (e.currentTarget.src = "/default.png")} />;

// sound: window.onerror reports
window.onerror = (message, source, line, column, error) => {
  send({ message, stack: error?.stack });
  return false;
};

// sound: a default for an optional handler
export function connect({ onError = () => {} }: { onError?: (e: Error) => void } = {}) {
  return onError;
}

// sound: an ending socket
const socket = net.connect(80);
socket.destroy();
socket.on("error", () => {}); // it is destroyed already: whatever comes now is of no interest

// defect: an error that is asked for and then passed over
function readSettings(path: string, use: (text: string) => void) {
  fs.readFile(path, "utf8", (err, text) => {
    if (err) {
    }
    use(text);
  });
}

// defect: an error emitted as a plain object on a stream
import type { Duplex } from "node:stream";

export function breakOff(connection: Duplex) {
  connection.emit("error", { code: "EPIPE" });
}

// sound: an error emitted on a stream
import type { Duplex } from "node:stream";

export function breakOff(connection: Duplex) {
  connection.emit("error", new Error("the other side has gone"));
}
