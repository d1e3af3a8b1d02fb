import { expect, it } from "vitest";
import { Child } from "./harness/child.js";
import { differences } from "./harness/differential.js";
import { readPrograms } from "./harness/program.js";
import type { Mutation } from "./mutations/mutation.js";
import { mutations } from "./mutations/list.js";

/** The first program that behaves differently under a mutation, by each of its rewriters. */
async function noticed({ programs, rewriters, runtime }: Mutation): Promise<readonly (string | undefined)[]> {
  const child = new Child(runtime?.());
  const found: (string | undefined)[] = [];
  for (const rewriter of rewriters) {
    let title: string | undefined;
    for (const program of programs.flatMap(readPrograms)) {
      if ((await differences(program, [rewriter], child)).length === 0) continue;
      title = program.title;
      break;
    }
    found.push(title);
  }
  await child.stop();
  return found;
}

it.each(mutations)("notices $name", async (mutation) => {
  const titles = await noticed(mutation);
  expect(titles).not.toContain(undefined);
}, 300_000);
