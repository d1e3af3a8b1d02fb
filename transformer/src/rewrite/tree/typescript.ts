import type ts from "typescript";

/** The compiler a host hands to its transformers. This package never loads one by itself. */
export type TypeScript = typeof ts;
