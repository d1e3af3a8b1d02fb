// The hosts whose versions are tried: what is installed, and the steps that build and
// run the fixture's program: each has to succeed, and what is read of its output to be what is expected, which may depend
// on what the step before has printed.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { spansIn } from "../next/server.ts";
import {
  bundlersSpans,
  compiledPlaces,
  compiledSpans,
  nestPlaces,
  nestSpans,
  nextSpans,
  testedPlaces,
  testedSpans,
  withoutColumns,
  withoutRuntime,
} from "../spans.ts";

/** Places of the sources in stack traces; a path with two directories of that name is one that was put together wrongly. */
const placesIn = (text) => [...text.matchAll(/\((?:(?!\/src\/).)*\/src\/([^()]+:\d+:\d+)\)/g)].map(([, place]) => place);
const linesOf = (text) => text.trim().split("\n");

/** A bundler's program prints its spans to standard error, in the order in which they end, and its stack traces to standard output. */
function bundler(name, packageName, versions, beside = []) {
  const exact = withoutColumns.includes(name) ? (place) => place.replace(/:\d+$/, "") : (place) => place;
  return {
    id: name,
    package: packageName,
    versions,
    fixtures: ["bundlers"],
    beside: () => beside,
    steps: [
      { command: `node build.js ${name}` },
      { command: `node --enable-source-maps dist/${name}/plain/main.js` },
      {
        command: `node --enable-source-maps dist/${name}/traced/main.js`,
        read: ({ stdout, stderr }) => [...linesOf(stderr), ...placesIn(stdout).map(exact)],
        // Which place of a statement is the one that waits is the bundler's affair.
        expected: (plain) => [...bundlersSpans, ...placesIn(withoutRuntime(plain.stdout)).map(exact)],
      },
    ],
  };
}

/** The program of fixtures/compiled. */
const compiledRun = {
  command: "node --enable-source-maps dist/main.js",
  read: ({ stdout, stderr }) => [...linesOf(stderr).sort(), ...placesIn(stdout)],
  expected: () => [...compiledSpans, ...compiledPlaces],
};

/** What a test runner prints to standard error. */
const testRun = (command, variables = {}) => ({
  command,
  variables,
  read: ({ stderr }) => {
    const ofSort = (word) => linesOf(stderr).filter((line) => line.startsWith(`${word} `));
    return [...ofSort("span").map((line) => line.slice(5)), ...placesIn(ofSort("stack").join("\n"))];
  },
  expected: () => [...testedSpans, ...testedPlaces],
});

/** A framework on Vite: set up by `errspan init`, built, and asked for its page. */
function framework(name, packageName, version, beside, build, server, functions) {
  const page = fileURLToPath(new URL("page.mjs", import.meta.url));
  return {
    id: name,
    package: packageName,
    versions: [version],
    fixtures: [`frameworks/${name}`],
    beside: () => beside,
    steps: [
      { command: "node node_modules/@errspan/transformer/bin/errspan.js init --yes" },
      { command: `node node_modules/${build}` },
      {
        command: `node "${page}" ${server}`,
        read: ({ stdout }) => [...stdout.matchAll(/([✓✗]) {2}(\S+(?: \S+)*) {2}[\d.]+ \w+ {2}(\S+)/g)].map(([, ...parts]) => parts.join(" ")).sort(),
        expected: () => functions.toSorted(),
      },
    ],
  };
}

/** The settings of fixtures/rollup-typescript for versions of that plugin that take no function for all transformers. */
const eachTransformer = readFileSync(new URL("../../../fixtures/rollup-typescript/rollup.config.js", import.meta.url), "utf8").replace(
  "(program) => ({ before: [errspan(program)] })",
  '{ before: [{ type: "program", factory: (program) => errspan(program) }] }',
);

/** The ts-patch that goes with a compiler. */
const tsPatch = (version) => (version.startsWith("5.") ? "ts-patch@3" : "ts-patch@4");

