import { spawn as run } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

interface Line {
  readonly [key: string]: unknown;
}
interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly Line[];
  readonly stderr: string;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
let directory: string;
beforeAll(async () => {
  const cache = join(root, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  directory = await mkdtemp(join(cache, "process-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

let programs = 0;
/** Bundles a program with the sources and runs it in a Node of its own; `signal` is sent when it says "ready". */
async function program(code: string, { signal, nodeArguments = [] as string[] }: { signal?: NodeJS.Signals; nodeArguments?: string[] } = {}): Promise<Ended> {
  const source = join(directory, `${programs++}.ts`);
  const outfile = source.replace(/ts$/, "mjs");
  const imports = `
    import ${JSON.stringify(join(root, "runtime/test/process/child.ts"))};
    import { say } from ${JSON.stringify(join(root, "runtime/test/process/child.ts"))};
    import { traced, withSpan } from ${JSON.stringify(join(root, "runtime/src/index.ts"))};
    import { closeGracefully, drainTasks, guardProcess, spawn, watchWorker } from ${JSON.stringify(join(root, "runtime/src/process.ts"))};
    import { setTimeout as sleep } from "node:timers/promises";
    import { Worker } from "node:worker_threads";
  `;
  await writeFile(source, imports + code);
  await build({ entryPoints: [source], outfile, bundle: true, format: "esm", platform: "node", target: "node22", packages: "external", logLevel: "silent", ignoreAnnotations: true });
  const child = run(process.execPath, [...nodeArguments, outfile], { stdio: ["ignore", "pipe", "pipe"] });
  if (signal) child.stdout.on("data", (chunk: Buffer) => chunk.includes('"ready"') && child.kill(signal));
  const [stdout, stderr, [exitCode, exitSignal]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  const lines = stdout.split("\n").filter(Boolean).map((line): Line => JSON.parse(line));
  return { code: exitCode, signal: exitSignal, lines, stderr };
}
const spanOf = ({ lines, stderr }: Ended, name: string): Line => {
  const found = lines.find((line) => line["span"] === name);
  if (!found) throw new Error(`no span ${name} among ${JSON.stringify(lines)}\n${stderr}`);
  return found;
};

describe("a guarded process", () => {
  it("records it with the severity FATAL where exceptions are log records", async () => {
    const { lines } = await program(`
      import { logs } from "@opentelemetry/api-logs";
      import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
      import { configure } from ${JSON.stringify(join(root, "runtime/src/index.ts"))};
      const exporter = {
        export(records, done) {
          for (const { eventName, severityText, severityNumber } of records) say({ eventName, severityText, severityNumber });
          done({ code: 0 });
        },
        shutdown: () => Promise.resolve(),
        forceFlush: () => Promise.resolve(),
      };
      logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] }));
      configure({ exceptionSignal: "logs" });
      guardProcess();
      void withSpan("work", () => new Promise(() => setTimeout(() => { throw new RangeError("boom"); }, 1)));
    `);
    const records = lines.filter((line) => "eventName" in line);
    expect(records).toEqual([{ eventName: "exception", severityText: "FATAL", severityNumber: 21 }]);
  });

  it("records an uncaught exception as FATAL in the active trace, flushes, and ends as Node would", async () => {
    const code = `withSpan("work", () => new Promise(() => setTimeout(() => { throw new RangeError("boom"); }, 1)));`;
    const bare = await program(code);
    const guarded = await program(`guardProcess({ onFatal: (f) => say({ fatal: f.error.message, origin: f.origin, traceId: f.traceId }) });${code}`);
    expect([guarded.code, guarded.signal]).toEqual([1, null]);
    expect([bare.code, bare.signal]).toEqual([1, null]);
    const work = spanOf(guarded, "work");
    expect(work).toMatchObject({ status: 2, events: ["exception"] });
    expect(spanOf(guarded, "uncaughtException")).toMatchObject({ status: 2, trace: work["trace"], attributes: { "errspan.severity": "FATAL", "error.type": "RangeError" } });
    expect(guarded.lines[0]).toEqual({ fatal: "boom", origin: "uncaughtException", traceId: work["trace"] });
    expect(bare.lines).toEqual([]);
    // Node's own report of the error, with its stack.
    for (const { stderr } of [bare, guarded]) expect(stderr).toMatch(/RangeError: boom\n\s+at [\s\S]*Node\.js v/);
  });

  it("does the same for an unhandled rejection, also of a value that is no error", async () => {
    for (const [thrown, said] of [["new Error('lost')", "lost"], ["'text'", "text"]] as const) {
      const ended = await program(`guardProcess(); void Promise.reject(${thrown}); setTimeout(() => {}, 5000);`);
      expect(ended.code).toBe(1);
      expect(spanOf(ended, "unhandledRejection")).toMatchObject({ status: 2 });
      expect(ended.stderr).toContain(said);
    }
  });

  it("leaves --unhandled-rejections=warn what it is", async () => {
    const ended = await program(`guardProcess(); void Promise.reject(new Error("lost")); await sleep(20); say({ alive: true });`, { nodeArguments: ["--unhandled-rejections=warn"] });
    expect(ended).toMatchObject({ code: 0, lines: [{ alive: true }] });
  });

  it("stays alive where another listener keeps it alive, and has recorded the error all the same", async () => {
    const ended = await program(`guardProcess(); process.on("uncaughtException", () => {});
      setTimeout(() => { throw new Error("survived"); }, 1); await sleep(50); say({ alive: true }); const { trace } = await import("@opentelemetry/api"); await trace.getTracerProvider().getDelegate().forceFlush();`);
    expect(ended.code).toBe(0);
    expect(ended.lines).toContainEqual({ alive: true });
    expect(spanOf(ended, "uncaughtException")).toMatchObject({ status: 2 });
  });

  it("does not wait longer than its deadline for a flush that hangs, nor is it stopped by one that fails", async () => {
    for (const flush of ["() => new Promise(() => {})", "() => { throw new Error('flush'); }", "() => Promise.reject(new Error('flush'))"]) {
      const ended = await program(`guardProcess({ flush: ${flush}, deadlineMs: 30, onFatal: () => { throw new Error("observer"); } }); setTimeout(() => { throw new Error("boom"); }, 1); setInterval(() => {}, 1000);`);
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain("Error: boom");
    }
  });

  it("flushes at a signal and is ended by that signal", async () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const ended = await program(`guardProcess(); withSpan("work", () => 1); setInterval(() => {}, 1000); say("ready");`, { signal });
      expect([ended.code, ended.signal]).toEqual([null, signal]);
      expect(spanOf(ended, "work")).toBeDefined();
    }
  });

  describe("ends and sends out the span of a promise that nobody consumes", () => {
    const abandon = `globalThis.kept = [withSpan("unseen", () => Promise.resolve(1)), traced({ name: "steps" }, function* () { yield 1; })()]; kept[1].next();`;
    const unseen = { attributes: { "errspan.promise.settlement": "unobserved" } };
    const steps = { attributes: { "errspan.generator.abandoned": true } };

    it("when nothing is left to do", async () => {
      const ended = await program(`guardProcess(); ${abandon}`);
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      expect(ended.lines).toHaveLength(2);
      expect(spanOf(ended, "unseen")).toMatchObject(unseen);
      expect(spanOf(ended, "steps")).toMatchObject(steps);
    });

    it("when the process fails", async () => {
      const ended = await program(`guardProcess(); ${abandon} setTimeout(() => { throw new Error("boom"); }, 1);`);
      expect(ended.code).toBe(1);
      expect(spanOf(ended, "unseen")).toMatchObject(unseen);
      expect(spanOf(ended, "steps")).toMatchObject(steps);
    });

    it("at a signal, also where it is closed gracefully", async () => {
      for (const guard of ["guardProcess();", "closeGracefully(() => {});"]) {
        const ended = await program(`${guard} ${abandon} setInterval(() => {}, 1000); say("ready");`, { signal: "SIGTERM" });
        expect(spanOf(ended, "unseen")).toMatchObject(unseen);
        expect(spanOf(ended, "steps")).toMatchObject(steps);
      }
    });

    it("once, and no promise's that somebody consumed or generator's that came to its end", async () => {
      const ended = await program(`import { diag } from "@opentelemetry/api"; diag.setLogger({ warn: (m) => say({ warned: m }), error: say, info() {}, debug() {}, verbose() {} });
        const early = withSpan("early", () => Promise.resolve(1)); guardProcess(); guardProcess();
        const late = withSpan("late", () => Promise.resolve(2)); const steps = traced({ name: "steps" }, function* () { yield 1; })(); steps.next();
        await early; await late; steps.next();
        const { trace } = await import("@opentelemetry/api"); await trace.getTracerProvider().getDelegate().forceFlush();`);
      expect(ended.lines.map((line) => line["span"])).toEqual(["early", "late", "steps"]);
      for (const line of ended.lines) expect(line["attributes"]).not.toHaveProperty(["errspan.promise.settlement"]);
    });
  });

  it("leaves nothing behind when it is no longer guarded", async () => {
    const ended = await program(`{ using guard = guardProcess(); } say(["uncaughtException", "warning", "SIGTERM", "SIGINT", "SIGHUP", "beforeExit"].map((e) => process.listenerCount(e)));`);
    expect(ended.lines).toEqual([[0, 1, 0, 0, 0, 0]]); // the one for warnings is Node's
  });

  it("leaves Node's warnings as events on the active span", async () => {
    const ended = await program(`using guard = guardProcess(); await withSpan("work", async () => { process.emitWarning("careful"); await sleep(5); });
      const { trace } = await import("@opentelemetry/api"); await trace.getTracerProvider().getDelegate().forceFlush();`);
    expect(ended.stderr).toContain("careful");
    expect(spanOf(ended, "work")).toMatchObject({ events: ["process.warning"] });
  });
});

describe("a background task", () => {
  it("whose failure nobody takes ends the process, recorded in its own span", async () => {
    const ended = await program(`guardProcess(); spawn("refresh", async () => { throw new Error("stale"); }); setInterval(() => {}, 1000);`);
    expect(ended.code).toBe(1);
    expect(spanOf(ended, "refresh")).toMatchObject({ status: 2, events: ["exception"] });
    expect(ended.stderr).toContain("Error: stale");
  });

  it("tells its failure to onError, or to the one who joins, and the process lives", async () => {
    const ended = await program(`guardProcess({ signals: [] });
      spawn("a", () => { throw new Error("sync"); }, { onError: (error, name) => say([name, error.message]) });
      await spawn("b", async () => { throw new Error("late"); }).join().catch((error) => say(["joined", error.message]));
      say(await spawn("c", () => 7).join());
      const task = spawn("d", ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))), { onError: (error) => say(error) });
      task.cancel("enough");
      const outer = new AbortController();
      spawn("e", ({ signal }) => new Promise((resolve) => signal.addEventListener("abort", resolve)), { signal: outer.signal });
      outer.abort();
      say(await drainTasks() > 0);`);
    expect(ended.stderr).toBe("");
    expect(ended.code).toBe(0);
    expect(ended.lines).toEqual([["a", "sync"], ["joined", "late"], 7, "enough", true]);
  });
});

describe("a worker thread", () => {
  it("is a span as long as it lives, failed when it dies of an error or exits with another code than 0", async () => {
    const ended = await program(`
      const worker = (code) => new Worker(code, { eval: true });
      await watchWorker("fine", worker("1"));
      await watchWorker("throws", worker("throw new RangeError('in worker')")).catch((error) => say(error.message));
      await watchWorker("exits", worker("process.exit(3)")).catch((error) => say([error.name, error.exitCode]));
      const { trace } = await import("@opentelemetry/api"); await trace.getTracerProvider().getDelegate().forceFlush();`);
    expect(ended.lines.slice(0, 2)).toEqual(["in worker", ["WorkerExitError", 3]]);
    expect([spanOf(ended, "fine")["status"], spanOf(ended, "throws")["status"], spanOf(ended, "exits")["status"]]).toEqual([0, 2, 2]);
  });
});

describe("closing gracefully", () => {
  const server = (close: string, options = "{}") => `
    guardProcess({ signals: [] });
    setInterval(() => {}, 1000);
    const told = Promise.withResolvers();
    closeGracefully(async (signal) => { say({ closing: signal }); told.resolve(); ${close} }, ${options});
    spawn("last job", async () => { await told.promise; await sleep(30); say("job done"); });
    say("ready");`;

  it("closes, waits for background tasks, flushes, and exits with 0", async () => {
    const ended = await program(server(""), { signal: "SIGTERM" });
    expect(ended.lines.slice(0, 3)).toEqual(["ready", { closing: "SIGTERM" }, "job done"]);
    expect(spanOf(ended, "process.close")).toMatchObject({ status: 0 });
    expect([ended.code, ended.signal]).toEqual([0, null]);
  });

  it("exits with 1 when closing fails or takes too long", async () => {
    const failed = await program(server(`throw new Error("port stuck");`), { signal: "SIGTERM" });
    expect(failed.code).toBe(1);
    expect(spanOf(failed, "process.close")).toMatchObject({ status: 2 });
    const late = await program(server(`await new Promise(() => {});`, "{ delayMs: 50 }"), { signal: "SIGTERM" });
    expect(late.code).toBe(1);
  });
});
