import { chmodSync, lstatSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { parseSource } from "../../src/parse/parse.js";
import { sandbox } from "./command.js";
import type { Sandbox } from "./command.js";

let box: Sandbox | undefined;
afterEach(() => box?.remove());

const installed = (name: string, version: string): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version }),
});
const manifest = (contents: object): Record<string, string> => ({ "package.json": `${JSON.stringify(contents, null, 2)}\n` });
const TS6 = { ...installed("typescript", "6.0.3"), ...manifest({ type: "module", scripts: { build: "tsc" }, devDependencies: { typescript: "^6.0.3" } }) };
const FLAT = { "eslint.config.js": "export default [];\n" };

it("errspan init leaves the compiler out of a package of a workspace that is plain JavaScript", async () => {
  box = sandbox({ ...installed("typescript", "6.0.3"), "packages/a/package.json": '{ "scripts": { "start": "node index.js" } }\n', "packages/a/index.js": "" });
  const { code } = await box.in(join(box.directory, "packages/a"), "init", "--yes");
  expect([code, box.list().includes("packages/a/tsconfig.json")]).toEqual([0, false]);
  expect(box.read("packages/a/package.json")).toContain("--import @errspan/transformer/register index.js");
});

describe("errspan init, by what it finds", () => {
  interface State {
    readonly files: Record<string, string>;
    /** Texts of the changes, by file. */
    readonly then: Record<string, RegExp>;
    readonly says?: RegExp;
  }
  it.each<[what: string, state: State]>([
    [
      "an empty directory",
      {
        files: {},
        then: {
          "package.json": /"type": "module",\n {2}"scripts": \{\n {4}"build": "tspc",\n {4}"lint": "eslint \."\n {2}\}/,
          "tsconfig.json": /"plugins": \[\{ "transform": "@errspan\/transformer" \}\]/,
          "src/telemetry.ts": /ConsoleSpanExporter/,
          "errspan.config.json": /"select": \[\]/,
          "eslint.config.js": /errspan\/recommended-type-checked/,
        },
        says: /npm install --save-dev @errspan\/transformer ts-patch typescript@6 @types\/node @errspan\/eslint-plugin eslint typescript-eslint\n/,
      },
    ],
    [
      "TypeScript 6, compiled with tsc",
      {
        files: { ...TS6, "tsconfig.json": '{\n  // Ours.\n  "compilerOptions": {\n    "rootDir": "src",\n    "outDir": "./out/" // built\n  }\n}\n' },
        then: {
          "tsconfig.json": /^\{\n {2}\/\/ Ours\.\n {2}"compilerOptions": \{\n {4}"rootDir": "src",\n {4}"outDir": "\.\/out\/", \/\/ built\n {4}"plugins": \[\{ "transform": "@errspan\/transformer" \}\]\n {2}\}\n\}\n$/,
          "package.json": /"build": "tspc"/,
          "src/telemetry.ts": /register/,
        },
        says: /npm install --save-dev @errspan\/transformer ts-patch @errspan/,
      },
    ],
    [
      "TypeScript 5, with a list of plugins, type checks and a program to start",
      {
        files: {
          ...installed("typescript", "5.9.2"),
          ...manifest({ scripts: { build: "rimraf dist && npx tsc -p .", check: "tsc --noEmit", start: "node dist/main.js" } }),
          "tsconfig.json": '{ "compilerOptions": { "rootDir": "src", "outDir": "dist", "plugins": [ { "name": "next" }, ] } }',
        },
        then: {
          "tsconfig.json": /"plugins": \[ \{ "transform": "@errspan\/transformer" \}, \{ "name": "next" \}, \]/,
          "package.json": /"build": "rimraf dist && npx tspc -p \.",\n {4}"check": "tsc --noEmit",\n {4}"start": "node --import \.\/dist\/telemetry\.js dist\/main\.js"/,
          "eslint.config.mjs": /typescript-eslint/,
        },
        says: /ts-patch@3 /,
      },
    ],
    [
      "TypeScript 7",
      {
        files: { ...installed("typescript", "7.0.2"), ...manifest({ scripts: { build: "tsc -p tsconfig.json" }, devDependencies: { typescript: "7" } }), "tsconfig.json": "{}" },
        then: { "package.json": /"build": "errspan build -p tsconfig\.json"/, ".oxlintrc.json": /"extends": \["\.\/node_modules\/@errspan\/eslint-plugin\/oxlintrc\.json"\]/ },
        says: /install --save-dev @errspan\/transformer @errspan\/eslint-plugin oxlint\n/,
      },
    ],
    [
      "TypeScript 7 and a build of several projects",
      {
        files: { ...installed("typescript", "7.0.2"), ...manifest({ scripts: { build: "tsc -b", watch: "tsc -w && echo" } }), "tsconfig.json": "{}" },
        then: { "package.json": /"build": "tsc -b",\n {4}"watch": "errspan build -w && echo"/ },
        says: /By hand: "tsc -b" gives tsc options that errspan build does not take\. Rewrite what it emits:\n\n {4}tsc -b && errspan instrument dist\n/,
      },
    ],
    [
      "project references",
      {
        files: { ...TS6, "tsconfig.json": '{ "files": [], "references": [{ "path": "./a" }] }', "a/tsconfig.json": "{}" },
        then: { "package.json": /tspc/ },
        says: /By hand: tsconfig\.json only refers to other projects\./,
      },
    ],
    [
      "Vite, with pnpm",
      {
        files: {
          ...manifest({ packageManager: "pnpm@11.2.0", scripts: { build: "tsc --noEmit && vite build" }, devDependencies: { vite: "8", oxlint: "1" } }),
          "vite.config.ts": "import { defineConfig } from 'vite'\nimport react from '@vitejs/plugin-react'\n\nexport default defineConfig({\n  plugins: [react()],\n})\n",
          ".oxlintrc.json": '{\n\t"rules": {}\n}\n',
        },
        then: {
          "vite.config.ts": /^import \{ defineConfig \} from 'vite'\nimport react from '@vitejs\/plugin-react'\nimport errspan from '@errspan\/transformer\/vite'\n\nexport default defineConfig\(\{\n {2}plugins: \[errspan\(\), react\(\)\],\n\}\)\n$/,
          ".oxlintrc.json": /^\{\n\t"rules": \{\},\n\t"extends": \[".*"\]\n\}\n$/,
        },
        says: /pnpm add -D @errspan\/transformer @errspan\/eslint-plugin\n[^]*|By hand: No OpenTelemetry SDK is installed/,
      },
    ],
    [
      "Astro, whose config holds one of Vite",
      {
        files: {
          ...manifest({ scripts: { build: "astro build" }, dependencies: { astro: "7" } }),
          "astro.config.mjs": "import node from '@astrojs/node';\nimport { defineConfig } from 'astro/config';\n\nexport default defineConfig({\n  adapter: node(),\n  vite: { server: {} },\n});\n",
        },
        then: {
          "astro.config.mjs": /^import node from '@astrojs\/node';\nimport \{ defineConfig \} from 'astro\/config';\nimport errspan from '@errspan\/transformer\/vite';\n\nexport default defineConfig\(\{\n {2}adapter: node\(\),\n {2}vite: \{ plugins: \[errspan\(\)\], server: \{\} \},\n\}\);\n$/,
        },
        says: /traced by a plugin of Vite, which astro runs\.[^]*NodeTracerProvider/,
      },
    ],
    [
      "Nuxt, which has Nitro bundle its server",
      {
        files: {
          ...installed("typescript", "6.0.3"),
          ...manifest({ scripts: { build: "nuxt build" }, dependencies: { nuxt: "4" }, devDependencies: { typescript: "6" } }),
          "nuxt.config.ts": "export default defineNuxtConfig({\n  devtools: { enabled: true },\n  vite: {\n    plugins: [other()],\n  },\n})\n",
        },
        then: {
          "nuxt.config.ts": /^import errspan from ["']@errspan\/transformer\/vite["'];\nimport errspanPlugin from ["']@errspan\/transformer\/rollup["'];\n\nexport default defineNuxtConfig\(\{\n {2}nitro: \{ rollupConfig: \{ plugins: \[errspanPlugin\(\)\] \} \},\n {2}devtools: \{ enabled: true \},\n {2}vite: \{\n {4}plugins: \[errspan\(\), other\(\)\],\n {2}\},\n\}\)\n$/,
        },
      },
    ],
    [
      "Nuxt with a config that is put together elsewhere",
      {
        files: { ...manifest({ scripts: { build: "nuxt build" }, dependencies: { nuxt: "4" } }), "nuxt.config.ts": "export default made();\n" },
        then: {},
        says: /import errspan from "@errspan\/transformer\/vite";\n {4}import errspanPlugin from "@errspan\/transformer\/rollup";\n\n {4}vite: \{ plugins: \[errspan\(\)\] \},\n {4}nitro: \{ rollupConfig: \{ plugins: \[errspanPlugin\(\)\] \} \}\n/,
      },
    ],
    [
      "React Router, which runs Vite and checks types with tsc",
      {
        files: {
          ...TS6,
          ...manifest({ scripts: { build: "react-router build", start: "react-router-serve ./build/server/index.js", typecheck: "react-router typegen && tsc" }, devDependencies: { "@react-router/dev": "8", typescript: "6", vite: "8" } }),
          "tsconfig.json": '{ "compilerOptions": { "noEmit": true } }',
          "vite.config.ts": 'import { defineConfig } from "vite";\n\nexport default defineConfig({ plugins: [reactRouter()] });\n',
        },
        then: { "vite.config.ts": /plugins: \[errspan\(\), reactRouter\(\)\]/ },
        says: /Install @opentelemetry\/sdk-trace-node, and run this before everything else[^]*npm install @errspan\/runtime @opentelemetry\/api@1\.9\n/,
      },
    ],
    [
      "a Vite config that is for Vitest, beside tsc",
      {
        files: { ...TS6, ...manifest({ scripts: { build: "tsc", test: "vitest" }, devDependencies: { vitest: "5" } }), "vite.config.ts": "export default {}", "tsconfig.json": "{}" },
        then: { "tsconfig.json": /transform/, "package.json": /"build": "tspc"/ },
        says: /Vitest runs the sources itself/,
      },
    ],
    [
      "webpack as CommonJS, on Windows",
      {
        files: { ...manifest({ scripts: { build: "webpack" } }), "webpack.config.js": '"use strict";\r\nconst path = require("path");\r\n\r\nmodule.exports = {\r\n  entry: "./a.js",\r\n};\r\n' },
        then: {
          "webpack.config.js": /const path = require\("path"\);\r\nconst \{ errspan \} = require\("@errspan\/transformer\/webpack"\);\r\n\r\nmodule\.exports = \{\r\n {2}plugins: \[errspan\(\)\],\r\n {2}entry: "\.\/a\.js",\r\n\};\r\n$/,
        },
      },
    ],
    [
      "a bundler's config of unusual shape",
      {
        files: { ...manifest({ scripts: { build: "rollup -c" } }), "rollup.config.mjs": "export default [1, 2].map((n) => make(n));\n" },
        then: {},
        says: /By hand: rollup\.config\.mjs has a shape that cannot be edited safely\. Add the plugin there:\n\n {4}import errspan from "@errspan\/transformer\/rollup";\n\n {4}plugins: \[errspan\(\)\]\n/,
      },
    ],
    [
      "tsup without a config file, beside a Vite config that is Vitest's",
      {
        files: { ...TS6, ...manifest({ scripts: { build: "tsup src/index.ts --dts", dev: "cross-env LOG=1 tsx watch src/index.ts", test: "vitest" }, devDependencies: { tsup: "9", vitest: "5" } }), "vite.config.ts": "export default {}" },
        then: { "tsup.config.ts": /^import errspan from "@errspan\/transformer\/esbuild";\nimport \{ defineConfig \} from "tsup";\n\nexport default defineConfig\(\{\n {2}esbuildPlugins: \[errspan\(\)\],\n\}\);\n$/ },
        says: /by a plugin of tsup[^]*The script "dev" runs sources without that: for spans there, cross-env LOG=1 tsx watch --import @errspan\/transformer\/register src\/index\.ts\n/,
      },
    ],
    [
      "tsup and plugins of esbuild",
      {
        files: { ...manifest({ scripts: { build: "tsup" }, devDependencies: { tsup: "9" } }), "tsup.config.js": 'import { defineConfig } from "tsup";\n\nexport default defineConfig({\n  entry: ["src/a.ts"],\n  esbuildPlugins: [other()],\n});\n' },
        then: { "tsup.config.js": /import errspan from "@errspan\/transformer\/esbuild";\n\n[^]*\n {2}esbuildPlugins: \[errspan\(\), other\(\)\],\n/ },
      },
    ],
    [
      "tsdown",
      {
        files: { ...TS6, ...manifest({ scripts: { build: "tsdown" }, devDependencies: { tsdown: "0.23" } }), "tsdown.config.ts": 'import { defineConfig } from "tsdown";\n\nexport default defineConfig({\n  dts: true,\n});\n' },
        then: { "tsdown.config.ts": /from "@errspan\/transformer\/rolldown";\n\nexport default defineConfig\(\{\n {2}plugins: \[errspan\(\)\],\n {2}dts: true,\n/ },
      },
    ],
    [
      "esbuild without a config file",
      { files: manifest({ scripts: { build: "esbuild a.ts" }, devDependencies: { esbuild: "1" } }), then: {}, says: /Add the plugin where you call esbuild/ },
    ],
    [
      "plain JavaScript that Node runs",
      {
        files: { ...manifest({ scripts: { start: "node server.js", test: "node --test" } }), "server.js": "run();" },
        then: {
          "package.json": /"start": "node --import \.\/telemetry\.mjs --import @errspan\/transformer\/register server\.js",\n {4}"test": "node --test"/,
          "telemetry.mjs": /register/,
          "eslint.config.mjs": /"errspan\/recommended"/,
        },
      },
    ],
    [
      "TypeScript without a compiler and a tsconfig, and JavaScript beside it",
      {
        files: { ...manifest({ type: "module", scripts: { build: "farm build" }, devDependencies: { "@farmfe/core": "1" } }), "farm.config.ts": "export default {};\n", "src/main.ts": "", "setup.mjs": "" },
        then: {
          "farm.config.ts": /plugins: \[errspan\(\)\]/,
          "eslint.config.js": /globalIgnores\(\["dist\/", "build\/", "\.\*\/"\]\)[^]*files: \["\*\*\/\*\.\{js,jsx,mjs,cjs,ts,tsx,mts,cts\}"\][^]*"errspan\/recommended"[^]*parser: tseslint\.parser \}/,
        },
        says: /npm install --save-dev @errspan\/transformer @errspan\/eslint-plugin eslint typescript-eslint\n/,
      },
    ],
    [
      "TypeScript that tsx runs, with an SDK",
      {
        files: { ...TS6, ...manifest({ scripts: { dev: "tsx src/main.ts" }, dependencies: { "@opentelemetry/sdk-node": "1" } }), "src/main.ts": "", ...FLAT },
        then: { "package.json": /"dev": "tsx --import @errspan\/transformer\/register src\/main\.ts"/ },
      },
    ],
    [
      "scripts that give Node and tsx options, variables and other commands",
      {
        files: {
          ...TS6,
          ...manifest({
            scripts: {
              dev: "NODE_ENV=dev tsx watch --clear-screen=false src/main.ts",
              start: "node -r dotenv/config --watch src/main.ts",
              watch: "nodemon --exec 'tsx src/main.ts'",
              env: "dotenv -e .env -- tsx src/main.ts && node -e 0",
              bundle: "esbuild --platform node src/main.ts",
              test: "tsx --test src/main.ts",
            },
          }),
        },
        then: {
          "package.json": new RegExp(
            [
              '"dev": "NODE_ENV=dev tsx watch REGISTER --clear-screen=false src/main.ts"',
              '"start": "node REGISTER -r dotenv/config --watch src/main.ts"',
              `"watch": "nodemon --exec 'tsx REGISTER src/main.ts'"`,
              '"env": "dotenv -e .env -- tsx REGISTER src/main.ts && node -e 0"',
              '"bundle": "esbuild --platform node src/main.ts"',
              '"test": "tsx --test src/main.ts"',
            ].join(",\n    ").replaceAll("REGISTER", "--import ./telemetry.mjs --import @errspan/transformer/register"),
          ),
        },
      },
    ],
    [
      "OpenTelemetry's API 1.10, which the SDK's second line does not take",
      {
        files: {
          "node_modules/@opentelemetry/api/package.json": JSON.stringify({ version: "1.10.0", exports: { ".": "./index.js" } }),
          ...manifest({ scripts: { start: "node server.js" }, dependencies: { "@opentelemetry/api": "1" } }),
          "server.js": "",
        },
        then: { "telemetry.mjs": /import \{ SimpleSpanProcessor, TracerProvider \} from "@opentelemetry\/sdk-trace";/ },
        says: /npm install @errspan\/runtime @opentelemetry\/sdk-trace @opentelemetry\/context-async-hooks\n/,
      },
    ],
    [
      "OpenTelemetry's API 1.10 in a program for browsers",
      {
        files: {
          "node_modules/@opentelemetry/api/package.json": JSON.stringify({ version: "1.10.0" }),
          ...manifest({ scripts: { build: "vite build" }, dependencies: { "@opentelemetry/api": "1" }, devDependencies: { vite: "8" } }),
        },
        then: { "vite.config.mjs": /errspan\(\)/ },
        says: /Install @opentelemetry\/sdk-trace \(in Node: @opentelemetry\/sdk-trace and @opentelemetry\/context-async-hooks\)[^]*import \{ SimpleSpanProcessor, StackContextManager, TracerProvider \} from "@opentelemetry\/sdk-trace";/,
      },
    ],
    [
      "Nest",
      {
        files: { ...TS6, "nest-cli.json": '{\n  "sourceRoot": "src"\n}\n' },
        then: { "nest-cli.json": /"compilerOptions": \{\n {4}"plugins": \[\{ "name": "@errspan\/transformer\/nest" \}\]\n {2}\}/ },
      },
    ],
    [
      "Nest with SWC",
      {
        files: {
          ...TS6,
          "nest-cli.json": '{ "compilerOptions": { "builder": { "type": "swc" } } }',
          ...manifest({ scripts: { build: "nest build", start: "nest start --watch", "start:prod": "node dist/main" } }),
        },
        then: {
          "package.json": /"build": "nest build && errspan instrument dist",\s+"start": "nest start --exec \\"node --import @errspan\/transformer\/register\\" --watch",\s+"start:prod": "node dist\/main"/,
        },
        says: /Functions are traced in what SWC has written for the Nest CLI/,
      },
    ],
    [
      "Nest with Rspack",
      {
        files: { ...TS6, "nest-cli.json": "{}", ...manifest({ scripts: { build: "nest build -b rspack" } }) },
        then: { "rspack.config.js": /^const \{ errspan \} = require\("@errspan\/transformer\/rspack"\);\n\nmodule\.exports = \(options\) => / },
      },
    ],
    [
      "Nest with Rspack and a config of its own",
      {
        files: { ...TS6, "nest-cli.json": '{ "compilerOptions": { "builder": "rspack" } }', ...manifest({ type: "module" }), "rspack.config.js": "export default {};\n" },
        then: {},
        says: /By hand: rspack\.config\.js is there already\. Add the plugin to those of the Nest CLI:\n\n {4}import errspan from "@errspan\/transformer\/rspack";/,
      },
    ],
    [
      "Next.js",
      {
        files: {
          ...installed("typescript", "6.0.3"),
          ...manifest({ dependencies: { next: "16" } }),
          "src/app/page.tsx": "",
          "next.config.ts": "import type { NextConfig } from 'next'\n\nconst nextConfig: NextConfig = {}\n\nexport default withMDX(nextConfig)\n",
        },
        then: {
          "next.config.ts": /^import type \{ NextConfig \} from 'next'\nimport errspan from '@errspan\/transformer\/next'\n\n[^]*export default errspan\(withMDX\(nextConfig\)\)\n$/,
          "eslint.config.mjs": /globalIgnores\(\["dist\/", "build\/", "\.\*\/"\]\)/,
          "src/instrumentation.ts": /await import\("\.\/telemetry"\)/,
          "src/telemetry.ts": /ConsoleSpanExporter/,
        },
      },
    ],
    [
      "Next.js in JavaScript, as CommonJS",
      {
        files: { ...manifest({ dependencies: { next: "16" } }), "next.config.js": "module.exports = {};\n", "instrumentation.js": "export function register() {}\n" },
        then: {
          "next.config.js": /^const \{ errspan \} = require\("@errspan\/transformer\/next"\);\n\nmodule\.exports = errspan\(\{\}\);\n$/,
          "telemetry.js": /ConsoleSpanExporter/,
        },
        says: /By hand: instrumentation\.js is there already/,
      },
    ],
    [
      "Next.js without a config, with an SDK",
      {
        files: manifest({ dependencies: { next: "16", "@vercel/otel": "2" } }),
        then: { "next.config.mjs": /^import errspan from "@errspan\/transformer\/next";\n\nexport default errspan\(\{\}\);\n$/ },
        says: /By hand: There is no instrumentation\.js, in which Next\.js has OpenTelemetry set up/,
      },
    ],
    [
      "Next.js with a config that is a declared function",
      { files: { ...manifest({ dependencies: { next: "16" } }), "next.config.mjs": "export default function config() { return {}; }\n" }, then: {}, says: /By hand: next\.config\.mjs has a shape that cannot be edited safely\. Put this around what it exports/ },
    ],
    [
      "ESLint with types, as defineConfig",
      {
        files: { ...TS6, "eslint.config.mjs": 'import tseslint from "typescript-eslint";\n\nexport default tseslint.config(\n  tseslint.configs.recommendedTypeChecked, // ours\n);\n' },
        then: {
          "eslint.config.mjs": /import errspan from "@errspan\/eslint-plugin";\n\nexport default tseslint\.config\(\n {2}tseslint\.configs\.recommendedTypeChecked,\n {2}errspan\.configs\["recommended-type-checked"\], \/\/ ours\n\);\n$|recommendedTypeChecked, \/\/ ours\n {2}errspan\.configs\["recommended-type-checked"\],\n\);\n$/,
        },
      },
    ],
    [
      "ESLint's old configuration",
      { files: { ...TS6, ".eslintrc.json": "{}" }, then: {}, says: /By hand: ESLint is configured by \.eslintrc\.json, which ESLint 9 gave up/ },
    ],
    [
      "lint-staged and lefthook",
      {
        files: { ...TS6, ...FLAT, ...manifest({ "lint-staged": { "*.md": "prettier --write" } }), "lefthook.yml": "pre-push:\n  commands: {}" },
        then: {
          "package.json": /"\*\.md": "prettier --write",\n {4}"\*\.\{js,cjs,mjs,jsx,ts,cts,mts,tsx\}": "eslint --no-warn-ignored"\n/,
          "lefthook.yml": /^pre-push:\n {2}commands: \{\}\n\npre-commit:\n {2}commands:\n {4}errspan:\n {6}glob: "[^\n]+"\n {6}run: npx eslint --no-warn-ignored \{staged_files\}\n$/,
        },
      },
    ],
    [
      "the pre-commit framework",
      { files: { ...TS6, ...FLAT, ".pre-commit-config.yaml": "repos: []\n" }, then: {}, says: /By hand: Add this to repos in \.pre-commit-config\.yaml:[^]*rev: v1\.2\.3/ },
    ],
    ["yarn", { files: { ...TS6, "yarn.lock": "" }, then: {}, says: /yarn add @errspan\/runtime[^\n]*\n {4}yarn add -D [^]*"yarn errspan list"/ }],
    ["bun", { files: { ...TS6, "bun.lock": "" }, then: {}, says: /bun add --dev / }],
    ["the root of a pnpm workspace", { files: { ...TS6, "pnpm-workspace.yaml": "", "pnpm-lock.yaml": "" }, then: {}, says: /pnpm add --workspace-root -D / }],
  ])("%s: shows it as a diff, writes that, and has nothing to change the second time", async (_, { files, then, says }) => {
    box = sandbox(files);
    const before = box.list();
    const shown = await box.run("init");
    expect(shown).toMatchObject({ code: 3, err: expect.stringContaining("Use --yes") as unknown });
    expect(box.list()).toEqual(before);
    const { code, err, out } = await box.run("init", "--yes");
    expect([code, err]).toEqual([0, ""]);
    for (const [file, text] of Object.entries(then)) expect(box.read(file)).toMatch(text);
    for (const file of Object.keys(then)) expect(shown.out).toContain(`+++ b/${file}`);
    if (says !== undefined) expect(out).toMatch(says);
    const after = box.list().map((file) => [file, box?.read(file)]);
    const again = await box.run("init", "--yes");
    expect([again.code, again.err]).toEqual([0, ""]);
    expect(again.out).toContain("No file needs to change.");
    expect(box.list().map((file) => [file, box?.read(file)])).toEqual(after);
  });

  it("has nothing to do where all is set up and installed", async () => {
    box = sandbox({ ...TS6, "tsconfig.json": "{}" });
    await box.run("init", "--yes");
    const names = ["@errspan/runtime", "@errspan/transformer", "@errspan/eslint-plugin", "@opentelemetry/api", "@opentelemetry/sdk-trace-node", "ts-patch", "eslint", "typescript-eslint"];
    const contents = JSON.parse(box.read("package.json")) as object;
    box.write(manifest({ ...contents, devDependencies: Object.fromEntries(names.map((name) => [name, "1"])) }));
    expect(await box.run("init")).toEqual({ code: 0, out: "Nothing to do: everything is set up.\n", err: "" });
  });
});

describe("errspan init, whatever it finds", () => {
  const scripts = fc.dictionary(
    fc.constantFrom("build", "start", "dev", "test", "lint"),
    fc.constantFrom("tsc", "tsc -b && node dist/a.js", "vite build", "tsx src/a.ts", "node a.js", "rollup -c", "tsc --noEmit; webpack", "echo \"node\" | tsc", "nest build && nest start"),
    { maxKeys: 3 },
  );
  const dependencies = fc.subarray(["vite", "vitest", "jest", "webpack", "esbuild", "eslint", "oxlint", "typescript", "@opentelemetry/sdk-node", "next"]);
  const texts: Record<string, readonly string[]> = {
    "tsconfig.json": ["{}", '{ "compilerOptions": {} }', '// c\n{\n\t"compilerOptions": { "rootDir": ".", "outDir": "out", /* x */ },\n}', '{"files":[],"references":[{"path":"a"}]}', '{"compilerOptions":{"plugins":[]}}'],
    "vite.config.ts": ["export default {}", "const c = { plugins: [] as never[] };\nexport default c;", "export default defineConfig(({ mode }) => { return { plugins: [\n  a(),\n] } satisfies X })", "export default await x();", "export default ["],
    "next.config.js": ["export default {}", "module.exports = async (phase) => ({});", "export default function config() {}", "/** @type {x} */\nexport default ({ a: 1 });"],
    "webpack.config.js": ["module.exports = {}", "module.exports = (env) => ({ plugins: [...env] })", "module.exports = [{}, {}]"],
    "eslint.config.js": ["export default []", "module.exports = [a, b,]", "export default defineConfig([\n  x,\n  // y\n]);", "export default antfu();", "import errspan from 'x';\nexport default [errspan]"],
    ".lintstagedrc": ["{}", "'*.js': eslint", '{ "*.md": "x" }'],
    "lefthook.yml": ["", "pre-commit:\n  jobs: []\n", "# eslint\n"],
    "nest-cli.json": ["{}", '{"compilerOptions":{"builder":"swc"}}', '{"compilerOptions":{"builder":{"type":"rspack"}}}', '{"compilerOptions":{"plugins":["@nestjs/swagger"]}}'],
    "node_modules/typescript/package.json": ['{"version":"5.2.0"}', '{"version":"5.9.0"}', '{"version":"6.0.0"}', '{"version":"7.0.2"}', "{"],
  };
  const files = fc.record(Object.fromEntries(Object.entries(texts).map(([file, all]) => [file, fc.option(fc.constantFrom(...all), { nil: undefined, freq: 1 })])));

  it("leaves sound files behind, and changes nothing the second time", async () => {
    await fc.assert(
      fc.asyncProperty(scripts, dependencies, fc.boolean(), files, async (commands, names, isModule, found) => {
        const contents = { ...(isModule ? { type: "module" } : {}), scripts: commands, devDependencies: Object.fromEntries(names.map((name) => [name, "1"])) };
        const there = Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined);
        const tried = sandbox({ ...manifest(contents), ...Object.fromEntries(there) });
        try {
          expect(await tried.run("init", "--yes")).toMatchObject({ code: 0, err: "" });
          const after = tried.list().map((file) => [file, tried.read(file)]);
          for (const [file = "", text = ""] of after) {
            if (!/\.[cm]?[jt]s$/.test(file) || there.some(([, before]) => before === text)) continue;
            expect(parseSource(text, file)).not.toHaveProperty("reason");
          }
          const again = await tried.run("init", "--yes");
          expect([again.code, again.err]).toEqual([0, ""]);
          expect(again.out).not.toContain("Wrote");
          expect(tried.list().map((file) => [file, tried.read(file)])).toEqual(after);
        } finally {
          tried.remove();
        }
      }),
      { numRuns: 60, seed: 20261122 },
    );
  });
});

