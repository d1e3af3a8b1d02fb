import type { Finding } from "../finding.js";
import { readString } from "../../cause/read.js";

const BUGS = new Set(["TypeError", "RangeError", "ReferenceError", "EvalError", "URIError", "AssertionError"]);

/**
 * The language's own classes: a mistake in the program, or text that could not be parsed. Asked last, after every
 * cause: a TypeError often only wraps what went wrong ("fetch failed").
 */
export function builtin(error: object): Finding | undefined {
  const name = readString(error, "name");
  if (name === undefined) return undefined;
  if (name === "SyntaxError") {
    return { category: /JSON/.test(readString(error, "message") ?? "") ? "serialization" : "bug" };
  }
  if (name === "ZodError" || name === "ValidationError") return { category: "invalid" };
  if (name === "DataCloneError") return { category: "serialization" };
  return BUGS.has(name) ? { category: "bug" } : undefined;
}
