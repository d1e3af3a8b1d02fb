import { applySwitch, environment, flag, shared } from "./process.js";

/** What a classifier says of an error. */
export interface Classification {
  /** A short, low-cardinality word: `network`, `timeout`, `validation`, … */
  readonly category?: string | undefined;
  /** Whether trying again may help. */
  readonly retryable?: boolean | undefined;
}

/** The global choices; all optional, each with its environment variable where one makes sense. */
export interface Configuration {
  /** Switches errspan off for the process. Environment: `ERRSPAN_DISABLED=1`. */
  readonly disabled?: boolean | undefined;
  /**
   * Where exceptions go: a span event (default), a log record, or both. Environment:
   * `OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN` = `logs` or `logs/dup`.
   */
  readonly exceptionSignal?: "event" | "logs" | "logs/dup" | undefined;
  /**
   * Also sets the deprecated attributes `error`, `error.message`, `error.stack` and, where classified,
   * `error.category` on the span. Environment: `ERRSPAN_LEGACY_ERROR_ATTRIBUTES=1`.
   */
  readonly legacyErrorAttributes?: boolean | undefined;
  /** Tells category and retryability of an error; its answer becomes `errspan.error.category` and `.retryable`. */
  readonly classify?: ((error: unknown) => Classification | undefined) | undefined;
  /**
   * Sees every captured argument, result, and property inside them, by its path (`order.card.number`), before it
   * is serialised; what it returns is recorded instead.
   */
  readonly redact?: ((path: string, value: unknown) => unknown) | undefined;
  /** Further names whose values are never captured, beside the built-in list (password, token, apiKey, …). */
  readonly secretNames?: RegExp | undefined;
  /** Longest error message kept, in UTF-16 code units, at most a million. Default 4096. */
  readonly maxMessageLength?: number | undefined;
  /** Longest stack trace kept, causes included, in UTF-16 code units, at most a million. Default 16384. */
  readonly maxStackLength?: number | undefined;
  /** Most entries of `errspan.error.chain`, at most 1000. Default 16. */
  readonly maxChainLength?: number | undefined;
  /** Longest captured argument or result, in UTF-16 code units, at most a million. Default 2048. */
  readonly maxValueLength?: number | undefined;
}

/** The configuration with its defaults filled in. */
export type Settings = {
  -readonly [Key in Exclude<keyof Configuration, "disabled">]-?: Configuration[Key] & {};
};

const OPTIONAL = ["classify", "redact", "secretNames"] as const;
type Optional = (typeof OPTIONAL)[number];
type Filled = Omit<Settings, Optional> & { -readonly [Key in Optional]?: Configuration[Key] };

function fromEnvironment(): Filled {
  const signals = environment("OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN");
  return {
    exceptionSignal: (signals.match(/\blogs(\/dup)?\b/g)?.sort().at(-1) ?? "event") as Filled["exceptionSignal"],
    legacyErrorAttributes: flag("ERRSPAN_LEGACY_ERROR_ATTRIBUTES"),
    maxMessageLength: 4096,
    maxStackLength: 16_384,
    maxChainLength: 16,
    maxValueLength: 2048,
  };
}

/** The settings in force; one object for all copies of this package. */
export const settings = (shared.settings ??= fromEnvironment()) as Filled;

const MILLION = 1_000_000;

/** Beyond these, to record a failure could take longer than what failed, or more stack than there is. */
const LIMITS: Readonly<Record<string, number>> = {
  maxMessageLength: MILLION,
  maxStackLength: MILLION,
  maxChainLength: 1000,
  maxValueLength: MILLION,
};

const SIGNALS: readonly unknown[] = ["event", "logs", "logs/dup"];

/** What is wrong with a choice, if anything is. */
function objection(name: string, value: unknown): string | undefined {
  const known = [...Object.keys(settings), ...OPTIONAL];
  if (!known.includes(name)) return `configure() knows no "${name}"; it knows disabled, ${[...new Set(known)].join(", ")}`;
  if (value === undefined) return undefined;
  const limit = LIMITS[name];
  if (limit !== undefined && !(Number.isInteger(value) && Number(value) >= 1 && Number(value) <= limit)) {
    return `configure() takes a whole number from 1 to ${limit} for ${name}`;
  }
  return name === "exceptionSignal" && !SIGNALS.includes(value) ? `configure() takes ${SIGNALS.join(", ")} for ${name}` : undefined;
}

/**
 * Makes the global choices. Only what is given changes; `undefined` leaves a choice as it is. Holds for every copy
 * of this package in the process, from the next call of a traced function on.
 *
 * @param configuration see {@link Configuration}
 * @throws TypeError for a name that is not a choice, so that a misspelt one does not pass unnoticed, and for a value that
 * it cannot have; nothing is changed then
 * @example configure({ exceptionSignal: "logs/dup", redact: (path, value) => (path.endsWith("email") ? "…" : value) })
 */
export function configure(configuration: Configuration): void {
  const { disabled, ...choices } = configuration;
  for (const [name, value] of Object.entries(choices)) {
    const wrong = objection(name, value);
    if (wrong !== undefined) throw new TypeError(`errspan: ${wrong}`);
  }
  for (const [name, value] of Object.entries(choices)) {
    if (value !== undefined) Object.assign(settings, { [name]: value });
  }
  if (disabled !== undefined) {
    shared.disabled = disabled;
    applySwitch(shared);
  }
}
