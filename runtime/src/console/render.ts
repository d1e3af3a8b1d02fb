import { type FinishedSpan, hasFailed, type HighResolutionTime, type SpanNode } from "./span.js";
import { type Style, visible } from "./style.js";

const KINDS = ["", "server", "client", "producer", "consumer"];
const MAX_ATTRIBUTES = 8;
const MAX_VALUE = 60;
const MAX_MESSAGE_LINES = 6;
const MAX_TEXT = 500;
/** Deeper trees exist (recursion), but nobody can read them; what is below is counted. */
const MAX_DEPTH = 60;

/** A duration as one reads it: `0.42 ms`, `12.3 ms`, `1.25 s`, `2 min 05 s`. */
export function formatDuration([seconds, nanoseconds]: HighResolutionTime): string {
  const milliseconds = seconds * 1000 + nanoseconds / 1e6;
  if (milliseconds < 9.995) return `${milliseconds.toFixed(2)} ms`;
  if (milliseconds < 99.95) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 999.5) return `${milliseconds.toFixed(0)} ms`;
  if (milliseconds < 59_995) return `${(milliseconds / 1000).toFixed(2)} s`;
  const total = Math.round(milliseconds / 1000);
  return `${Math.floor(total / 60)} min ${String(total % 60).padStart(2, "0")} s`;
}

/** One tree with its heading, ready to print; ends in a line break. */
export function renderTree(root: SpanNode, style: Style): string {
  const lines: string[] = [];
  const { spans, failed } = count(root);
  const heading = [
    `trace ${root.span.spanContext().traceId}`,
    `${spans} ${spans === 1 ? "span" : "spans"}`,
    formatDuration(root.span.duration),
  ].join(" · ");
  lines.push(style.faint(heading) + (failed > 0 ? style.faint(" · ") + style.bad(`${failed} failed`) : ""));
  renderNode(root, "", "", 0, lines, style);
  return `${lines.join("\n")}\n`;
}

function count(node: SpanNode): { spans: number; failed: number } {
  let spans = 0;
  let failed = 0;
  for (const stack = [node]; stack.length > 0; ) {
    const next = stack.pop() as SpanNode;
    spans++;
    if (hasFailed(next.span)) failed++;
    for (const child of next.children) stack.push(child);
  }
  return { spans, failed };
}

function renderNode(
  { span, children }: SpanNode,
  branch: string,
  indent: string,
  depth: number,
  lines: string[],
  style: Style,
): void {
  lines.push(style.faint(branch) + headline(span, style));
  const shown = depth < MAX_DEPTH ? children : [];
  const rail = style.faint(`${indent}${shown.length > 0 ? "│ " : "  "}`);
  for (const line of details(span, style)) lines.push(`${rail}  ${line}`);
  if (shown.length < children.length) {
    const { spans } = count({ span, children });
    lines.push(style.faint(`${indent}└─ … ${spans - 1} more below`));
  }
  shown.forEach((child, index) => {
    const last = index === shown.length - 1;
    renderNode(child, `${indent}${last ? "└─ " : "├─ "}`, `${indent}${last ? "   " : "│  "}`, depth + 1, lines, style);
  });
}

function headline(span: FinishedSpan, style: Style): string {
  const failed = hasFailed(span);
  const type = failed && !span.events.some(isException) ? text(span.attributes["error.type"]) : "";
  const parts = [
    failed ? style.bad("✗") : style.good("✓"),
    style.strong(failed ? style.bad(clean(span.name)) : clean(span.name)),
    formatDuration(span.duration),
    style.bad(clean(type)),
    style.faint(KINDS[span.kind] ?? ""),
    attributesOf(span, style),
    style.faint(location(span)),
  ];
  return parts.filter((part) => part !== "").join("  ");
}

/** `file:line:column`, which terminals and editors turn into a link. */
function location({ attributes }: FinishedSpan): string {
  const place = ["code.file.path", "code.line.number", "code.column.number"].map((key) => text(attributes[key]));
  return clean(place.filter((part) => part !== "").join(":"));
}

function attributesOf({ attributes }: FinishedSpan, style: Style): string {
  const shown = Object.entries(attributes).filter(([key]) => !key.startsWith("code.") && !key.startsWith("error"));
  const parts = shown.slice(0, MAX_ATTRIBUTES).map(([key, value]) => {
    const written = text(value);
    return `${clean(key)}=${clean(written.length > MAX_VALUE ? `${written.slice(0, MAX_VALUE - 1)}…` : written)}`;
  });
  if (shown.length > MAX_ATTRIBUTES) parts.push(`… ${shown.length - MAX_ATTRIBUTES} more`);
  return style.faint(parts.join(" "));
}

function isException(event: FinishedSpan["events"][number]): boolean {
  return event.name === "exception";
}

/** The exceptions recorded on a span, each with its causes and the frame it came from. */
function details(span: FinishedSpan, style: Style): string[] {
  const lines: string[] = [];
  for (const { attributes = {} } of span.events.filter(isException)) {
    const type = text(attributes["exception.type"]);
    const [first = "", ...more] = messageLines(text(attributes["exception.message"]));
    lines.push(style.bad(first === "" ? clean(type) : `${clean(type)}: ${first}`), ...more.map((line) => style.bad(`  ${line}`)));
    const chain = attributes["errspan.error.chain"];
    if (Array.isArray(chain)) {
      for (const entry of chain.slice(1)) {
        const [head = "", ...rest] = messageLines(text(entry));
        lines.push(`${style.faint("↳")} ${head}`, ...rest.map((line) => `    ${line}`));
      }
    }
    const frame = firstFrame(text(attributes["exception.stacktrace"]));
    if (frame !== undefined) lines.push(style.faint(clean(frame)));
  }
  return lines;
}

function messageLines(message: string): string[] {
  const shown = message.length > MAX_TEXT ? `${message.slice(0, MAX_TEXT)}…` : message;
  const lines = shown.split(/\r?\n/).map(visible);
  return lines.length > MAX_MESSAGE_LINES ? [...lines.slice(0, MAX_MESSAGE_LINES), "…"] : lines;
}

/** The innermost frame of the program's own: not the platform's, not a dependency's. */
function firstFrame(stack: string): string | undefined {
  const frames = stack.split("\n").filter((line) => /^ {4}at /.test(line));
  const own = frames.find((line) => !/node:|node_modules/.test(line)) ?? frames[0];
  // Behind the last frame stands the brace that opens the causes.
  return own?.trim().replace(/ \{$/, "");
}

/** An attribute's value: SDKs let text, numbers, booleans and arrays of these through. */
function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `[${value.map(text).join(", ")}]`;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function clean(value: string): string {
  return visible(value.replace(/\r?\n/g, "⏎").slice(0, MAX_TEXT));
}
