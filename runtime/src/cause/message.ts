import { read } from "./read.js";

/** `Name: message` of any value, without running what can throw unguarded; a thrown string stands for itself. */
export function headline(error: unknown): string {
  if (!isErrorLike(error)) return printed(error);
  const name = read(error, "name");
  const message = read(error, "message");
  const title = typeof name === "string" && name !== "" ? name : "Error";
  return typeof message === "string" && message !== "" ? `${title}: ${message}` : title;
}

/** The message alone, where there is one. */
export function messageOf(error: unknown): string {
  const message = read(error, "message");
  return typeof message === "string" && message !== "" ? message : headline(error);
}

function isErrorLike(value: unknown): boolean {
  return typeof read(value, "message") === "string";
}

function printed(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    if (typeof value === "object" && value !== null) return JSON.stringify(value) ?? Object.prototype.toString.call(value);
    return String(value);
  } catch {
    // A revoked proxy refuses even Object.prototype.toString.
    return `[${typeof value}]`;
  }
}
