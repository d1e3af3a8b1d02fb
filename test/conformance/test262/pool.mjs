import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const worker = fileURLToPath(new URL("worker.mjs", import.meta.url));
const PATIENCE = 15_000;
/** More in a process, and Node 22 collects garbage most of the time. */
const MEMORY = 0.9e9;

/**
 * Runs jobs in child processes, as many at once as asked for. A job that hangs or kills its process is run again
 * alone, so that it cannot be blamed for what another one did.
 * @returns results by job id, and what the processes counted
 */
export function runJobs(jobs, { node, processes, settings, label }) {
  return new Promise((resolve, reject) => {
    const results = new Map();
    const counts = {};
    const queue = [...jobs].reverse();
    const alone = [];
    let living = 0;
    let shown = 0;
    const progress = () => {
      if (Date.now() - shown < 5000) return;
      shown = Date.now();
      process.stderr.write(`${label}: ${results.size} of ${jobs.length}\n`);
    };

    const start = () => {
      living += 1;
      const child = fork(worker, [], {
        execPath: node,
        execArgv: ["--experimental-vm-modules", "--expose-gc", "--no-warnings", "--max-old-space-size=2048"],
        env: { ...process.env, TEST262_SETTINGS: JSON.stringify(settings) },
        stdio: ["ignore", "ignore", "pipe", "ipc"],
      });
      let batch = [];
      let timer;
      let own = {};
      let errors = "";
      let served = false;
      child.stderr.on("data", (data) => { errors = (errors + data).slice(-1000); });
      const wait = () => { clearTimeout(timer); timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE); };
      const next = () => {
        clearTimeout(timer);
        if (queue.length > 0) batch = queue.splice(-Math.min(40, Math.ceil(queue.length / (processes * 4)))).reverse();
        else if (alone.length > 0) batch = [{ ...alone.pop(), alone: true }];
        else return void child.send({ type: "exit" });
        child.send({ type: "batch", jobs: batch });
        wait();
      };
      child.on("message", (message) => {
        if (message.type === "ready") next();
        else if (message.type === "result") {
          served = true;
          batch = batch.filter(({ id }) => id !== message.id);
          results.set(message.id, message.result);
          wait();
          progress();
        } else if (message.type === "idle") {
          own = message.counts;
          if (message.memory > MEMORY) child.send({ type: "exit" });
          else next();
        }
      });
      child.on("exit", (code, signal) => {
        clearTimeout(timer);
        living -= 1;
        for (const [key, value] of Object.entries(own)) counts[key] = (counts[key] ?? 0) + value;
        if (!served && code) return reject(new Error(`a worker does not start:\n${errors}`));
        const [first, ...rest] = batch;
        if (first?.alone) results.set(first.id, { ok: false, message: signal === "SIGKILL" ? "hangs" : `ends the process (${String(code ?? signal)}) ${errors.slice(-200)}` });
        else if (first) alone.push(first);
        queue.push(...rest.reverse());
        if (queue.length > 0 || alone.length > 0) start();
        else if (living === 0) resolve({ results, counts });
      });
    };
    if (jobs.length === 0) return resolve({ results, counts });
    for (let n = 0; n < Math.min(processes, jobs.length); n++) start();
  });
}
