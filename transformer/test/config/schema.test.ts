import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONFIG_SCHEMA } from "../../src/config/schema.js";
import { validateConfig } from "../../src/config/validate.js";

const ajv = new Ajv({ strict: true, allowUnionTypes: true });

// Values that are often right, and often just beside it.
const word = fc.constantFrom("all", "exported", "methods", "", "src/**", "!x", "client", "server", "a.b", "name");
const scalar = fc.oneof(word, fc.boolean(), fc.integer(), fc.constant(null));
const words = fc.oneof(fc.array(word, { maxLength: 3 }), fc.array(scalar, { maxLength: 3 }), scalar);
const record = (keys: string[], value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.dictionary(fc.constantFrom(...keys, "fils", "__proto__", "constructor"), value, { maxKeys: 5 });
const options = record(
  ["name", "kind", "attributes", "args", "skip", "ret", "root", "span"],
  fc.oneof(words, record(["order.id"], words)),
);
const selector = record(["files", "exclude", "functions", "names", "classes", "options"], fc.oneof(words, options));
const config = fc.oneof(
  record(["$schema", "select", "include", "exclude"], fc.oneof(words, fc.array(selector, { maxLength: 3 }))),
  fc.json().map((text): unknown => JSON.parse(text)),
);

describe("the JSON Schema of the config", () => {
  // After a change to the schema: npx vitest run transformer/test/config -u
  it("is published as schema.json", async () => {
    const schema = { $schema: "http://json-schema.org/draft-07/schema#", title: "errspan", ...CONFIG_SCHEMA };
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot("../../schema.json");
  });

  it("accepts the same configs as errspan itself", () => {
    const accepts = ajv.compile(CONFIG_SCHEMA);
    const seen = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(config, (value) => {
        const valid = accepts(value);
        seen[valid ? "valid" : "invalid"]++;
        expect(validateConfig(value).length === 0, JSON.stringify(value)).toBe(valid);
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(50);
  });

  it("describes every key, for editors to show", () => {
    const undescribed: string[] = [];
    const look = (schema: typeof CONFIG_SCHEMA, path: string): void => {
      for (const [key, inner] of Object.entries(schema.properties ?? {})) {
        if (inner.description === undefined) undescribed.push(`${path}.${key}`);
        look(inner, `${path}.${key}`);
      }
      if (schema.items) look(schema.items, `${path}[]`);
    };
    look(CONFIG_SCHEMA, "");
    expect(undescribed).toEqual([]);
  });
});
