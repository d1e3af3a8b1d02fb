import type { Category } from "../categories.js";
import type { Finding } from "../finding.js";
import { read, readNumber, readString } from "../../cause/read.js";

// The protocol's error codes (kafka.apache.org/protocol#protocol_error_codes), by what they ask of the client.
const NAMES: Readonly<Partial<Record<string, Category>>> = {
  UNKNOWN: "internal",
  UNKNOWN_SERVER_ERROR: "internal",
  CORRUPT_MESSAGE: "data_loss",
  REQUEST_TIMED_OUT: "timeout",
  NETWORK_EXCEPTION: "network",
  BROKER_NOT_AVAILABLE: "unavailable",
  SASL_AUTHENTICATION_FAILED: "unauthenticated",
  UNACCEPTABLE_CREDENTIAL: "unauthenticated",
  ILLEGAL_SASL_STATE: "unauthenticated",
  UNSUPPORTED_SASL_MECHANISM: "configuration",
  SECURITY_DISABLED: "configuration",
  DELEGATION_TOKEN_EXPIRED: "unauthenticated",
  DELEGATION_TOKEN_OWNER_MISMATCH: "forbidden",
  POLICY_VIOLATION: "forbidden",
  THROTTLING_QUOTA_EXCEEDED: "exhausted",
  GROUP_MAX_SIZE_REACHED: "exhausted",
  KAFKA_STORAGE_ERROR: "unavailable",
  UNKNOWN_TOPIC_OR_PARTITION: "not_found",
  UNKNOWN_TOPIC_ID: "not_found",
  TOPIC_ALREADY_EXISTS: "conflict",
  CONCURRENT_TRANSACTIONS: "aborted",
  TRANSACTION_ABORTABLE: "aborted",
  REBALANCE_IN_PROGRESS: "aborted",
};

const PATTERNS: ReadonlyArray<readonly [RegExp, Category]> = [
  [/_AUTHORIZATION_FAILED$/, "forbidden"],
  [/^DUPLICATE_/, "conflict"],
  [/_NOT_FOUND$/, "not_found"],
  [/_TOO_LARGE$|^INVALID_|^INCONSISTENT_|_OUT_OF_RANGE$/, "invalid"],
  [/^UNSUPPORTED_/, "unimplemented"],
];

// "Retriable: True" in the protocol's table.
const RETRIABLE = new Set(
  (
    "CORRUPT_MESSAGE UNKNOWN_TOPIC_OR_PARTITION LEADER_NOT_AVAILABLE NOT_LEADER_OR_FOLLOWER NOT_LEADER_FOR_PARTITION " +
    "REQUEST_TIMED_OUT REPLICA_NOT_AVAILABLE NETWORK_EXCEPTION COORDINATOR_LOAD_IN_PROGRESS GROUP_LOAD_IN_PROGRESS " +
    "COORDINATOR_NOT_AVAILABLE GROUP_COORDINATOR_NOT_AVAILABLE NOT_COORDINATOR NOT_COORDINATOR_FOR_GROUP " +
    "NOT_ENOUGH_REPLICAS NOT_ENOUGH_REPLICAS_AFTER_APPEND NOT_CONTROLLER CONCURRENT_TRANSACTIONS KAFKA_STORAGE_ERROR " +
    "FETCH_SESSION_ID_NOT_FOUND INVALID_FETCH_SESSION_EPOCH LISTENER_NOT_FOUND FENCED_LEADER_EPOCH " +
    "UNKNOWN_LEADER_EPOCH OFFSET_NOT_AVAILABLE PREFERRED_LEADER_NOT_AVAILABLE ELIGIBLE_LEADERS_NOT_AVAILABLE " +
    "ELECTION_NOT_NEEDED UNSTABLE_OFFSET_COMMIT THROTTLING_QUOTA_EXCEEDED UNKNOWN_TOPIC_ID INCONSISTENT_TOPIC_ID " +
    "FETCH_SESSION_TOPIC_ID_ERROR SHARE_SESSION_NOT_FOUND INVALID_SHARE_SESSION_EPOCH"
  ).split(" "),
);

/**
 * The finding for a Kafka protocol error, by the name the protocol gives it.
 * @example
 * kafkaProtocolError("NOT_ENOUGH_REPLICAS"); // { category: "unavailable", retryable: true }
 */
export function kafkaProtocolError(name: string): Finding {
  const retryable = RETRIABLE.has(name);
  const category =
    NAMES[name] ??
    PATTERNS.find(([pattern]) => pattern.test(name))?.[1] ??
    (retryable ? "unavailable" : "precondition");
  return { category, retryable };
}

// librdkafka's own (negative) codes, as node-rdkafka and @confluentinc/kafka-javascript report them.
const LIBRDKAFKA: Readonly<Partial<Record<number, Category>>> = {
  [-185]: "timeout",
  [-192]: "timeout",
  [-195]: "network",
  [-187]: "unavailable",
  [-193]: "network",
  [-184]: "exhausted",
  [-169]: "unauthenticated",
  [-190]: "not_found",
  [-188]: "not_found",
  [-186]: "invalid",
};

/** Errors of kafkajs, @platformatic/kafka, node-rdkafka and @confluentinc/kafka-javascript. */
export function kafka(error: object): Finding | undefined {
  const name = readString(error, "name") ?? "";
  const type = readString(error, "type");
  const retriable = read(error, "retriable");
  if (typeof retriable === "boolean" && name.startsWith("KafkaJS")) {
    if (type !== undefined) return kafkaProtocolError(type);
    if (name === "KafkaJSRequestTimeoutError") return { category: "timeout", retryable: retriable };
    if (name === "KafkaJSSASLAuthenticationError") return { category: "unauthenticated" };
    if (name === "KafkaJSNumberOfRetriesExceeded") return undefined; // its cause says why
    return { category: retriable ? "network" : "precondition", retryable: retriable };
  }
  const code = readString(error, "code") ?? "";
  if (code.startsWith("PLT_KFK_")) {
    const api = readString(error, "apiId");
    if (api !== undefined) return kafkaProtocolError(api);
    if (code === "PLT_KFK_AUTHENTICATION") return { category: "unauthenticated" };
    // Its TimeoutError carries the network code: only the class tells.
    if (name === "TimeoutError" || code === "PLT_KFK_TIMEOUT") return { category: "timeout" };
    if (code === "PLT_KFK_NETWORK") return { category: "network", retryable: read(error, "canRetry") !== false };
    if (code === "PLT_KFK_USER") return { category: "bug" };
    return undefined;
  }
  const number = readNumber(error, "code");
  const category = number === undefined ? undefined : LIBRDKAFKA[number];
  const isRetriable = read(error, "isRetriable");
  if (category === undefined || typeof isRetriable !== "boolean") return undefined;
  return { category, retryable: isRetriable };
}
