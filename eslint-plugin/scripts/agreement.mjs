// Runs other projects' own test cases over the rules that stand for theirs, and prints where the two differ.
//
//   node eslint-plugin/scripts/agreement.mjs --typescript-eslint <checkout> --eslint <checkout> --n <checkout> [--show]
//
// The checkouts are only read; build the plugin first. A case counts as agreement when both find something in it, or
// neither does.
import { mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path, { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import vm from "node:vm";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import ts from "typescript";
import plugin from "../dist/esm/index.js";

const { values } = parseArgs({
  options: { "typescript-eslint": { type: "string" }, eslint: { type: "string" }, n: { type: "string" }, show: { type: "boolean" } },
});

/** Theirs, ours, and with which of our options the two ask the same question. */
const suites = [
  {
    checkout: "typescript-eslint",
    file: "packages/eslint-plugin/tests/rules/no-floating-promises.test.ts",
    rule: "no-floating-promises",
    options: { silentHandlers: "allow", lateHandlers: "allow", unusedConstants: "allow", ignoreNeverRejecting: false },
    typed: true,
  },
  {
    checkout: "typescript-eslint",
    file: "packages/eslint-plugin/tests/rules/only-throw-error.test.ts",
    rule: "no-untyped-throw",
    options: { allowThrowingAny: true, allowThrowingUnknown: true },
    typed: true,
  },
  {
    checkout: "typescript-eslint",
    file: "packages/eslint-plugin/tests/rules/prefer-promise-reject-errors.test.ts",
    rule: "no-untyped-throw",
    options: { allowThrowingAny: false, allowThrowingUnknown: false, allowRethrowing: false },
    typed: true,
  },
  { checkout: "eslint", file: "tests/lib/rules/preserve-caught-error.js", rule: "preserve-cause", options: { translations: "report" }, typed: false },
  { checkout: "n", file: "tests/lib/rules/handle-callback-err.js", rule: "no-ignored-callback-error", options: {}, typed: false },
];

const root = realpathSync(mkdtempSync(join(tmpdir(), "errspan-agreement-")));
symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(root, "node_modules"), "junction");
// Their cases name files relatively to where they are run.
const checkouts = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? path.resolve(value) : value]));
process.chdir(root);
for (const file of ["file.ts", "react.tsx"]) writeFileSync(join(root, file), "");
writeFileSync(
  join(root, "tsconfig.json"),
  JSON.stringify({
    compilerOptions: { jsx: "preserve", target: "es2015", module: "commonjs", strict: true, types: ["node"], lib: ["es2015", "es2017", "esnext"], experimentalDecorators: true, ignoreDeprecations: "6.0" },
    include: ["file.ts", "react.tsx"],
  }),
);

/** Runs a test file with a tester that only takes down its cases. */
function casesOf(file) {
  const taken = [];
  class Tester {
    run(_name, _rule, cases) {
      taken.push(cases);
    }
  }
  const tag = (strings, ...rest) => String.raw({ raw: strings.raw }, ...rest);
  const stub = new Proxy(Tester, {
    get(target, key) {
      if (key === "RuleTester" || key === "default") return target;
      if (key === "createRuleTesterWithTypes") return () => new Tester();
      if (key === "getFixturesRootDir") return () => root;
      if (key === "noFormat") return tag;
      return key === "__esModule" ? true : Reflect.get(target, key);
    },
  });
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 }, fileName: file });
  const load = vm.compileFunction(outputText, ["require", "module", "exports", "__dirname"]);
  load((name) => (/^(?:node:)?path$/.test(name) ? path : stub), { exports: {} }, {}, root);
  const plain = (one) => (typeof one === "string" ? { code: one } : one);
  return { valid: taken.flatMap(({ valid }) => valid.map(plain)), invalid: taken.flatMap(({ invalid }) => invalid.map(plain)) };
}

function reports({ code, filename, languageOptions, options }, suite) {
  const tsx = languageOptions?.parserOptions?.ecmaFeatures?.jsx === true || /\.tsx$/.test(filename ?? "");
  const known = plugin.rules[suite.rule].meta.schema[0].properties;
  const given = options?.[0] && typeof options[0] === "object" ? Object.entries(options[0]) : [];
  const theirs = Object.fromEntries(given.filter(([name]) => name in known));
  const parserOptions = { ecmaFeatures: { jsx: tsx || !suite.typed }, ...(suite.typed ? { projectService: true, tsconfigRootDir: root } : {}) };
  const config = {
    files: ["**/*.ts", "**/*.tsx"],
    linterOptions: { reportUnusedDisableDirectives: "off" },
    languageOptions: { parser, parserOptions },
    plugins: { errspan: plugin },
    rules: { [`errspan/${suite.rule}`]: ["error", { ...suite.options, ...theirs }] },
  };
  const found = new Linter({ cwd: root }).verify(code, [config], join(root, tsx ? "react.tsx" : "file.ts"));
  if (found.some(({ fatal }) => fatal)) throw new Error(found[0].message);
  return found;
}

console.log("| their rule | our rule | their valid cases flagged by us | their invalid cases missed by us |");
console.log("| --- | --- | --- | --- |");
for (const suite of suites) {
  const checkout = checkouts[suite.checkout];
  if (!checkout) continue;
  const { valid, invalid } = casesOf(join(checkout, suite.file));
  const flagged = [];
  const missed = [];
  let unreadable = 0;
  for (const [list, wanted, wrong] of [
    [valid, false, flagged],
    [invalid, true, missed],
  ]) {
    for (const one of list) {
      try {
        const found = reports(one, suite);
        if (found.length > 0 !== wanted) wrong.push({ ...one, found: found.map(({ messageId }) => messageId) });
      } catch (error) {
        // A case in a syntax that TypeScript's parser refuses.
        if (!/Parsing error/.test(String(error))) throw error;
        unreadable++;
      }
    }
  }
  const theirs = suite.file.split("/").at(-1).replace(/\.(?:test\.)?[jt]s$/, "");
  console.log(`| ${suite.checkout}/${theirs} | ${suite.rule} | ${flagged.length} of ${valid.length} | ${missed.length} of ${invalid.length} |${unreadable ? ` (${unreadable} cannot be parsed)` : ""}`);
  if (!values.show) continue;
  for (const [title, list] of [["FLAGGED", flagged], ["MISSED", missed]]) {
    for (const { code, options, found } of list) console.log(`--- ${title} ${JSON.stringify(options ?? [])} ${found.join(" ")}\n${code.trim()}\n`);
  }
}
