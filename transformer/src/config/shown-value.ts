const LONGEST_VALUE = 60;

/** A value as a message names it. */
export function shownValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length > LONGEST_VALUE ? `${JSON.stringify(value.slice(0, LONGEST_VALUE))}…` : JSON.stringify(value);
    case "number":
    case "boolean":
    case "bigint":
      return String(value);
    case "object":
      return value === null ? "null" : Array.isArray(value) ? "an array" : "an object";
    case "function":
      return "a function";
    default:
      return typeof value;
  }
}
