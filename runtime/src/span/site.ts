import type { Attributes, Link, SpanOptions } from "@opentelemetry/api";

/** The kinds of function a site can stand for, as the rewriter writes them. */
export const SYNC = 0;
export const ASYNC = 1;
export const GENERATOR = 2;
export const ASYNC_GENERATOR = 3;

/** A span kind: OpenTelemetry's number (`SpanKind.CLIENT`) or its name in lower case. */
export type SpanKindOption = "internal" | "server" | "client" | "producer" | "consumer" | 0 | 1 | 2 | 3 | 4;

const KIND_NAMES = ["internal", "server", "client", "producer", "consumer"];

/** What a site may be told beyond its name and place. */
export interface SiteOptions {
  readonly kind?: SpanKindOption | undefined;
  readonly attributes?: Attributes | undefined;
  readonly ret?: boolean | undefined;
  readonly root?: boolean | undefined;
  readonly links?: readonly Link[] | undefined;
  readonly span?: boolean | undefined;
}

/** The constant record of one traced function. */
export class Site {
  readonly name: string;
  readonly kind: number;
  /**
   * Shared by all spans of the site: SDKs copy what they keep. Has what a sampler may decide by; what is known of
   * the code comes after the decision, for SDKs check and copy attributes three times over at a start.
   */
  readonly start: SpanOptions;
  readonly code: Attributes;
  readonly ret: boolean;
  /** False where the function gets no span of its own and only annotates the active one. */
  readonly span: boolean;

  constructor(name: string, kind: number, code: Attributes, options: SiteOptions = {}) {
    this.name = name;
    this.kind = kind;
    this.code = code;
    this.ret = options.ret === true;
    this.span = options.span !== false;
    const { kind: spanKind = 0, attributes, root, links } = options;
    this.start = {
      // A name that is none counts as "internal".
      kind: typeof spanKind === "string" ? Math.max(KIND_NAMES.indexOf(spanKind), 0) : spanKind,
      // Copies: what options were made of may change.
      ...(attributes && { attributes: { ...attributes } }),
      ...(root && { root }),
      ...(links && { links: [...links] }),
    };
  }
}
