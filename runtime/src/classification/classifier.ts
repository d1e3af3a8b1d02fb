import { causeOf, causes, membersOf } from "../cause/walk.js";
import { isObject, read } from "../cause/read.js";
import { CATEGORIES, categoryOfGrpc, categoryOfHttp, GRPC_STATUS } from "./categories.js";
import type { Category, CategoryRow, GrpcStatus, Severity } from "./categories.js";
import { CLASSIFICATION } from "./finding.js";
import type { Finding, Rule } from "./finding.js";
import { builtin } from "./known/builtin.js";
import { kafka } from "./known/kafka.js";
import { platform } from "./known/platform.js";
import { postgres } from "./known/postgres.js";
import { grpc, http } from "./known/remote.js";

/**
 * What a failure means, in every language that has to speak of it.
 * @typeParam Extra - names of categories that were added to the table.
 * @example
 * const { httpStatus, retryable }: Classification = classify(error);
 */
export interface Classification<Extra extends string = never> {
  /** Row of the table. */
  readonly category: Category | Extra;
  /** HTTP status to answer with. */
  readonly httpStatus: number;
  /** gRPC status to answer with, by name. */
  readonly grpcStatus: GrpcStatus;
  /** The same by number. */
  readonly grpcCode: number;
  /** Whether the same call may succeed when it is made again. */
  readonly retryable: boolean;
  /** Level of the log record. */
  readonly severity: Severity;
  /** Milliseconds after which the other side wants to be asked again. */
  readonly retryAfterMs?: number;
  /** The error in the chain that decided. */
  readonly decidedBy: unknown;
}

/**
 * What {@link createClassifier} takes.
 * @typeParam Extra - names of the categories added.
 * @example
 * const options: ClassifierOptions<"quota"> = { categories: { quota: { http: 402, grpc: "RESOURCE_EXHAUSTED", retryable: false, severity: "warn" } } };
 */
export interface ClassifierOptions<Extra extends string = never> {
  /** Rows to add to the table, or to put in place of those it has. */
  readonly categories?: Readonly<Record<Extra, CategoryRow>> & Partial<Readonly<Record<Category, CategoryRow>>>;
  /** Asked before the rules that are there, in this order. */
  readonly rules?: readonly Rule<Extra>[];
}

/**
 * A table with the rules that find an error's row in it. It never throws, whatever the error is.
 * @typeParam Extra - names of the categories added to the table.
 * @example
 * const classifier: Classifier = createClassifier();
 */
export interface Classifier<Extra extends string = never> {
  /** What the error, or the first of its causes that says anything, means. */
  classify(error: unknown): Classification<Extra>;
  /** Whether the same call may succeed when it is made again. */
  isRetryable(error: unknown): boolean;
  /** Level to log the error at. */
  logLevel(error: unknown): Severity;
  /** The table. */
  readonly categories: Readonly<Record<Category | Extra, CategoryRow>>;
  /** This classifier with more rows and rules, which go before those it has. */
  extend<More extends string = never>(options: ClassifierOptions<More>): Classifier<Extra | More>;
}

// Deeper causes say nothing that those above them have not said better.
const DEPTH = 32;
const LOUDNESS: readonly Severity[] = ["debug", "info", "warn", "error", "fatal"];
const KNOWN: readonly Rule[] = [postgres, kafka, grpc, platform, http];
const LAST: readonly Rule[] = [builtin];

function ownFinding(error: object): Finding | undefined {
  const own = read(error, CLASSIFICATION);
  return isObject(own) ? own : undefined;
}

