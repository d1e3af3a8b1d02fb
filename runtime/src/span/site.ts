import type { Attributes, AttributeValue, Link, SpanOptions } from "@opentelemetry/api";

/** The kinds of function a site can stand for, as the rewriter writes them. */
export const SYNC = 0;
export const ASYNC = 1;
export const GENERATOR = 2;
export const ASYNC_GENERATOR = 3;
/** Added to a kind: nothing of the function runs behind a `return`, which ends the call by itself. */
const LEAVING = 4;

/** Makes an attribute of a result. */
export type CaptureResult = (value: unknown) => AttributeValue;

/** What a site may be told beyond its name and place. */
export interface SiteOptions {
  readonly kind?: number | undefined;
  readonly attributes?: Attributes | undefined;
  readonly ret?: CaptureResult | undefined;
  readonly root?: boolean | undefined;
  readonly links?: readonly Link[] | undefined;
  readonly span?: boolean | undefined;
}

/** The constant record of one traced function. */
export class Site {
  declare readonly name: string;
  declare readonly kind: number;
  /** Whether a `return` ends the call, with no `finally` to do it. */
  declare readonly leaving: boolean;
  /**
   * Shared by all spans of the site: SDKs copy what they keep. Has what a sampler may decide by; what is known of
   * the code comes after the decision, for SDKs check and copy attributes three times over at a start.
   */
  declare readonly start: SpanOptions;
  declare readonly code: Attributes;
  declare readonly ret: CaptureResult | undefined;
  /** False where the function gets no span of its own and only annotates the active one. */
  declare readonly span: boolean;

  constructor(name: string, kind: number, code: Attributes, options?: SiteOptions) {
    this.name = name;
    this.kind = kind % LEAVING;
    this.leaving = kind >= LEAVING;
    this.code = code;
    this.ret = options?.ret;
    this.span = options?.span !== false;
    // What is not given is undefined, which SDKs take for that; copies, for what options were made of may change.
    this.start = {
      kind: options?.kind ?? 0,
      attributes: options?.attributes && { ...options.attributes },
      links: options?.links?.slice(),
      root: options?.root,
    } as SpanOptions;
  }
}
