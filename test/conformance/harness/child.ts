import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ModuleFormat } from "../../../transformer/src/plan/plan.js";
import { bundleRuntime } from "../bundle.js";
import type { ProgramFile } from "./program.js";

export type Tracing = "off" | "on" | "dropped";

export interface Run {
  readonly files: readonly ProgramFile[];
  readonly format: ModuleFormat;
  readonly tracing: Tracing;
  readonly rewritten: boolean;
}

/** What a run showed: effects in their order, what was wrong with contexts and spans, and the spans. */
export interface Outcome {
  readonly effects: readonly string[];
  readonly faults: readonly string[];
  readonly spans: string;
}

const worker = fileURLToPath(new URL("../realm/worker.mjs", import.meta.url));
/** Milliseconds: the deepest recursions take half a minute on a busy machine. */
const patience = 120_000;

/** A process that runs programs, replaced when one of them hangs or kills it. */
export class Child {
  readonly #runtime: Promise<string>;
  #process: Promise<ChildProcess> | undefined;
  #last = 0;

  /** @param runtime source of the helpers, when it is not the project's own (broken on purpose, say) */
  constructor(runtime: Promise<string> = bundleRuntime()) {
    this.#runtime = runtime;
  }

  async run(run: Run): Promise<Outcome> {
    const child = await (this.#process ??= this.#start());
    const id = ++this.#last;
    return new Promise((resolve) => {
      const finish = (outcome: Outcome): void => {
        clearTimeout(timer);
        child.off("message", receive);
        child.off("exit", died);
        resolve(outcome);
      };
      const fail = (what: string): void => {
        this.#process = undefined;
        child.kill("SIGKILL");
        finish({ effects: [what], faults: [], spans: "" });
      };
      const receive = (message: { readonly id?: number; readonly outcome: Outcome }): void => {
        if (message.id === id) finish(message.outcome);
      };
      const died = (code: number | null): void => fail(`the process ended with ${String(code)}`);
      const timer = setTimeout(() => fail("the program hangs"), patience);
      child.on("message", receive);
      child.on("exit", died);
      child.send({ id, ...run });
    });
  }

  async #start(): Promise<ChildProcess> {
    const runtime = await this.#runtime;
    const child = fork(worker, [], {
      execArgv: ["--experimental-vm-modules", "--expose-gc", "--no-warnings"],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    await new Promise((resolve, reject) => {
      child.once("message", resolve);
      child.once("exit", () => reject(new Error("the process for the programs does not start")));
    });
    child.removeAllListeners("exit");
    child.send({ runtime });
    return child;
  }

  async stop(): Promise<void> {
    const child = await this.#process;
    this.#process = undefined;
    child?.kill();
  }
}
