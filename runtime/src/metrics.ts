export { errorRateAlert } from "./metrics/alert.js";
export type { AlertOptions, ErrorRate, ErrorRateAlert } from "./metrics/alert.js";
export { errorMetrics } from "./metrics/error-metrics.js";
export type { ErrorMetrics, ErrorMetricsOptions } from "./metrics/error-metrics.js";