describe("errspan init", () => {
  it("writes what was agreed to on a terminal, and nothing else", async () => {
    box = sandbox(TS6, { tty: true, answer: false });
    const { code, err, out } = await box.run("init");
    expect([code, err]).toEqual([3, "Nothing was written.\n"]);
    expect(out).toContain("Write these changes to 5 files? [y/N] ");
    expect(out).toContain('\u001b[32m+    "build": "tspc",\u001b[39m');
    expect(out).toContain('\u001b[31m-    "build": "tsc"\u001b[39m');
    expect(box.list()).toHaveLength(2);
    box.remove();
    box = sandbox(TS6, { tty: true, answer: true, env: { NO_COLOR: "1" } });
    const agreed = await box.run("init");
    expect(agreed.code).toBe(0);
    expect(agreed.out).toContain("\nWrote tsconfig.json, package.json, src/telemetry.ts, errspan.config.json, eslint.config.js.\n");
    expect(agreed.out).not.toContain("\u001b");
  });

  it("only shows with --dry-run", async () => {
    box = sandbox(TS6, { tty: true, answer: true });
    expect(await box.run("init", "--dry-run")).toMatchObject({ code: 0, err: "" });
    expect(box.list()).toHaveLength(2);
  });

  it.each([
    ["tabs", "\t", "\n"],
    ["four spaces", "    ", "\n"],
    ["Windows line ends", "  ", "\r\n"],
  ])("keeps %s in package.json, and its last line as it is", async (_, indent, newline) => {
    const text = `{${newline}${indent}"name": "a",${newline}${indent}"type": "module"${newline}}`;
    box = sandbox({ "package.json": text });
    await box.run("init", "--yes");
    const scripts = [`${indent}"type": "module",`, `${indent}"scripts": {`, `${indent}${indent}"build": "tspc",`, `${indent}${indent}"lint": "eslint ."`, `${indent}}`, "}"];
    expect(box.read("package.json")).toBe([`{`, `${indent}"name": "a",`, ...scripts].join(newline));
  });

  it("keeps permissions and links", async () => {
    box = sandbox({ ...TS6, "config/tsconfig.json": "{}" });
    symlinkSync("config/tsconfig.json", join(box.directory, "tsconfig.json"));
    chmodSync(join(box.directory, "package.json"), 0o600);
    await box.run("init", "--yes");
    expect(lstatSync(join(box.directory, "tsconfig.json")).isSymbolicLink()).toBe(true);
    expect(box.read("config/tsconfig.json")).toContain("plugins");
    expect(statSync(join(box.directory, "package.json")).mode & 0o777).toBe(0o600);
  });

  it("says where a file cannot be read, and writes nothing", async () => {
    box = sandbox({ "package.json": '{\n  "scripts": {,\n}' });
    expect(await box.run("init", "--yes")).toEqual({
      code: 1,
      out: "",
      err: "errspan init: package.json:2:15 is not valid JSON: ValueExpected. Mend it, then try again.\n",
    });
    box.write({ ...TS6, "tsconfig.json": "{ oops" });
    expect((await box.run("init", "--yes")).err).toMatch(/^errspan init: tsconfig\.json:1:3 is not valid JSON/);
    expect(box.list()).toHaveLength(3);
  });

  it("writes all files or none", async () => {
    // A directory stands where a file would go.
    box = sandbox({ ...TS6, "tsconfig.json": "{}", "errspan.config.json.d/keep": "" });
    symlinkSync("nowhere/gone.mjs", join(box.directory, "eslint.config.js"));
    const before = box.list().map((file) => [file, box?.read(file)]);
    const { code, err } = await box.run("init", "--yes");
    expect(code).toBe(1);
    expect(err).toMatch(/^errspan init: .*ENOENT/);
    expect(box.list().map((file) => [file, box?.read(file)])).toEqual(before);
  });

  it("takes no files, and no contradictions", async () => {
    box = sandbox({});
    expect(await box.run("init", "src")).toMatchObject({ code: 2, err: expect.stringContaining("init takes no files") as unknown });
    expect(await box.run("init", "--yes", "--dry-run")).toMatchObject({ code: 2 });
  });
});
