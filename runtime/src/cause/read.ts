import { read } from "../record/text.js";

export { isObject, read } from "../record/text.js";

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
