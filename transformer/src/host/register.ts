import * as nodeModule from "node:module";
import type { Diagnostic } from "../plan/plan.js";
import { HOST_CODES } from "./codes.js";
import { createLoadHook } from "./register/load-hook.js";
import { findConfig, NodeProject } from "./register/node-project.js";
import { explainNode } from "./register/node-version.js";

/** Shared by all copies of this module in a thread, whether they were imported or required. */
const REGISTERED = Symbol.for("errspan.register");

function print({ code, severity, message, file, line, column }: Diagnostic): void {
  const place = file === "" ? "" : `${file}:${line}:${column} `;
  process.stderr.write(`errspan: ${place}${severity} ${code} ${message}\n`);
}

function register(): void {
  const unsuitable = explainNode(process.versions.node, typeof nodeModule.registerHooks === "function");
  if (unsuitable !== undefined) print(unsuitable);
  // The program comes first: it runs, and is not traced.
  if (unsuitable?.code === HOST_CODES.nodeVersion) return;
  const config = findConfig({
    cwd: process.cwd(),
    entry: process.argv[1],
    configPath: process.env["ERRSPAN_CONFIG"],
  });
  if (config.diagnostics.length > 0) {
    for (const diagnostic of config.diagnostics) print(diagnostic);
    process.exit(1);
  }
  nodeModule.registerHooks({ load: createLoadHook(new NodeProject(config, print)) });
}

if (!Reflect.has(globalThis, REGISTERED)) {
  Reflect.set(globalThis, REGISTERED, true);
  register();
}
