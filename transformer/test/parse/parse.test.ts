import { describe, expect, it } from "vitest";
import { languageOf } from "../../src/parse/language.js";
import { parseSource } from "../../src/parse/parse.js";

describe("the language of a file", () => {
  it.each([
    ["a.ts", "ts"],
    ["a.mts", "ts"],
    ["a.CTS", "ts"],
    ["a.tsx", "tsx"],
    ["a.js", "jsx"],
    ["a.mjs", "jsx"],
    ["a", "jsx"],
    ["a.d.ts", "dts"],
    ["a.d.css.ts", "dts"],
    ["dir.d.ts/a.ts", "ts"],
    ["a.ts?v=1", "ts"],
    ["\0a.tsx#hash", "tsx"],
    ["C:\\a.b\\c", "jsx"],
  ])("of %s is %s", (filename, language) => {
    expect(languageOf(filename)).toBe(language);
  });
});

describe("parsing", () => {
  it("gives no nodes for parentheses", () => {
    const parsed = parseSource("(((a)));", "a.js");
    expect("program" in parsed && parsed.program.body[0]).toMatchObject({ expression: { type: "Identifier", start: 3, end: 4 } });
  });

  it("gives the comments, the shebang among them", () => {
    const parsed = parseSource("#!/bin/node\n// a\n/** b */", "a.js");
    expect("comments" in parsed && parsed.comments.map(({ value }) => value)).toEqual(["/bin/node", " a", "* b "]);
  });

  it("takes a shebang behind a byte order mark, as Node does, and every place stays where it is", () => {
    const parsed = parseSource("\ufeff#!/bin/node\r\nf();", "a.mjs");
    expect("program" in parsed && parsed.program.body[0]).toMatchObject({ start: 14, end: 18 });
  });

  it.each([
    ["HTML comments of old scripts", "<!-- a\nf()\n--> b", "a.js"],
    ["JSX in plain JavaScript", "<a>{b}</a>", "a.js"],
    ["decorators", "@a class B { @c d() {} }", "a.js"],
    ["explicit resource management", "await using a = b();", "a.mjs"],
    ["type assertions", "const a = <B>c;", "a.ts"],
    ["names that are words elsewhere", "var await = 1, yield_ = let_;", "a.js"],
    ["top-level return", "return 1;", "a.js"],
  ])("reads %s", (_, source, filename) => {
    expect(parseSource(source, filename)).toHaveProperty("program");
  });

  it("counts in UTF-16 units, also where errors are", () => {
    expect(parseSource("'äöü€😀'; f(;", "a.mjs")).toMatchObject({ reason: "syntax", offset: 12 });
  });
});
