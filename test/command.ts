import { spawn } from "node:child_process";

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a shell command as a person would type it in a fresh terminal.
 *
 * @param cwd - the directory it is typed in
 * @param variables - environment variables set on top
 * @param signal - ends it, with all that it has begun; its code is null then
 */
export function run(command: string, cwd: string, variables: Readonly<Record<string, string>> = {}, signal?: AbortSignal): Promise<Outcome> {
  // In a group of its own what it has begun can be ended with it; where that does not exist, it alone is.
  const grouped = signal !== undefined && process.platform !== "win32";
  const child = spawn(command, { cwd, shell: true, detached: grouped, env: { ...plainEnvironment(), ...variables } });
  const end = (): void => {
    if (grouped && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    else child.kill();
  };
  signal?.addEventListener("abort", end);
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (chunk: string) => (output[stream] += chunk));
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => {
      signal?.removeEventListener("abort", end);
      resolve({ code, ...output });
    });
  });
}

/** This process's environment without what `npm test` and vitest added for themselves, and without choices of colour or exporter. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const added = /^(npm_(lifecycle|package|command|execpath|node|config_(loglevel|local_prefix|workspace))|vitest|test$|node_env$)/i;
  const choices = /^(no_color|force_color|otel_)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !added.test(name) && !choices.test(name)));
}
