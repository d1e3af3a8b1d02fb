import { describe, expect, it } from "vitest";
import type { ModuleFormat } from "../../../src/plan/plan.js";
import { rewritten } from "./rewriting.js";

const f = "function f() { return a }";

/** What the rewriter put in front, and the text before and after it. */
function around(source: string, format: ModuleFormat = "module", filename?: string): string {
  return rewritten(source, format, filename)
    .replace('import * as __errspan from "@errspan/runtime/emit";var __errspan_0;', "«import»")
    .replace(/var __errspan=require\("@errspan\/runtime\/emit"\),__errspan_\d+;/, "«require»")
    .replace(/function f\(\) \{.*/s, "f");
}

describe("the helpers are brought in", () => {
  it("by an import in ES modules and by a require in CommonJS and scripts", () => {
    expect(around(f)).toBe("«import»f");
    expect(around(f, "commonjs")).toBe("«require»f");
    expect(around(f, "script")).toBe("«require»f");
  });

  it("with records of its own for each script, as scripts share their globals", () => {
    const records = (format: ModuleFormat): (string | undefined)[] =>
      ["a.js", "lib/a.js", "b.js"].map((filename) => /emit"\)?[,;](?:var )?(\w+);/.exec(rewritten(f, format, filename))?.[1]);
    expect(new Set(records("script")).size).toBe(3);
    expect(new Set(records("commonjs"))).toEqual(new Set(["__errspan_0"]));
    expect(new Set(records("module"))).toEqual(new Set(["__errspan_0"]));
  });

  it.each<[where: string, source: string, output: string]>([
    ["a shebang", `#!/usr/bin/env node\n${f}`, "#!/usr/bin/env node\n«import»f"],
    ["a license", `/*! license */\n// more\n\n${f}`, "/*! license */\n// more\n\n«import»f"],
    ["a directive", `"use client";\n${f}`, '"use client";«import»\nf'],
    ["a directive ended by its line break", `'use client'\n${f}`, "'use client';«import»\nf"],
    ["a directive with a comment behind it", `'use client' // a\n${f}`, "'use client';«import» // a\nf"],
    ["several directives", `'use strict'; 'use client'\n;${f}`, "'use strict'; 'use client'\n;«import»f"],
  ])("behind %s", (_where, source, output) => {
    expect(around(source)).toBe(output);
  });

  it("before the module's own imports, so that the runtime is loaded first", () => {
    expect(around(`import "a";\n${f}`)).toBe('«import»import "a";\nf');
  });

  it("before what is no directive, though it looks like one", () => {
    expect(around(`('use strict')\n${f}`, "script")).toBe("«require»('use strict')\nf");
    expect(around(`'use strict' + a\n${f}`, "script")).toBe("«require»'use strict' + a\nf");
    expect(around(`'use strict'\n(a)\n${f}`, "script")).toBe("«require»'use strict'\n(a)\nf");
  });

  it("behind a byte order mark", () => {
    expect(around(`\uFEFF${f}`)).toBe("\uFEFF«import»f");
  });

  it("under a name that occurs nowhere in the file", () => {
    expect(rewritten(`const __errspan = "__errspan2_s"; ${f}`, "module")).toContain("import * as __errspan3 from");
    expect(rewritten(`const \\u005f_errspan_s = 1; ${f}`, "module")).toContain("import * as __errspan2 from");
  });

  it("with one variable for all functions of one text that are only used as text", () => {
    expect(rewritten("const o = { [() => 1]: 2 }; o[() => 1]", "module")).toContain("var __errspan_0;const");
  });
});
