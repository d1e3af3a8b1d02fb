import type { Surroundings } from "./detect.js";

/** The packages of an SDK, and a set-up with it that prints spans to the terminal, until an exporter takes its place. */
export interface Sdk {
  readonly packages: readonly string[];
  readonly setup: string;
}

const HINT = "// Prints spans to the terminal. In production: a BatchSpanProcessor with an exporter of yours.";

/** The SDK's second line, which npm gives; it does not take API 1.10. */
function secondLine(platform: "node" | "web"): Sdk {
  const sdk = `@opentelemetry/sdk-trace-${platform}`;
  const provider = platform === "node" ? "NodeTracerProvider" : "WebTracerProvider";
  return {
    packages: [sdk],
    setup: `import { ConsoleSpanExporter } from "@errspan/runtime/console";
import { ${["SimpleSpanProcessor", provider].sort().join(", ")} } from "${sdk}";

${HINT}
new ${provider}({
  spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())],
}).register();
`,
  };
}

/** The third, which takes no older API. */
function thirdLine(platform: "node" | "web"): Sdk {
  const manager = platform === "node" ? "AsyncLocalStorageContextManager" : "StackContextManager";
  const imported = ["SimpleSpanProcessor", "TracerProvider", ...(platform === "web" ? [manager] : [])].sort();
  return {
    packages: ["@opentelemetry/sdk-trace", ...(platform === "node" ? ["@opentelemetry/context-async-hooks"] : [])],
    setup: `import { ConsoleSpanExporter } from "@errspan/runtime/console";
import { context, trace } from "@opentelemetry/api";
${platform === "node" ? `import { ${manager} } from "@opentelemetry/context-async-hooks";\n` : ""}import { ${imported.join(", ")} } from "@opentelemetry/sdk-trace";

context.setGlobalContextManager(new ${manager}().enable());
${HINT}
trace.setGlobalTracerProvider(new TracerProvider({
  spanProcessors: [new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() })],
}));
`,
  };
}

/**
 * The API to install. Its newest is not taken by the SDK that is proposed: npm finds the two that fit where both are asked
 * for in one command, others do not, and nobody does where the SDK comes later.
 */
export function apiFor({ hasSdk }: Surroundings): string {
  return hasSdk ? "@opentelemetry/api" : "@opentelemetry/api@1.9";
}

/** The SDK that fits the API which a project has already. */
export function sdkFor({ openTelemetryApi = "1.9" }: Surroundings, platform: "node" | "web"): Sdk {
  const minor = Number(/^1\.(\d+)/.exec(openTelemetryApi)?.[1] ?? 0);
  return minor >= 10 ? thirdLine(platform) : secondLine(platform);
}
