import { deserializeError, serializeError } from "serialize-error";
import { isObject, read } from "../cause/read.js";
import { classesByName } from "./define.js";
import { messageOf } from "../cause/message.js";
import type { ErrorTest } from "./test.js";

/**
 * An error as JSON has it: everything is plain, cycles are cut, causes and members are nested.
 * @example
 * const wire: ErrorJson = toJSON(error, { stack: false });
 */
export interface ErrorJson {
  readonly name?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly cause?: unknown;
  readonly [property: string]: unknown;
}

/**
 * What {@link toJSON} takes.
 * @example
 * const options: ToJsonOptions = { stack: false };
 */
export interface ToJsonOptions {
  /** Whether stacks are kept; leave them out of what goes to others. Default: true. */
  readonly stack?: boolean;
  /** How deep causes and nested properties are followed. Default: 50. */
  readonly maxDepth?: number;
}

/**
 * What {@link fromJSON} takes.
 * @example
 * const options: FromJsonOptions = { types: [OrderError, ApiError] };
 */
export interface FromJsonOptions {
  /** Definitions and error classes to make the errors of, by the name in the JSON. Constructors are not called. */
  readonly types?: readonly ErrorTest<Error>[];
}

const DEPTH = 50;

/**
 * The error as plain JSON, with its causes, members and own properties (by serialize-error). Never throws: an error
 * whose getters throw is reduced to name and message.
 * @param error - anything that was thrown.
 * @param options - what to keep.
 * @example
 * await queue.send(JSON.stringify(toJSON(error)));
 */
export function toJSON(error: unknown, options: ToJsonOptions = {}): ErrorJson {
  let json: unknown;
  try {
    json = serializeError(error, { maxDepth: options.maxDepth ?? DEPTH });
  } catch {
    const name = read(error, "name");
    json = { name: typeof name === "string" ? name : "Error", message: messageOf(error) };
  }
  if (options.stack === false) dropStacks(json);
  return isObject(json) ? (json as ErrorJson) : { name: "NonError", message: String(json) };
}

function dropStacks(json: unknown): void {
  if (typeof json !== "object" || json === null) return;
  if ("stack" in json && "message" in json) Reflect.deleteProperty(json, "stack");
  for (const value of Object.values(json)) dropStacks(value);
}

/**
 * The error that {@link toJSON} described: of the right class where the class is named in `types` or the language has
 * it, with causes, members, own properties and the stack as it was.
 * @param json - parsed JSON; what is no error becomes a `NonError`.
 * @param options - classes to make errors of.
 * @example
 * const error = fromJSON(JSON.parse(body), { types: [OrderError] });
 * if (error instanceof OrderError.NotFound) console.log(error.id);
 */
export function fromJSON(json: unknown, options: FromJsonOptions = {}): Error {
  const revived = revive(json, classesByName(options.types ?? []), 0);
  return revived instanceof Error ? revived : deserializeError(json);
}

function revive(json: unknown, classes: ReturnType<typeof classesByName>, depth: number): unknown {
  if (!isObject(json) || depth > DEPTH) return json;
  if (Array.isArray(json)) return json.map((item) => revive(item, classes, depth + 1));
  const name = read(json, "name");
  const message = read(json, "message");
  if (typeof message !== "string") return json;
  // A plain object deep inside that happens to have a message is left as it is.
  if (depth > 0 && typeof name !== "string") return json;
  const Class = typeof name === "string" ? classes.get(name) : undefined;
  const error: unknown = Class
    ? Reflect.construct(Error, [message], Class)
    : deserializeError({ name, message, stack: read(json, "stack") });
  if (!(error instanceof Error)) return json;
  for (const [key, value] of Object.entries(json)) {
    if (key === "message" || key === "__proto__" || (key === "name" && (Class || error.name === name))) continue;
    const enumerable = !["name", "stack", "cause", "errors"].includes(key);
    const own = Object.getOwnPropertyDescriptor(error, key);
    if (own?.configurable === false) continue;
    Object.defineProperty(error, key, {
      value: revive(value, classes, depth + 1),
      enumerable,
      configurable: true,
      writable: true,
    });
  }
  return error;
}
