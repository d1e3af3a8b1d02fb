import errspan from "@errspan/eslint-plugin";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  // Programs that tests compile are not ours to style, and the order service is lint itself by `npm start`.
  globalIgnores(["**/dist/", "**/node_modules/", "fixtures/", "test/conformance/programs/", "test/hosts/fixtures/", "eslint-plugin/test/corpus/cases/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.js", "**/*.mjs"],
    extends: [tseslint.configs.strict],
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // We guard against what the types deny: hostile errors, trees of other versions, callers without types.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // Several versions of TypeScript, ESLint and OpenTelemetry are supported, the old ones by what is deprecated now.
      "@typescript-eslint/no-deprecated": "off",
      // Syntax trees are compared with the names of their nodes, as ESTree has them.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    files: ["runtime/**/*.ts"],
    rules: {
      // Intrinsics are taken off their prototypes, so that a program that patches them later does not matter.
      "@typescript-eslint/unbound-method": "off",
      // What awaiting any value does is this package's subject.
      "@typescript-eslint/await-thenable": "off",
      // What was thrown, or what a signal was aborted with, is passed on as it is, whatever it is.
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
    },
  },
  {
    // Programs in tests are there to be traced: async without an await, throwing anything.
    files: ["runtime/test/**/*.ts", "runtime/bench/**/*.ts"],
    rules: {
      "@typescript-eslint/require-await": "off",
      // Asymmetric matchers, mocks and parsed JSON are any.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
  {
    // Our own rules at their strictest for what is published.
    files: ["{runtime,transformer,eslint-plugin}/src/**/*.ts", "scripts/*.ts"],
    plugins: { errspan },
    extends: ["errspan/strict-type-checked"],
    rules: {
      // What users threw is passed on as it is, whatever it is.
      "errspan/no-untyped-throw": ["error", { allowThrowingAny: true, allowThrowingUnknown: true }],
    },
  },
);
