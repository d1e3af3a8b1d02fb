import type { Node } from "./syntax.js";

/** `for (;;)`, `while (true)`: left only from within. */
export function isEndless(loop: Node): boolean {
  if (loop.type === "ForStatement") return !loop.test;
  return (loop.type === "WhileStatement" || loop.type === "DoWhileStatement") && loop.test.type === "Literal" && loop.test.value === true;
}
