import { afterAll, describe, expect, it } from "vitest";
import { Child } from "./child.js";
import { differences, report } from "./differential.js";
import { readPrograms } from "./program.js";
import { textRewriter, treeRewriter } from "./rewriters.js";

/** One test for each program of the given files: rewritten, by either rewriter, it does what it did. */
export function behavesTheSame(files: readonly string[]): void {
  const child = new Child();
  const rewriters = [textRewriter(), treeRewriter()];
  afterAll(() => child.stop());
  describe.each(files)("%s", (file) => {
    it.each(readPrograms(file))("$title", async (program) => {
      const found = await differences(program, rewriters, child);
      expect(found, report(found)).toEqual([]);
    });
  });
}
