import type { Finding } from "../classification/finding.js";
import type { ErrorTest } from "./test.js";

/**
 * One variant of {@link defineErrors}: how it is worded, what it is made from, what it means.
 * @example
 * const spec = { message: (p: { id: string }) => `Order ${p.id} not found`, http: 404 } satisfies VariantSpec;
 */
export interface VariantSpec extends Omit<Finding, "retryAfterMs"> {
  /**
   * The message, or a function from the payload to it. The payload's properties become properties of the error. With
   * `from` the function gets the cause. Default: the variant's name in words.
   */
  readonly message?: string | ((payloadOrCause: never, cause: never) => string);
  /** thiserror's `#[from]`: `from()` turns errors of this type into this variant; they are its `cause`. */
  readonly from?: ErrorTest<unknown>;
  /** thiserror's `#[source]`: the variant needs a `cause` of this type (`true`: any), but is not made by `from()`. */
  readonly source?: true | ErrorTest<unknown>;
  /** thiserror's `transparent`: message and meaning are those of the cause. Without `from` it takes every error. */
  readonly transparent?: true;
}

type Tested<T> = T extends ErrorTest<infer E> ? E : unknown;

/** Type of a variant's cause. */
export type CauseOf<S> = S extends { from: infer T } ? Tested<T> : S extends { source: infer T } ? Tested<T> : unknown;

type TakesCause<S> = S extends { from: unknown } | { transparent: true } ? true : false;

type MessageParameters<S> = S extends { message: infer M }
  ? M extends (...args: infer A) => string
    ? A
    : []
  : [];

/** Type of a variant's payload, `undefined` where it has none. */
export type PayloadOf<S> =
  TakesCause<S> extends true ? undefined : MessageParameters<S> extends [infer P, ...unknown[]] ? P : undefined;

/** Arguments of a variant's constructor. */
export type VariantArguments<S> =
  TakesCause<S> extends true
    ? [cause: CauseOf<S>]
    : S extends { source: unknown }
      ? PayloadOf<S> extends undefined
        ? [cause: CauseOf<S>]
        : [payload: PayloadOf<S>, options: { readonly cause: CauseOf<S> }]
      : PayloadOf<S> extends undefined
        ? [options?: ErrorOptions]
        : [payload: PayloadOf<S>, options?: ErrorOptions];

/** An error of one variant: `kind` discriminates, the payload's properties are the error's own. */
export type VariantError<Name extends string, Kind extends string, S> = Error & {
  readonly name: `${Name}.${Kind}`;
  readonly kind: Kind;
} & (S extends { from: unknown } | { source: unknown } | { transparent: true }
    ? { readonly cause: CauseOf<S> }
    : unknown) &
  (PayloadOf<S> extends undefined ? unknown : Readonly<PayloadOf<S>>);

/** The class of one variant. `instanceof` holds across copies of this package and of the module that defines it. */
export interface VariantClass<Name extends string, Kind extends string, S> {
  new (...args: VariantArguments<S>): VariantError<Name, Kind, S>;
  readonly prototype: VariantError<Name, Kind, S>;
  [Symbol.hasInstance](error: unknown): error is VariantError<Name, Kind, S>;
}

/** Union of the errors of a definition. */
export type Errors<Name extends string, Specs> = {
  [Kind in keyof Specs & string]: VariantError<Name, Kind, Specs[Kind]>;
}[keyof Specs & string];

/** One handler for each variant. */
export type Handlers<E extends { readonly kind: string }> = {
  readonly [Kind in E["kind"]]: (error: Extract<E, { readonly kind: Kind }>) => unknown;
};

type Results<H> = H extends Record<string, unknown> ? Result<H[keyof H]> : never;
type Result<F> = F extends (error: never) => infer R ? R : never;
type NoOthers<H, Keys extends PropertyKey> = { readonly [K in Exclude<keyof H, Keys>]: never };

/** What a definition can do beside its variants' classes. */
export interface ErrorSetMethods<Name extends string, E extends { readonly kind: string }> {
  /** The name given to {@link defineErrors}. */
  readonly setName: Name;
  /** Names of the variants, as defined. */
  readonly kinds: ReadonlyArray<E["kind"]>;
  /** Whether the value is an error of any of the variants. */
  is(error: unknown): error is E;
  /** `error instanceof OrderError`. */
  [Symbol.hasInstance](error: unknown): error is E;
  /**
   * The error as one of this set: itself if it is one; the variant whose `from` takes it; else the transparent variant
   * without a `from`, if there is one.
   * @throws the error itself, untouched, when no variant takes it.
   */
  from(error: unknown): E;
  /** Runs an operation; what it throws or rejects with goes through {@link ErrorSetMethods.from} (Rust's `?`). */
  wrap<T>(operation: () => Promise<T>): Promise<T>;
  wrap<T>(operation: () => T): T;
  /** Calls the handler of the error's variant; the compiler wants one for each. */
  match<const H extends Handlers<E>>(error: E, handlers: H & NoOthers<H, E["kind"]>): Results<H>;
  /** With `_` for all the rest: other variants, and values that are not of this set. */
  match<const H extends Partial<Handlers<E>> & { readonly _: (error: unknown) => unknown }>(
    error: unknown,
    handlers: H & NoOthers<H, E["kind"] | "_">,
  ): Results<H>;
}

/** What {@link defineErrors} gives: the variants' classes, and what can be done with all of them. */
export type ErrorSet<Name extends string, Specs> = {
  readonly [Kind in keyof Specs & string]: VariantClass<Name, Kind, Specs[Kind]>;
} & ErrorSetMethods<Name, Errors<Name, Specs>>;

/**
 * The union of a definition's errors.
 * @typeParam S - type of the definition.
 * @example
 * type OrderError = ErrorOf<typeof OrderError>;
 */
export type ErrorOf<S> = S extends { is(error: unknown): error is infer E } ? E : never;

/** Properties that belong to every error, so that no payload may have them. */
export type Reserved = "name" | "message" | "stack" | "cause" | "kind";

/** Names that a variant cannot have: the definition has them itself. */
export type ReservedVariant = Exclude<keyof ErrorSetMethods<string, { readonly kind: string }>, symbol>;

/** Turns a mistake in a definition into a type error where it stands. */
export type Checked<Specs> = {
  readonly [Kind in keyof Specs]: Kind extends ReservedVariant
    ? `a variant cannot be called "${Kind}"`
    : Specs[Kind] extends { from: infer T; message: (cause: infer C) => string }
      ? Tested<T> extends C
        ? unknown
        : "the message takes another type than `from` gives"
      : keyof PayloadOf<Specs[Kind]> & Reserved extends never
        ? unknown
        : `the payload has a property that every error has: ${keyof PayloadOf<Specs[Kind]> & Reserved}`;
};
