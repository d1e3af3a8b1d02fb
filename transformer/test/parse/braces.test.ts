import { describe, expect, it } from "vitest";
import { Braces } from "../../src/parse/braces.js";

/** What the class answers by its table, found by looking at every character. */
function holds(text: string): boolean {
  return text.includes("{") || text.includes("=>");
}

describe("where a function or class can be", () => {
  it.each([
    "",
    "{",
    "=>",
    "plain(text, without, any);",
    "const total = orders.map((order) => order.total).filter(Boolean); // and what follows is long and has none",
    "a{b}c=>d = > e ={ f\u{1f600}{g}".repeat(3),
    `${"x".repeat(31)}=>${"y".repeat(31)}{${"z".repeat(80)}`,
  ])("is told of every stretch of %j", (text) => {
    const braces = new Braces(text);
    for (let start = 0; start <= text.length; start++) {
      for (let end = start; end <= text.length; end++) {
        // An arrow counts from where it begins: no function ends between its two characters.
        const stretch = text.slice(start, end) + (text.startsWith("=>", end - 1) && end > start ? ">" : "");
        expect(braces.mayHoldFunction({ start, end }), JSON.stringify(stretch)).toBe(holds(stretch));
      }
    }
  });
});
