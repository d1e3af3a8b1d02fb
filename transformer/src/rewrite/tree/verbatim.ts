import type ts from "typescript";

/**
 * Code as one node, which the compiler prints as it stands. As many nodes as the code has parts, each of which is made,
 * looked at by every transformer and printed by itself, are most of what tracing a small function costs. Only for code
 * in which nothing is the user's, that a module system would rename, and nothing is newer than the oldest target.
 */
export function verbatim(factory: ts.NodeFactory, code: string): ts.Expression {
  return factory.createIdentifier(code);
}
