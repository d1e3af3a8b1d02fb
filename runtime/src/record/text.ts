/** Shortens a text to at most `limit` UTF-16 code units, 1 or more, the last being an ellipsis, never inside a pair. */
export function shorten(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

/** Whether a value can have properties. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** A property of anything, getters and Proxies included; undefined where reading it throws. */
export function read(value: unknown, key: PropertyKey): unknown {
  if (!isObject(value)) return undefined;
  try {
    return (value as Record<PropertyKey, unknown>)[key];
  } catch {
    // A getter or a Proxy's trap that throws: as if nothing were there.
    return undefined;
  }
}
