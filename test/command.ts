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
 */
export function run(command: string, cwd: string, variables: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const child = spawn(command, { cwd, shell: true, env: { ...plainEnvironment(), ...variables } });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (chunk: string) => (output[stream] += chunk));
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => {
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
