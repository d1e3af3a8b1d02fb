import { categoryOfGrpc, categoryOfHttp, GRPC_STATUS } from "../categories.js";
import type { Finding } from "../finding.js";
import { isObject, read, readNumber, readString } from "../../cause/read.js";
import { retryAfterOf } from "../retry-after.js";

function statusOf(error: object): number | undefined {
  return (
    readNumber(error, "status") ?? readNumber(error, "statusCode") ?? readNumber(read(error, "response"), "status") ??
    readNumber(read(error, "response"), "statusCode")
  );
}

/** Errors that carry an HTTP status: http-errors, axios, got, ky, undici's ResponseError, a `Response` itself. */
export function http(error: object): Finding | undefined {
  const status = statusOf(error);
  const category = status === undefined ? undefined : categoryOfHttp(status);
  if (status === undefined || category === undefined) return undefined;
  const retryAfterMs = retryAfterOf(error);
  return { category, http: status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/**
 * grpc-js (`code` with `details` and `metadata`) and Connect (`code` with `rawMessage`). The number alone proves
 * nothing: many libraries number their errors.
 */
export function grpc(error: object): Finding | undefined {
  const code = readNumber(error, "code");
  if (code === undefined) return undefined;
  const isGrpc =
    (readString(error, "details") !== undefined && isObject(read(error, "metadata"))) ||
    readString(error, "rawMessage") !== undefined;
  const category = isGrpc ? categoryOfGrpc(code) : undefined;
  const grpc = GRPC_STATUS[code];
  return category === undefined || grpc === undefined ? undefined : { category, grpc };
}
