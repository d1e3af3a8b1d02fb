import { describe, expect, it } from "vitest";
import * as caught from "./cases/caught.js";
import * as chained from "./cases/chained.js";
import * as floating from "./cases/floating.js";
import * as listeners from "./cases/listeners.js";
import * as outcomes from "./cases/outcomes.js";
import * as spans from "./cases/spans.js";
import * as thrown from "./cases/thrown.js";
import { lintWith } from "./lint.js";

const families = { caught, chained, floating, listeners, outcomes, spans, thrown };
const isOurs = ({ rule }: { rule: string }): boolean => rule.startsWith("errspan/") || rule === "fatal";

for (const [family, { lost, sound }] of Object.entries(families)) {
  const tsx = family === "caught";
  describe(`${family}: errors that get lost`, () => {
    for (const [name, code] of Object.entries(lost)) {
      it(`finds ${name}`, () => {
        const found = lintWith("strict-type-checked", code, { tsx });
        expect(found.map(({ rule }) => rule)).not.toContain("fatal");
        expect(found.filter(isOurs)).not.toEqual([]);
      });
    }
  });

  describe(`${family}: sound code`, () => {
    for (const [name, code] of Object.entries(sound)) {
      it(`leaves ${name} alone`, () => {
        for (const config of ["strict-type-checked", "strict", "recommended-type-checked", "recommended"] as const) {
          expect({ config, found: lintWith(config, code, { tsx }).filter(isOurs) }).toEqual({ config, found: [] });
        }
      });
    }
  });
}

describe("recommended, without types", () => {
  it("finds at least three quarters of the lost errors", () => {
    const all = Object.entries(families).flatMap(([family, { lost }]) =>
      Object.entries(lost).map(([name, code]) => ({ name: `${family}: ${name}`, code, tsx: family === "caught" })),
    );
    const missed = all.filter(({ code, tsx }) => lintWith("recommended", code, { tsx }).filter(isOurs).length === 0);
    if (process.env["SHOW_MISSED"]) console.log(missed.map(({ name }) => name));
    expect(1 - missed.length / all.length).toBeGreaterThanOrEqual(0.75);
  });
});
