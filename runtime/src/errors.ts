export { chain, find, formatChain, rootCause } from "./errors/chain.js";
export { ContextError } from "./cause/context-error.js";
export { addContext, context, withContext } from "./errors/context.js";
export type { MapsError, WithContext } from "./errors/context.js";
export { defineErrors } from "./errors/define.js";
export type {
  ErrorOf,
  ErrorSet,
  ErrorSetMethods,
  Handlers,
  VariantClass,
  VariantError,
  VariantSpec,
} from "./errors/define-types.js";
export { fromJSON, toJSON } from "./errors/json.js";
export type { ErrorJson, FromJsonOptions, ToJsonOptions } from "./errors/json.js";
export { toError } from "./cause/to-error.js";
export { bail, ensure } from "./errors/raise.js";
export type { ErrorTest } from "./errors/test.js";
export { CATEGORIES, categoryOfGrpc, categoryOfHttp, GRPC_STATUS } from "./classification/categories.js";
export type { Category, CategoryRow, GrpcStatus, Severity } from "./classification/categories.js";
export { classify, createClassifier, isRetryable, logLevel } from "./classification/classifier.js";
export type { Classification, Classifier, ClassifierOptions } from "./classification/classifier.js";
export { CLASSIFICATION } from "./classification/finding.js";
export type { Finding, Rule } from "./classification/finding.js";
export { kafkaProtocolError } from "./classification/known/kafka.js";
export { parseRetryAfter, retryAfterOf } from "./classification/retry-after.js";
