import { addCommitHooks } from "./commit-hook.js";
import type { Surroundings } from "./detect.js";
import { Draft } from "./draft.js";
import type { ByHand, Change } from "./draft.js";
import { addLinting } from "./linting.js";
import { installCommand } from "./package-manager.js";
import { runsOf } from "./scripts.js";
import { addTracing, describeWayIn } from "./tracing.js";
import { findWayIn } from "./way-in.js";

/** What `errspan init` would do in a project. */
export interface Proposal {
  /** What was found there, in a few words. */
  readonly found: readonly string[];
  readonly wayIn: string;
  readonly changes: readonly Change[];
  readonly byHand: readonly ByHand[];
  /** Commands that install what is missing. */
  readonly installs: readonly string[];
  /** What is good to know afterwards. */
  readonly hints: readonly string[];
}

const NEW_MANIFEST = `{
  "private": true,
  "type": "module"
}
`;

const NEW_CONFIG = `{
  "$schema": "./node_modules/@errspan/transformer/schema.json",
  "select": [],
  "exclude": ["**/*.test.*", "**/*.spec.*"]
}
`;

const REGISTER = "@errspan/transformer/register";

/** What to do about scripts that run TypeScript sources themselves, past the build that traces functions. */
function sourceRunHint({ manifest }: Surroundings): string[] {
  const runs = new RegExp(`${runsOf(String.raw`tsx(?:\s+watch)?`).source}|${runsOf("node", String.raw`(?=[^&|;]*\.[cm]?tsx?(?:["']|\s|$))`).source}`);
  const scripts = [...(manifest?.scripts ?? [])].filter(([, command]) => runs.test(command) && !command.includes(REGISTER));
  return scripts.map(
    ([name, command]) => `The script "${name}" runs sources without that: for spans there, ${command.replace(runs, `$& --import ${REGISTER}`)}`,
  );
}

const TEST_HINTS = {
  vitest: "Vitest runs the sources itself: for spans in tests add the plugin of @errspan/transformer/vite to its config.",
  jest: "Jest runs the sources itself: for spans in tests see @errspan/transformer/jest.",
} as const;

function describe({ bundler, commitHooks, eslint, framework, manifest, oxlint, packageManager, testRunner, typescript }: Surroundings): string[] {
  const linter = eslint.config === null ? (eslint.legacy ?? (oxlint ? "oxlint" : null)) : `ESLint (${eslint.config})`;
  const all = [
    manifest === null ? "no package.json" : null,
    typescript === undefined ? "no TypeScript" : `TypeScript ${typescript}`,
    framework === null ? null : { nest: "Nest", next: "Next.js" }[framework],
    bundler === null ? null : bundler.config === null ? bundler.name : `${bundler.name} (${bundler.config})`,
    testRunner === null ? null : { vitest: "Vitest", jest: "Jest" }[testRunner],
    linter,
    ...commitHooks.map(({ tool }) => tool),
    packageManager.name,
  ];
  return all.filter((each) => each !== null);
}

/**
 * Works out what a project needs, so that its functions can be traced and its lost errors are found. Writes nothing; in
 * a project that has it all there are no changes.
 *
 * @param version of this package, for what has to name one
 */
export function propose(surroundings: Surroundings, version: string): Proposal {
  const { manifest, packageManager, root, testRunner } = surroundings;
  const draft = new Draft(root);
  const way = findWayIn(surroundings);
  if (manifest === null) draft.write("package.json", NEW_MANIFEST);
  addTracing(draft, way, surroundings);
  if (draft.read("errspan.config.json") === null) draft.write("errspan.config.json", NEW_CONFIG);
  const linter = addLinting(draft, surroundings);
  addCommitHooks(draft, surroundings.commitHooks, linter, version);
  const present = manifest?.dependencies ?? new Set<string>();
  const installs = (["runtime", "development"] as const).flatMap((kind) => {
    const missing = draft.packages(kind, present);
    return missing.length === 0 ? [] : [installCommand(packageManager, missing, kind === "development")];
  });
  const usesVite = way.kind === "bundler" && way.name === "vite";
  return {
    found: describe(surroundings),
    wayIn: describeWayIn(way),
    changes: draft.changes(),
    byHand: draft.byHand,
    installs,
    hints: [
      ...(way.kind === "register" ? [] : sourceRunHint(surroundings)),
      ...(testRunner === null || (testRunner === "vitest" && usesVite) ? [] : [TEST_HINTS[testRunner]]),
    ],
  };
}
