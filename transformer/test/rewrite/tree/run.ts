import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import * as capture from "@errspan/runtime/capture";
import * as emit from "@errspan/runtime/emit";
import * as runtime from "@errspan/runtime";
import { EventEmitter } from "node:events";
import { compileFunction } from "node:vm";

/** What a program did: what it logged, and how it ended. */
export interface Behaviour {
  readonly log: readonly unknown[];
  readonly outcome: unknown;
}

export interface TracedBehaviour extends Behaviour {
  /** Finished spans as `name < parent`, with their errors, in order of their names. */
  readonly spans: readonly string[];
  /** Attributes by span name. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

type Main = (log: (...values: unknown[]) => void) => unknown;

/** Runs the `main` that a compiled CommonJS file exports. */
export async function runProgram(code: string): Promise<Behaviour> {
  const log: unknown[] = [];
  let outcome: unknown;
  try {
    const main = load(code)["main"] as Main;
    outcome = ["returned", await main((...values) => void log.push(values))];
  } catch (error) {
    outcome = ["threw", error instanceof Error ? `${error.name}: ${error.message}` : error];
  }
  return { log, outcome };
}

/** Runs it with an SDK that records every span. */
export async function runTraced(code: string): Promise<TracedBehaviour> {
  const exporter = new InMemorySpanExporter();
  const manager = new AsyncLocalStorageContextManager().enable();
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  context.setGlobalContextManager(manager);
  try {
    const behaviour = await runProgram(code);
    const spans = exporter.getFinishedSpans();
    const attributes = Object.fromEntries(spans.map((span) => [span.name, span.attributes]));
    return { ...behaviour, spans: describe(spans), attributes };
  } finally {
    trace.disable();
    context.disable();
  }
}

function describe(spans: readonly ReadableSpan[]): string[] {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return spans
    .map((span) => {
      const parent = span.parentSpanContext
        ? ` < ${names.get(span.parentSpanContext.spanId) ?? "unfinished"}`
        : "";
      return `${span.name}${parent}${span.status.message === undefined ? "" : ` !${span.status.message}`}`;
    })
    .sort();
}

function load(code: string): Record<string, unknown> {
  const module = { exports: {} as Record<string, unknown> };
  const evaluate = compileFunction(code, ["exports", "require", "module"]) as (
    ...parameters: unknown[]
  ) => void;
  evaluate(module.exports, requireModule, module);
  return module.exports;
}

function requireModule(name: string): unknown {
  switch (name) {
    case "@errspan/runtime/emit":
      return emit;
    case "@errspan/runtime/capture":
      return capture;
    case "@errspan/runtime":
      return runtime;
    case "node:events":
      return { EventEmitter };
    default:
      throw new Error(`Cannot find module '${name}'`);
  }
}
