import type { Attributes, AttributeValue } from "@opentelemetry/api";
import { serialize } from "./serialize.js";

/** Most arguments taken from one call. */
const MAX_CAPTURED = 64;

/** Arguments by their names, as attributes of a span: bounded, secrets left out (see {@link serialize}). */
export function captureArguments(values: object): Attributes {
  const entries = Object.entries(values).slice(0, MAX_CAPTURED);
  return Object.fromEntries(entries.map(([name, value]) => [`errspan.arg.${name}`, serialize(name, value)]));
}

/** A result as the value of `errspan.return`, likewise. */
export function captureResult(value: unknown): AttributeValue {
  return serialize("return", value);
}
