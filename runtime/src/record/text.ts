const { get } = Reflect;

/** Shortens a text to at most `limit` UTF-16 code units, the last being an ellipsis, never inside a pair. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = text.charCodeAt(limit - 2) >>> 10 === 0x36 ? limit - 2 : limit - 1;
  return `${text.slice(0, Math.max(end, 0))}…`;
}

/** Whether a value can have properties. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** A property of anything, getters and Proxies included; undefined where reading it throws. */
export function read(value: unknown, key: PropertyKey): unknown {
  if (!isObject(value)) return undefined;
  try {
    return get(value, key);
  } catch {
    // A getter or a Proxy's trap that throws: as if nothing were there.
    return undefined;
  }
}
