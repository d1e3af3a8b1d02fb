import type { Category } from "../categories.js";
import type { Finding } from "../finding.js";
import { readString } from "../../cause/read.js";

// PostgreSQL, appendix A. Whole codes go before their class (the first two characters).
// A database that refuses *our* credentials is a configuration of ours, never a 401 for our caller.
const STATES: Readonly<Partial<Record<string, Category>>> = {
  "23505": "conflict",
  "23P01": "conflict",
  "25P02": "aborted",
  "25P03": "timeout",
  "25P04": "timeout",
  "25006": "unavailable", // read-only transaction: a standby, while the cluster fails over
  "42501": "configuration",
  "55P03": "aborted",
  "57P01": "unavailable",
  "57P02": "unavailable",
  "57P03": "unavailable",
  "57P05": "timeout",
  XX001: "data_loss",
  XX002: "data_loss",
};

const CLASSES: Readonly<Partial<Record<string, Category>>> = {
  "08": "network",
  "0A": "unimplemented",
  "20": "bug",
  "21": "bug",
  "22": "invalid",
  "23": "precondition",
  "24": "bug",
  "25": "bug",
  "26": "bug",
  "28": "configuration",
  "2B": "precondition",
  "2D": "bug",
  "34": "bug",
  "3B": "bug",
  "3D": "configuration",
  "3F": "configuration",
  "40": "aborted",
  "42": "bug",
  "44": "precondition",
  "53": "exhausted",
  "54": "invalid",
  "55": "precondition",
  "58": "internal",
  F0: "configuration",
  HV: "internal",
  P0: "internal",
  XX: "internal",
};

// pg and pg-pool raise these as plain errors without a code.
const CLIENT: ReadonlyArray<readonly [RegExp, Category]> = [
  [/^timeout exceeded when trying to connect$/, "timeout"],
  [/^Query read timeout$/, "timeout"],
  [/^Connection terminated due to connection timeout$/, "timeout"],
  [/^Connection terminated( unexpectedly)?$/, "network"],
  [/^Client has encountered a connection error and is not queryable$/, "network"],
];

/** SQLSTATE on errors of pg, postgres.js and PGlite (they also say a `severity`), and the pool's own messages. */
export function postgres(error: object): Finding | undefined {
  const code = readString(error, "code");
  const message = readString(error, "message") ?? "";
  if (code === undefined) {
    const found = readString(error, "name") === "Error" ? CLIENT.find(([text]) => text.test(message)) : undefined;
    return found && { category: found[1] };
  }
  if (!/^[0-9A-Z]{5}$/.test(code) || readString(error, "severity") === undefined) return undefined;
  // One code for a statement_timeout and for a cancel request: only the message tells them apart.
  if (code === "57014") return { category: message.includes("timeout") ? "timeout" : "cancelled" };
  const category = STATES[code] ?? CLASSES[code.slice(0, 2)];
  if (category === undefined) return undefined;
  // 40002 (a constraint failed at commit) and 40P… aside, class 40 asks for the whole transaction again.
  return code === "40002" ? { category: "precondition" } : { category };
}
