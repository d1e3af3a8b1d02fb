import { CLASSIFICATION } from "../classification/finding.js";
import type { Finding } from "../classification/finding.js";
import { isObject, read } from "../cause/read.js";
import type { Checked, Errors, ErrorSet, VariantSpec } from "./define-types.js";
import { messageOf } from "../cause/message.js";
import { BRAND, TRANSPARENT } from "./protocol.js";
import { passes } from "./test.js";
import type { ErrorTest } from "./test.js";

interface Made {
  readonly message: string;
  readonly payload?: unknown;
  readonly options?: ErrorOptions;
}

type AnyVariant = new (...args: unknown[]) => Error;

const RESERVED_PROPERTIES = new Set(["name", "message", "stack", "cause", "kind", "__proto__"]);
const RESERVED_VARIANTS = new Set(["setName", "kinds", "is", "from", "wrap", "match"]);

/**
 * Defines a set of errors (thiserror): one real `Error` class per variant, a discriminated union over them, conversion
 * from other errors, exhaustive matching, and what each means to HTTP, gRPC, retries and logs.
 *
 * `new Set.Variant(payload, { cause })`; without a payload `new Set.Variant({ cause })`; with `from`, `transparent`, or
 * `source` alone, `new Set.Variant(cause)`.
 * @param name - names the set; `error.name` is `name.Variant`, by which `instanceof` knows errors of another copy.
 * @param specs - the variants.
 * @returns the classes and the set's methods; {@link ErrorOf} gives its union type.
 * @throws RangeError if a variant has a name of the set's own methods, or both `from` and `source`.
 * @example
 * const OrderError = defineErrors("OrderError", {
 *   NotFound: { message: (p: { id: string }) => `Order not found: ${p.id}`, http: 404, grpc: "NOT_FOUND" },
 *   Database: { message: (e: DatabaseError) => `Database error: ${e.message}`, from: DatabaseError },
 *   Wrapped: { transparent: true },
 * });
 * type OrderError = ErrorOf<typeof OrderError>;
 * throw new OrderError.NotFound({ id: "42" });
 */
export function defineErrors<const Name extends string, const Specs extends Readonly<Record<string, VariantSpec>>>(
  name: Name,
  specs: Specs & Checked<Specs>,
): ErrorSet<Name, Specs> {
  type E = Errors<Name, Specs>;
  const classes: Record<string, AnyVariant> = {};
  for (const [kind, spec] of Object.entries<VariantSpec>(specs)) classes[kind] = defineVariant(name, kind, spec);
  const kinds = Object.freeze(Object.keys(classes));
  const brands = new Set<unknown>(kinds.map((kind) => `${name}.${kind}`));

  const is = (error: unknown): error is E => brands.has(read(error, BRAND));
  const from = (error: unknown): E => {
    if (is(error)) return error;
    const takers = Object.entries<VariantSpec>(specs);
    const taker =
      takers.find(([, spec]) => spec.from !== undefined && passes(error, spec.from)) ??
      takers.find(([, spec]) => spec.transparent === true && spec.from === undefined);
    const Variant = taker && classes[taker[0]];
    if (Variant === undefined) throw error;
    return new Variant(error) as E;
  };
  const set = {
    ...classes,
    setName: name,
    kinds,
    is,
    from,
    [Symbol.hasInstance]: is,
    wrap: (operation: () => unknown): unknown => {
      let value: unknown;
      try {
        value = operation();
      } catch (error) {
        throw from(error);
      }
      if (!(value instanceof Promise)) return value;
      return value.catch((error: unknown) => {
        throw from(error);
      });
    },
    match: (error: unknown, handlers: Readonly<Record<string, (error: unknown) => unknown>>): unknown => {
      const kind = is(error) ? read(error, "kind") : undefined;
      const handler = (typeof kind === "string" && Object.hasOwn(handlers, kind) && handlers[kind]) || handlers["_"];
      if (!handler) throw new TypeError(`${name}.match: no handler for this value`, { cause: error });
      return handler(error);
    },
  };
  // What TypeScript cannot follow: the loop above made exactly the classes that the mapped type names.
  return Object.freeze(set) as unknown as ErrorSet<Name, Specs>;
}

