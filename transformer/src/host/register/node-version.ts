import type { Diagnostic } from "../../plan/plan.js";
import { HOST_CODES } from "../codes.js";

/** What is to be said of the Node that runs; undefined where it suits. */
export function explainNode(version: string, hasHooks: boolean): Diagnostic | undefined {
  const place = { file: "", line: 1, column: 1 } as const;
  if (!hasHooks) {
    const message = `Node ${version} has no module.registerHooks, so nothing is traced. It takes Node 22.15 or later`;
    return { code: HOST_CODES.nodeVersion, severity: "error", message, ...place };
  }
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major === 22 && minor < 18) {
    const message =
      `Node ${version} gives a CommonJS module an empty object for what it requires, if an ES module imports that too ` +
      "and any hook is registered. Node 22.18 and later do not";
    return { code: HOST_CODES.nodeLoadsWrongly, severity: "warning", message, ...place };
  }
  return undefined;
}
