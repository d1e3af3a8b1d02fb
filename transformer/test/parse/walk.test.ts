import { describe, expect, it } from "vitest";
import { parseSource } from "../../src/parse/parse.js";
import { walk, walkWithinFunction } from "../../src/parse/walk.js";
import type { Node } from "../../src/parse/estree.js";

function program(source: string): Node {
  const parsed = parseSource(source, "a.ts");
  if ("reason" in parsed) throw new Error(parsed.message);
  return parsed.program;
}

describe("walking a syntax tree", () => {
  it("visits parents first, in source order, and knows the ancestors", () => {
    const names: string[] = [];
    walk(program("a(b, c => d); e;"), (node, ancestors) => {
      if (node.type === "Identifier") names.push(`${node.name}${ancestors.length}`);
    });
    expect(names).toEqual(["a3", "b3", "c4", "d4", "e2"]);
  });

  it("leaves out what the visitor turns down, and only that", () => {
    const names: string[] = [];
    walk(program("a(b(c), d); e;"), (node) => {
      if (node.type === "Identifier") names.push(node.name);
      return !(node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "b");
    });
    expect(names).toEqual(["a", "d", "e"]);
  });

  it("stays in a function where asked to", () => {
    const body = program("function f(a = () => b) { c; function g() { d; } class E { m() { h; } } }");
    const [outer] = body.type === "Program" ? body.body : [];
    const names: string[] = [];
    if (outer) {
      walkWithinFunction(outer, (node) => {
        if (node.type === "Identifier") names.push(node.name);
      });
    }
    expect(names).toEqual(["f", "a", "c", "E", "m"]);
  });

  it("needs no stack of its own for deep trees", () => {
    let depth = 0;
    walk(program(`x = ${"1 + ".repeat(15_000)}1`), (_, ancestors) => {
      depth = Math.max(depth, ancestors.length);
    });
    expect(depth).toBeGreaterThan(15_000);
  });
});
