/**
 * The property of a value that may be anything: a Proxy that throws, a getter that throws, no object at all.
 * Classifying an error must never raise another one.
 */
export function read(value: unknown, key: PropertyKey): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
}

/** Like {@link read}, for a property that is of use only if it is a string. */
export function readString(value: unknown, key: PropertyKey): string | undefined {
  const found = read(value, key);
  return typeof found === "string" ? found : undefined;
}

/** Like {@link read}, for a property that is of use only if it is a number. */
export function readNumber(value: unknown, key: PropertyKey): number | undefined {
  const found = read(value, key);
  return typeof found === "number" ? found : undefined;
}

/** Whether the value is an object or a function, so that it can have properties, without asking it. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
