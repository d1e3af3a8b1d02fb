import * as nodeModule from "node:module";
import type { Diagnostic } from "../plan/plan.js";
import { HOST_CODES } from "./codes.js";
import { createLoadHook } from "./register/load-hook.js";
import { MarkedFiles } from "./register/marked-files.js";
import type { Rewriter } from "./register/node-project.js";
import { explainNode } from "./register/node-version.js";
import { hasConfig } from "./register/surroundings.js";
import type { Surroundings } from "./register/surroundings.js";

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
  const surroundings = { cwd: process.cwd(), entry: process.argv[1], configPath: process.env["ERRSPAN_CONFIG"] };
  const rewriter = hasConfig(surroundings) ? open(surroundings) : new MarkedFiles(surroundings.cwd, () => open(surroundings));
  nodeModule.registerHooks({ load: createLoadHook(rewriter) });
}

/** Loads what rewrites: most of this package, and the parser. At once, as Node waits for no hook, so that this file is CommonJS alone. */
function open(surroundings: Surroundings): Rewriter {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- to import it is to load it at every start
  const { findConfig, NodeProject } = require("./register/node-project.js") as typeof import("./register/node-project.js");
  const config = findConfig(surroundings);
  if (config.diagnostics.length > 0) {
    for (const diagnostic of config.diagnostics) print(diagnostic);
    process.exit(1);
  }
  return new NodeProject(config, print);
}

if (!Reflect.has(globalThis, REGISTERED)) {
  Reflect.set(globalThis, REGISTERED, true);
  register();
}
