import type { ErrspanSettings } from "./settings.js";

export type PresetName = "bunyan" | "datadog" | "errspan" | "opentelemetry" | "pino" | "sentry" | "winston";

type Preset = Pick<ErrspanSettings, "handlers" | "ignores">;

/** What common reporters and loggers do about an error, where the name alone does not say so. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  // Levels that are switched off in production keep nothing.
  bunyan: { ignores: ["*.trace", "*.debug"] },
  pino: { ignores: ["*.trace", "*.debug", "*.silent"] },
  winston: { ignores: ["*.silly", "*.debug", "*.verbose"] },
  // A breadcrumb or a count is seen only if something else reports an error.
  sentry: {
    handlers: ["captureException", "captureMessage", "captureEvent", "*.captureException", "*.captureMessage", "*.captureEvent", "*.withScope"],
    ignores: ["addBreadcrumb", "*.addBreadcrumb"],
  },
  datadog: { handlers: ["*.addError"], ignores: ["*.increment", "*.histogram", "*.gauge", "*.addAction"] },
  // An event or an attribute does not mark the span as failed.
  opentelemetry: { handlers: ["*.recordException"], ignores: ["*.addEvent", "*.setAttribute", "*.setAttributes"] },
  errspan: { handlers: ["recordError", "*.recordError"] },
};
