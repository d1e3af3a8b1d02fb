/** The names of the gRPC status codes, at the index that is their number. */
export const GRPC_STATUS = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

/**
 * A gRPC status code by its name.
 * @example
 * const status: GrpcStatus = "NOT_FOUND";
 */
export type GrpcStatus = (typeof GRPC_STATUS)[number];

/**
 * How loudly an error is told, from a by-product of normal operation (`debug`) to the end of the process (`fatal`).
 * @example
 * const level: Severity = classify(error).severity;
 */
export type Severity = "debug" | "info" | "warn" | "error" | "fatal";

/**
 * One row of the table: what a kind of failure means to each of the worlds that have to answer it.
 * @example
 * const quota: CategoryRow = { http: 402, grpc: "RESOURCE_EXHAUSTED", retryable: false, severity: "warn" };
 */
export interface CategoryRow {
  /** HTTP status, 400 to 599. */
  readonly http: number;
  /** gRPC status name. */
  readonly grpc: GrpcStatus;
  /** Whether the same call may succeed when it is made again. */
  readonly retryable: boolean;
  /** Level of the log record. */
  readonly severity: Severity;
}

/**
 * The table. `internal` is what a *remote* reports as an unexpected failure, and may pass; `bug` is our own
 * `TypeError`, which no retry mends; `unknown` is an error that nothing here has heard of.
 * @example
 * CATEGORIES.unavailable.http; // 503
 */
export const CATEGORIES = {
  invalid: { http: 400, grpc: "INVALID_ARGUMENT", retryable: false, severity: "info" },
  unauthenticated: { http: 401, grpc: "UNAUTHENTICATED", retryable: false, severity: "warn" },
  forbidden: { http: 403, grpc: "PERMISSION_DENIED", retryable: false, severity: "warn" },
  not_found: { http: 404, grpc: "NOT_FOUND", retryable: false, severity: "info" },
  conflict: { http: 409, grpc: "ALREADY_EXISTS", retryable: false, severity: "info" },
  aborted: { http: 409, grpc: "ABORTED", retryable: true, severity: "warn" },
  precondition: { http: 412, grpc: "FAILED_PRECONDITION", retryable: false, severity: "info" },
  exhausted: { http: 429, grpc: "RESOURCE_EXHAUSTED", retryable: true, severity: "warn" },
  cancelled: { http: 499, grpc: "CANCELLED", retryable: false, severity: "info" },
  internal: { http: 500, grpc: "INTERNAL", retryable: true, severity: "error" },
  bug: { http: 500, grpc: "INTERNAL", retryable: false, severity: "error" },
  unknown: { http: 500, grpc: "UNKNOWN", retryable: false, severity: "error" },
  serialization: { http: 500, grpc: "INTERNAL", retryable: false, severity: "error" },
  configuration: { http: 500, grpc: "FAILED_PRECONDITION", retryable: false, severity: "error" },
  data_loss: { http: 500, grpc: "DATA_LOSS", retryable: false, severity: "fatal" },
  unimplemented: { http: 501, grpc: "UNIMPLEMENTED", retryable: false, severity: "error" },
  network: { http: 502, grpc: "UNAVAILABLE", retryable: true, severity: "warn" },
  unavailable: { http: 503, grpc: "UNAVAILABLE", retryable: true, severity: "warn" },
  timeout: { http: 504, grpc: "DEADLINE_EXCEEDED", retryable: true, severity: "warn" },
} as const satisfies Record<string, CategoryRow>;

/**
 * The categories that ship with the table.
 * @example
 * const category: Category = "timeout";
 */
export type Category = keyof typeof CATEGORIES;

const BY_GRPC: Readonly<Partial<Record<string, Category>>> = {
  CANCELLED: "cancelled",
  UNKNOWN: "unknown",
  INVALID_ARGUMENT: "invalid",
  DEADLINE_EXCEEDED: "timeout",
  NOT_FOUND: "not_found",
  ALREADY_EXISTS: "conflict",
  PERMISSION_DENIED: "forbidden",
  RESOURCE_EXHAUSTED: "exhausted",
  FAILED_PRECONDITION: "precondition",
  ABORTED: "aborted",
  OUT_OF_RANGE: "invalid",
  UNIMPLEMENTED: "unimplemented",
  INTERNAL: "internal",
  UNAVAILABLE: "unavailable",
  DATA_LOSS: "data_loss",
  UNAUTHENTICATED: "unauthenticated",
};

const BY_HTTP: Readonly<Partial<Record<number, Category>>> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  408: "timeout",
  409: "conflict",
  410: "not_found",
  412: "precondition",
  425: "unavailable",
  428: "precondition",
  429: "exhausted",
  499: "cancelled",
  501: "unimplemented",
  502: "network",
  503: "unavailable",
  504: "timeout",
};

/**
 * The category of an HTTP error status, `undefined` below 400 and from 600 on.
 * @param status - HTTP status code.
 * @example
 * categoryOfHttp(503); // "unavailable"
 * categoryOfHttp(418); // "invalid": any other 4xx is the caller's doing
 */
export function categoryOfHttp(status: number): Category | undefined {
  if (!(status >= 400 && status < 600)) return undefined;
  return BY_HTTP[status] ?? (status < 500 ? "invalid" : "internal");
}

/**
 * The category of a gRPC status, `undefined` for `OK` and for what is no status.
 * @param status - name or number of the code.
 * @example
 * categoryOfGrpc("NOT_FOUND"); // "not_found"
 * categoryOfGrpc(14); // "unavailable"
 */
export function categoryOfGrpc(status: GrpcStatus | number): Category | undefined {
  const name = typeof status === "number" ? GRPC_STATUS[status] : status;
  return name === undefined ? undefined : BY_GRPC[name];
}
