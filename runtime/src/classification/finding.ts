import type { Category, GrpcStatus, Severity } from "./categories.js";

/**
 * What a rule or an error says about a failure: a category, and where the category's row does not fit, what differs.
 * @typeParam Extra - names of categories that were added to the table.
 * @example
 * const finding: Finding = { category: "exhausted", http: 507, retryable: false };
 */
export interface Finding<Extra extends string = never> {
  /** Row of the table; found through `http` or `grpc` when left out. */
  readonly category?: Category | Extra;
  /** HTTP status in place of the row's. */
  readonly http?: number;
  /** gRPC status name in place of the row's. */
  readonly grpc?: GrpcStatus;
  /** In place of the row's. */
  readonly retryable?: boolean;
  /** In place of the row's. */
  readonly severity?: Severity;
  /** Milliseconds after which the other side wants to be asked again. */
  readonly retryAfterMs?: number;
}

/**
 * A rule looks at one error, never at its causes, and says what it knows of it or `undefined`.
 * A rule that throws is passed over.
 * @typeParam Extra - names of categories that were added to the table.
 * @example
 * const stripe: Rule = (error) => ("rawType" in error && error.rawType === "card_error" ? "precondition" : undefined);
 */
export type Rule<Extra extends string = never> = (error: object) => Finding<Extra> | Category | Extra | undefined;

/**
 * An error may say about itself what it means: a {@link Finding} under this symbol, on the error or its prototype.
 * It goes before every rule.
 * @example
 * class QuotaError extends Error {
 *   readonly [CLASSIFICATION] = { category: "exhausted", retryable: false } as const;
 * }
 */
export const CLASSIFICATION: unique symbol = Symbol.for("errspan.classification");