export const hosts = [
  {
    id: "tspc",
    name: "TypeScript, tspc",
    package: "typescript",
    versions: ["5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "6.0"],
    fixtures: ["compiled"],
    beside: (version) => ["@types/node", tsPatch(version)],
    files: () => ({ "tsconfig.traced.json": '{ "extends": "./tsconfig.json", "compilerOptions": { "plugins": [{ "transform": "@errspan/transformer" }] } }' }),
    steps: [{ command: "node node_modules/ts-patch/bin/tspc.js -p tsconfig.traced.json" }, compiledRun],
  },
  {
    id: "build",
    name: "TypeScript, errspan build",
    package: "typescript",
    versions: ["5.4", "5.9", "6.0", "7.0"],
    fixtures: ["compiled"],
    beside: () => ["@types/node"],
    steps: [{ command: "node node_modules/@errspan/transformer/bin/errspan.js build" }, compiledRun],
  },
  { name: "Vite", ...bundler("vite", "vite", ["5.0.0", "5", "6.0.0", "6", "7.0.0", "7", "8.0.0", "8"]) },
  { name: "Rollup", ...bundler("rollup", "rollup", ["3.0.0", "3", "4.0.0", "4"], ["@rollup/plugin-commonjs", "esbuild"]) },
  { name: "Rolldown", ...bundler("rolldown", "rolldown", ["1.0.0", "1"]) },
  { name: "webpack", ...bundler("webpack", "webpack", ["5.61.0", "5"], ["esbuild"]) },
  { name: "webpack's loader in webpack", ...bundler("webpack-loader", "webpack", ["5.61.0", "5"], ["esbuild"]) },
  { name: "Rspack", ...bundler("rspack", "@rspack/core", ["1.0.0", "1", "2.0.0", "2"]) },
  { name: "webpack's loader in Rspack", ...bundler("rspack-loader", "@rspack/core", ["1.0.0", "1", "2.0.0", "2"], ["esbuild"]) },
  { name: "esbuild", ...bundler("esbuild", "esbuild", ["0.18.0", ...[18, 19, 20, 21, 22, 23].map((minor) => `0.${minor}`), "0.24.0", ...[25, 26, 27, 28].map((minor) => `0.${minor}`)]) },
  { name: "Farm", ...bundler("farm", "@farmfe/core", ["1.3.0", "1.3", "1.4", "1.6", "1.7.1", "1.7"], ["esbuild"]) },
  { name: "Bun", ...bundler("bun", "bun", ["1.2.22", "1.2", "1.3", "1.4"]) },
  {
    id: "next",
    name: "Next.js, Turbopack and webpack",
    package: "next",
    versions: ["16.0.0", "16"],
    fixtures: ["next"],
    beside: () => ["react", "react-dom", "@types/react", "@types/node", "typescript@6"],
    steps: [
      { command: "node node_modules/@errspan/transformer/bin/errspan.js init --yes" },
      ...["", " --webpack"].flatMap((option) => [
        { command: `node node_modules/next/dist/bin/next build${option}`, variables: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" } },
        { command: `node "${fileURLToPath(new URL("next.mjs", import.meta.url))}"`, read: ({ stdout }) => spansIn(stdout), expected: () => nextSpans },
      ]),
    ],
  },
  {
    name: "Astro",
    ...framework("astro", "astro", "7", ["@astrojs/node"], "astro/bin/astro.mjs build", "dist/server/entry.mjs", [
      "✓ loadOrder src/lib/orders.ts:2:8",
      "✗ loadOrder src/lib/orders.ts:2:8",
    ]),
  },
  {
    name: "Nuxt",
    ...framework("nuxt", "nuxt", "4", ["vue"], "nuxt/bin/nuxt.mjs build", ".output/server/index.mjs", [
      "✓ loadOrder server/utils/orders.ts:2:8",
      "✗ loadOrder server/utils/orders.ts:2:8",
      "✓ twice app/twice.ts:2:8",
    ]),
  },
  {
    name: "SvelteKit",
    ...framework(
      "sveltekit",
      "@sveltejs/kit",
      "2",
      ["@sveltejs/adapter-node", "@sveltejs/vite-plugin-svelte", "svelte", "typescript@6", "vite"],
      "vite/bin/vite.js build",
      "build/index.js",
      ["✓ load src/routes/+page.server.ts:4:8", "✓ loadOrder src/lib/orders.ts:2:8", "✗ loadOrder src/lib/orders.ts:2:8"],
    ),
  },
  {
    name: "React Router",
    ...framework(
      "react-router",
      "@react-router/dev",
      "8",
      ["@react-router/node", "@react-router/serve", "@types/node", "isbot@5", "react", "react-dom", "react-router", "typescript@6", "vite"],
      "@react-router/dev/bin.cjs build",
      "node_modules/@react-router/serve/bin.cjs build/server/index.js",
      ["✓ home page app/routes/home.tsx:9:16", "✓ loader app/routes/home.tsx:4:8", "✓ loadOrder app/orders.ts:2:8", "✗ loadOrder app/orders.ts:2:8"],
    ),
  },
  {
    id: "jest",
    name: "Jest with Babel, ts-jest 29, swc",
    package: "jest",
    versions: ["29.0.0", "29", "30.0.0", "30"],
    fixtures: ["jest"],
    beside: (version) => [
      `babel-jest@${version}`,
      "ts-jest",
      "typescript@6",
      "@types/node",
      "@babel/core",
      "@babel/plugin-transform-modules-commonjs",
      "@babel/preset-typescript",
      "@swc/core",
      "@swc/jest",
    ],
    steps: ["babel", "ts-jest", "swc"].map((name) => testRun("node node_modules/jest/bin/jest.js --runInBand", { TRANSFORM: name })),
  },
  {
    id: "vitest",
    name: "Vitest",
    package: "vitest",
    // With our plugin or without: 3.0.0 does not load the packages of OpenTelemetry, 4.0.0 no provider of coverage beside Vite 7.3.
    // npm 11 itself falls over "4" for both packages, not over the newest of it by its number.
    versions: ["3.0.1", "3", "4.0", "4.1.12", "5.0.0", "5"],
    fixtures: ["vitest"],
    lent: ["jest/src/checkout.ts", "jest/src/spans.ts", "jest/errspan.config.json"],
    beside: (version) => [`@vitest/coverage-v8@${version}`, "@types/node"],
    steps: [testRun("node node_modules/vitest/vitest.mjs run")],
  },
  {
    id: "nest",
    name: "Nest CLI",
    package: "@nestjs/cli",
    versions: ["10.0.0", "10", "11.0.0", "11", "12.0.0", "12"],
    fixtures: ["nest"],
    lent: ["compiled/src/spans.ts"],
    beside: (version) => {
      const major = Number.parseInt(version, 10);
      const typescript = `typescript@${major < 12 ? "5.9" : "6"}`;
      return [`@nestjs/common@${major}`, `@nestjs/core@${major}`, "reflect-metadata", "rxjs", "@types/node", typescript];
    },
    steps: [
      { command: "node node_modules/@nestjs/cli/bin/nest.js build" },
      {
        command: "node --enable-source-maps dist/main.js",
        read: ({ stdout, stderr }) => [...linesOf(stderr), ...placesIn(stdout)],
        expected: () => [...nestSpans, ...nestPlaces],
      },
    ],
  },
  {
    id: "ts-loader",
    name: "ts-loader",
    package: "ts-loader",
    versions: ["9.0.0", "9"],
    fixtures: ["compiled", "ts-loader"],
    beside: () => ["webpack", "typescript@6", "@types/node"],
    steps: [{ command: "node build.cjs" }, compiledRun],
  },
  {
    id: "rollup-typescript",
    name: "Rollup's TypeScript plugin",
    package: "@rollup/plugin-typescript",
    versions: ["11.1.0", "11", "12.0.0", "12.1.0", "12.2", "12"],
    fixtures: ["compiled", "rollup-typescript"],
    // A function for all transformers is taken from 12.1 on; before that, and after, there is one for each.
    files: (version) => (/^(?:11|12\.0)/.test(version) ? { "rollup.config.js": eachTransformer } : {}),
    beside: (version) => [version.startsWith("11") ? "rollup@3" : "rollup", "tslib", "typescript@6", "@types/node"],
    steps: [{ command: "node node_modules/rollup/dist/bin/rollup -c" }, compiledRun],
  },
];