function defineVariant(setName: string, kind: string, spec: VariantSpec): AnyVariant {
  if (RESERVED_VARIANTS.has(kind)) throw new RangeError(`${setName}: a variant cannot be called ${kind}`);
  if (spec.from !== undefined && spec.source !== undefined) {
    throw new RangeError(`${setName}.${kind}: "from" already says what the source is`);
  }
  const brand = `${setName}.${kind}`;
  const Variant = class extends Error {
    constructor(...args: unknown[]) {
      const { message, payload, options } = make(kind, spec, args);
      super(message, options);
      if (!isObject(payload)) return;
      for (const [key, value] of Object.entries(payload)) {
        if (RESERVED_PROPERTIES.has(key)) continue;
        Object.defineProperty(this, key, { value, enumerable: true, configurable: true, writable: false });
      }
    }

    static override [Symbol.hasInstance](error: unknown): boolean {
      // A class that extends a variant is no longer known by the variant's brand.
      if (this !== Variant) return Function.prototype[Symbol.hasInstance].call(this, error);
      return read(error, BRAND) === brand;
    }
  };
  const finding = findingOf(spec);
  const hidden: Record<PropertyKey, unknown> = {
    name: brand,
    kind,
    [BRAND]: brand,
    ...(spec.transparent === true ? { [TRANSPARENT]: true } : {}),
    ...(finding === undefined ? {} : { [CLASSIFICATION]: finding }),
  };
  for (const key of Reflect.ownKeys(hidden)) {
    Object.defineProperty(Variant.prototype, key, { value: hidden[key], configurable: true, writable: true });
  }
  Object.defineProperty(Variant, "name", { value: brand, configurable: true });
  return Variant;
}

/** Sorts a constructor's arguments and words the message. */
function make(kind: string, spec: VariantSpec, args: readonly unknown[]): Made {
  const { message } = spec;
  const takesCause = spec.from !== undefined || spec.transparent === true;
  const takesPayload = !takesCause && typeof message === "function" && message.length > 0;
  if (takesPayload) {
    const options = optionsOf(args[1]);
    return { message: word(kind, message, args[0], options?.cause), payload: args[0], ...(options && { options }) };
  }
  if (takesCause || spec.source !== undefined) {
    const cause = args[0];
    const worded = spec.transparent === true && message === undefined ? messageOf(cause) : word(kind, message, cause);
    return { message: worded, options: { cause } };
  }
  const options = optionsOf(args[0]);
  return { message: word(kind, message), ...(options && { options }) };
}

function optionsOf(value: unknown): ErrorOptions | undefined {
  return isObject(value) && "cause" in value ? { cause: value.cause } : undefined;
}

/** A message function that throws must not put its own error in the place of the one that is being made. */
function word(kind: string, message: VariantSpec["message"], ...args: unknown[]): string {
  if (typeof message === "string") return message;
  try {
    if (message !== undefined) return String(Reflect.apply(message, undefined, args));
  } catch {
    // The name in words has to do.
  }
  const words = kind.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function findingOf({ category, http, grpc, retryable, severity }: VariantSpec): Finding | undefined {
  const finding = {
    ...(category === undefined ? {} : { category }),
    ...(http === undefined ? {} : { http }),
    ...(grpc === undefined ? {} : { grpc }),
    ...(retryable === undefined ? {} : { retryable }),
    ...(severity === undefined ? {} : { severity }),
  };
  return Object.keys(finding).length > 0 ? Object.freeze(finding) : undefined;
}

/** Classes of a set, or a class, by the name its errors bear. */
export function classesByName(types: readonly ErrorTest<unknown>[]): ReadonlyMap<string, AnyVariant> {
  const classes = new Map<string, AnyVariant>();
  const add = (candidate: unknown): void => {
    const prototype = read(candidate, "prototype");
    if (typeof candidate !== "function" || !(prototype instanceof Error || read(prototype, BRAND) !== undefined)) return;
    const name = read(prototype, "name");
    // A class that does not name its errors on the prototype names them after itself.
    const title = typeof name === "string" && name !== "Error" ? name : candidate.name;
    classes.set(title, candidate as AnyVariant);
  };
  for (const type of types) {
    if (typeof type === "function") add(type);
    else for (const candidate of Object.values(type)) add(candidate);
  }
  return classes;
}
