import type { Category } from "../categories.js";
import { read, readString } from "../../cause/read.js";
import type { Finding } from "../finding.js";

const CODES: Readonly<Partial<Record<string, Category>>> = {
  // errno(3), as libuv names it
  ECONNREFUSED: "network",
  ECONNRESET: "network",
  ECONNABORTED: "network",
  EPIPE: "network",
  EHOSTDOWN: "network",
  EHOSTUNREACH: "network",
  ENETDOWN: "network",
  ENETRESET: "network",
  ENETUNREACH: "network",
  ENOTCONN: "network",
  EPROTO: "network",
  EAI_AGAIN: "network",
  ETIMEDOUT: "timeout",
  ETIME: "timeout",
  ESOCKETTIMEDOUT: "timeout",
  EAI_TIMEOUT: "timeout",
  EAGAIN: "unavailable",
  EBUSY: "unavailable",
  ETXTBSY: "unavailable",
  EMFILE: "exhausted",
  ENFILE: "exhausted",
  ENOBUFS: "exhausted",
  ENOENT: "not_found",
  ESRCH: "not_found",
  ENODEV: "not_found",
  ENXIO: "not_found",
  EEXIST: "conflict",
  ENOTEMPTY: "conflict",
  EACCES: "forbidden",
  EPERM: "forbidden",
  EROFS: "forbidden",
  EINVAL: "invalid",
  EISDIR: "invalid",
  ENOTDIR: "invalid",
  ENAMETOOLONG: "invalid",
  EFBIG: "invalid",
  EMSGSIZE: "invalid",
  ECANCELED: "cancelled",
  EINTR: "cancelled",
  ENOSYS: "unimplemented",
  ENOTSUP: "unimplemented",
  EOPNOTSUPP: "unimplemented",
  EADDRINUSE: "configuration",
  EADDRNOTAVAIL: "configuration",
  EIO: "internal",
  // Node's own codes for what is no mistake of the caller
  ABORT_ERR: "cancelled",
  ERR_CANCELED: "cancelled",
  ERR_STREAM_PREMATURE_CLOSE: "network",
  ERR_SOCKET_CONNECTION_TIMEOUT: "timeout",
  ERR_SOCKET_CLOSED: "network",
  ERR_HTTP2_STREAM_ERROR: "network",
  ERR_HTTP2_SESSION_ERROR: "network",
  ERR_HTTP2_GOAWAY_SESSION: "unavailable",
  ERR_HTTP_REQUEST_TIMEOUT: "timeout",
  ERR_OPERATION_FAILED: "internal",
  ERR_MODULE_NOT_FOUND: "configuration",
  MODULE_NOT_FOUND: "configuration",
  ERR_ENCODING_INVALID_ENCODED_DATA: "serialization",
  // TLS: a certificate does not mend itself between two attempts
  CERT_HAS_EXPIRED: "configuration",
  CERT_NOT_YET_VALID: "configuration",
  DEPTH_ZERO_SELF_SIGNED_CERT: "configuration",
  SELF_SIGNED_CERT_IN_CHAIN: "configuration",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "configuration",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "configuration",
  ERR_TLS_CERT_ALTNAME_INVALID: "configuration",
  // undici, which is also Node's fetch
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
  UND_ERR_SOCKET: "network",
  UND_ERR_PRX_TLS: "network",
  UND_ERR_ABORTED: "cancelled",
  UND_ERR_DESTROYED: "unavailable",
  UND_ERR_CLOSED: "unavailable",
  UND_ERR_BPL_MISSING_UPSTREAM: "unavailable",
  UND_ERR_INVALID_ARG: "bug",
  UND_ERR_INVALID_RETURN_VALUE: "bug",
  UND_ERR_NOT_SUPPORTED: "unimplemented",
};

// The rows whose category says too little.
const SPECIAL: Readonly<Partial<Record<string, Finding>>> = {
  ENOTFOUND: { category: "network", retryable: false },
  ENOSPC: { category: "exhausted", http: 507, retryable: false, severity: "fatal" },
  EDQUOT: { category: "exhausted", http: 507, retryable: false, severity: "error" },
  ENOMEM: { category: "exhausted", http: 507, retryable: false, severity: "fatal" },
  ERR_OUT_OF_MEMORY: { category: "exhausted", http: 507, retryable: false, severity: "fatal" },
  ERR_WORKER_OUT_OF_MEMORY: { category: "exhausted", http: 507, retryable: false, severity: "fatal" },
};

// What the fetch of each browser engine, and of Node, says when no response came at all.
const FETCH_FAILED = /^(?:fetch failed|Failed to fetch|NetworkError when attempting to fetch resource\.?|Load failed)/;

/** Node's system errors, its ABORT_ERR and stream codes, TLS, undici, `fetch` in any engine, AbortError, TimeoutError. */
export function platform(error: object): Finding | undefined {
  const code = readString(error, "code");
  if (code !== undefined) {
    if (Object.hasOwn(SPECIAL, code)) return SPECIAL[code];
    if (Object.hasOwn(CODES, code)) return { category: CODES[code] ?? "unknown" };
    // Every other ERR_ code is raised for a wrong argument or a wrong order of calls, as TypeError or RangeError.
    if (code.startsWith("ERR_") && (error instanceof TypeError || error instanceof RangeError)) {
      return { category: "bug" };
    }
  }
  const name = readString(error, "name");
  if (name === "AbortError") return { category: "cancelled" };
  if (name === "TimeoutError") return { category: "timeout" };
  // With a cause (Node), the cause says more precisely what happened: leave it to that.
  if (name === "TypeError" && read(error, "cause") === undefined) {
    const message = readString(error, "message");
    if (message !== undefined && FETCH_FAILED.test(message)) return { category: "network" };
  }
  return undefined;
}
