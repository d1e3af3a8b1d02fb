import { inspect, types } from "node:util";

/** One line for any value, without running any code of the value (getters, proxies, `toString`). */
export function describe(value) {
  try {
    if (types.isNativeError(value) && !types.isProxy(value)) return describeError(value);
    return inspect(value, { depth: 4, showProxy: true, customInspect: false, breakLength: Infinity, compact: true })
      .replace(/\s*\n\s+at [^\n]*/g, "");
  } catch {
    return `<${typeof value} that cannot be shown>`;
  }
}

// Where an error was made differs between a program and its rewritten form, so stacks are left out.
function describeError(error) {
  const name = Object.getOwnPropertyDescriptor(error, "name")?.value ?? error.constructor?.name ?? "Error";
  const message = Object.getOwnPropertyDescriptor(error, "message")?.value ?? "";
  const own = Object.keys(error).filter((key) => key !== "message");
  return `${String(name)}: ${String(message)}${own.length > 0 ? ` {${own.join(",")}}` : ""}`;
}