function withoutCategory({ retryable, severity, retryAfterMs }: Finding<string>): Partial<Classification<string>> {
  return {
    ...(retryable === undefined ? {} : { retryable }),
    ...(severity === undefined ? {} : { severity }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

class TableClassifier<Extra extends string> implements Classifier<Extra> {
  readonly categories: Readonly<Record<string, CategoryRow>>;
  readonly #rules: readonly Rule<string>[];

  constructor(categories: Readonly<Record<string, CategoryRow>>, rules: readonly Rule<string>[]) {
    this.categories = categories;
    this.#rules = rules;
  }

  classify(error: unknown): Classification<Extra> {
    // The rules only ever name rows of this table: what they name is Category | Extra.
    return this.#walk(error, 0, new Set()) as Classification<Extra>;
  }

  isRetryable(error: unknown): boolean {
    return this.classify(error).retryable;
  }

  logLevel(error: unknown): Severity {
    return this.classify(error).severity;
  }

  extend<More extends string>(options: ClassifierOptions<More>): Classifier<Extra | More> {
    return new TableClassifier({ ...this.categories, ...options.categories }, [
      ...((options.rules ?? []) as readonly Rule<string>[]),
      ...this.#rules,
    ]);
  }

  #walk(error: unknown, depth: number, seen: Set<unknown>): Classification<string> {
    const chain = [...causes(error, DEPTH)];
    if (depth > DEPTH) return this.#complete({ category: "unknown" }, error);
    for (const rules of [[ownFinding, ...this.#rules, ...KNOWN], LAST]) {
      for (const link of chain) {
        const found = isObject(link) ? this.#ask(link, rules) : undefined;
        if (found === undefined) continue;
        if (found.category ?? found.http ?? found.grpc) return this.#complete(found, link);
        // It says only how it differs: the rest is what its causes mean.
        return { ...this.#walk(causeOf(link), depth + 1, seen), ...withoutCategory(found) };
      }
      // What failed together is asked before the language's own classes: an aggregate's own name says nothing.
      if (rules !== LAST) {
        const together = this.#together(chain, depth, seen);
        if (together !== undefined) return together;
      }
    }
    return this.#complete({ category: "unknown" }, error);
  }

  /** Several failed: as loud as the loudest, worth another try only if each of them is. */
  #together(chain: readonly unknown[], depth: number, seen: Set<unknown>): Classification<string> | undefined {
    let loudest: Classification<string> | undefined;
    let retryable = true;
    for (const link of chain) {
      if (seen.has(link)) continue;
      seen.add(link);
      for (const member of membersOf(link)) {
        const found = this.#walk(member, depth + 1, seen);
        retryable &&= found.retryable;
        if (!loudest || LOUDNESS.indexOf(found.severity) > LOUDNESS.indexOf(loudest.severity)) loudest = found;
      }
    }
    return loudest && { ...loudest, retryable };
  }

  #ask(error: object, rules: readonly Rule<string>[]): Finding<string> | undefined {
    for (const rule of rules) {
      try {
        const found = rule(error);
        if (found !== undefined) return typeof found === "string" ? { category: found } : found;
      } catch {
        // A rule that fails on an error has nothing to say of it; the error itself goes on to the caller.
        continue;
      }
    }
    return undefined;
  }

  #complete(finding: Finding<string>, decidedBy: unknown): Classification<string> {
    const category =
      finding.category ??
      (finding.http === undefined ? undefined : categoryOfHttp(finding.http)) ??
      (finding.grpc === undefined ? undefined : categoryOfGrpc(finding.grpc)) ??
      "unknown";
    const row = this.categories[category] ?? CATEGORIES.unknown;
    const grpcStatus = finding.grpc ?? row.grpc;
    return {
      category,
      httpStatus: finding.http ?? row.http,
      grpcStatus,
      grpcCode: GRPC_STATUS.indexOf(grpcStatus),
      retryable: finding.retryable ?? row.retryable,
      severity: finding.severity ?? row.severity,
      ...(finding.retryAfterMs === undefined ? {} : { retryAfterMs: finding.retryAfterMs }),
      decidedBy,
    };
  }
}

/**
 * Makes a classifier: the table and rules that ship here, with rows and rules of your own before them.
 * @param options - rows and rules to add.
 * @returns an immutable classifier.
 * @example
 * const classifier = createClassifier({
 *   categories: { quota: { http: 402, grpc: "RESOURCE_EXHAUSTED", retryable: false, severity: "warn" } },
 *   rules: [(error) => (error instanceof QuotaError ? "quota" : undefined)],
 * });
 * classifier.classify(new QuotaError()).httpStatus; // 402
 */
export function createClassifier<Extra extends string = never>(
  options: ClassifierOptions<Extra> = {},
): Classifier<Extra> {
  return new TableClassifier<never>(CATEGORIES, []).extend(options);
}

const standard: Classifier = /* @__PURE__ */ createClassifier();

/**
 * What an error means: its category with HTTP status, gRPC status, whether to retry, and how loudly to log it.
 * The error is asked itself first ({@link CLASSIFICATION}), then the rules, then each cause in turn; the language's
 * own classes (`TypeError`: a bug) come last. Never throws.
 * @param error - anything that was thrown.
 * @example
 * classify(Object.assign(new Error("connect"), { code: "ECONNREFUSED" })).category; // "network"
 */
export function classify(error: unknown): Classification {
  return standard.classify(error);
}

/**
 * Whether the same call may succeed when it is made again.
 * @param error - anything that was thrown.
 * @example
 * if (isRetryable(error)) await requeue(job);
 */
export function isRetryable(error: unknown): boolean {
  return standard.isRetryable(error);
}

/**
 * The level to log an error at: a missing row is no reason to wake anybody.
 * @param error - anything that was thrown.
 * @example
 * logger[logLevel(error)](error);
 */
export function logLevel(error: unknown): Severity {
  return standard.logLevel(error);
}
