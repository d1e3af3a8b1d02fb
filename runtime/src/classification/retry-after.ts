import { read, readString } from "../cause/read.js";

function header(headers: unknown, name: string): string | undefined {
  const get = read(headers, "get");
  if (typeof get === "function") {
    try {
      const value: unknown = Reflect.apply(get, headers, [name]);
      return typeof value === "string" ? value : undefined;
    } catch {
      return undefined;
    }
  }
  return readString(headers, name) ?? readString(headers, name.toLowerCase());
}

/**
 * Milliseconds in a `Retry-After` value: a number of seconds, or an HTTP date (RFC 9110, section 10.2.3).
 * @param value - the header's value.
 * @param now - the present, in milliseconds since 1970; only a date needs it.
 * @returns at least 0, or `undefined` when the value is neither.
 * @example
 * parseRetryAfter("120"); // 120000
 * parseRetryAfter("Wed, 21 Oct 2026 07:28:00 GMT", Date.parse("2026-10-21T07:27:50Z")); // 10000
 */
export function parseRetryAfter(value: string, now: number = Date.now()): number | undefined {
  const text = value.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Date.parse takes "-5" and "1.5" for years: an HTTP date begins with the day's name.
  const date = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * How long the other side wants to be left alone, from the response headers that an error carries
 * (`error.headers` or `error.response.headers`, a `Headers` or a plain object).
 * @param error - anything that was thrown, or a `Response`.
 * @returns milliseconds, or `undefined` when nothing is said.
 * @example
 * retryAfterOf(Object.assign(new Error("busy"), { headers: { "retry-after": "2" } })); // 2000
 */
export function retryAfterOf(error: unknown): number | undefined {
  for (const headers of [read(error, "headers"), read(read(error, "response"), "headers")]) {
    const value = header(headers, "Retry-After");
    if (value !== undefined) return parseRetryAfter(value);
  }
  return undefined;
}
