import type { CommitHook } from "./detect.js";
import type { Draft } from "./draft.js";
import { JsonText } from "./json-edit.js";
import type { Linter } from "./linting.js";

const GLOB = "*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}";
const REPOSITORY = "https://github.com/errspan/errspan";

/** How linters are called with names of files behind, some of which they may be told to ignore. */
const COMMANDS: Readonly<Record<Linter, string>> = {
  eslint: "eslint --no-warn-ignored",
  oxlint: "oxlint --no-error-on-unmatched-pattern",
};

function addToLintStaged(draft: Draft, { file }: CommitHook, command: string): void {
  const text = draft.read(file) ?? "";
  if (/\b(?:eslint|oxlint)\b/.test(file === "package.json" ? JSON.stringify(new JsonText(text, file).get(["lint-staged"])) : text)) return;
  if (file !== "package.json" && !/^\s*\{/.test(text)) {
    draft.byHand.push({ what: `Add this to ${file}`, lines: `"${GLOB}": "${command}"` });
    return;
  }
  const json = new JsonText(text, file);
  json.add(file === "package.json" ? ["lint-staged"] : [], GLOB, command);
  draft.write(file, json.toString());
}

function addToLefthook(draft: Draft, { file }: CommitHook, command: string): void {
  const text = draft.read(file) ?? "";
  if (/\b(?:eslint|oxlint)\b/.test(text.replaceAll(/#.*/g, ""))) return;
  const lines = `pre-commit:\n  commands:\n    errspan:\n      glob: "${GLOB}"\n      run: npx ${command} {staged_files}\n`;
  if (/\.ya?ml$/.test(file) && !/^["']?pre-commit["']?\s*:/m.test(text)) {
    const newline = text.includes("\r\n") ? "\r\n" : "\n";
    const gap = text === "" ? "" : text.endsWith("\n") ? newline : newline + newline;
    draft.write(file, text + gap + lines.replaceAll("\n", newline));
  } else {
    draft.byHand.push({ what: `Add this to pre-commit in ${file}`, lines: lines.slice(lines.indexOf("  commands")).trimEnd() });
  }
}

function addToPreCommit(draft: Draft, { file }: CommitHook, version: string): void {
  const text = draft.read(file) ?? "";
  if (/\berrspan\b|\beslint\b|\boxlint\b/.test(text.replaceAll(/#.*/g, ""))) return;
  const lines = `- repo: ${REPOSITORY}\n  rev: v${version}\n  hooks:\n    - id: errspan-lint\n    - id: errspan-list`;
  draft.byHand.push({ what: `Add this to repos in ${file}`, lines });
}

/** What has to change so that the linter runs before a commit, in projects that run something there. */
export function addCommitHooks(draft: Draft, hooks: readonly CommitHook[], linter: Linter, version: string): void {
  const command = COMMANDS[linter];
  for (const hook of hooks) {
    if (hook.tool === "lint-staged") addToLintStaged(draft, hook, command);
    else if (hook.tool === "lefthook") addToLefthook(draft, hook, command);
    else addToPreCommit(draft, hook, version);
  }
}
