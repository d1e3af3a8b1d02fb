import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { calleePath, isFunction, type Node, unwrap, visit } from "./syntax.js";
import { isCleanUpName, isCommandName, isDealingWord, isRemovalName, words } from "./vocabulary.js";

/** Something tried that can fail: a call, a construction, an import. */
export type Operation = TSESTree.CallExpression | TSESTree.ImportExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression;

const trivialObjects = /^(?:Math|Number|String|Array|Object|Date|Boolean|console|path|Symbol|performance)$/;
const trivialCalls = new Set(["String", "Number", "Boolean", "Symbol", "parseInt", "parseFloat", "isNaN", "Map()", "setTimeout", "clearTimeout"]);
const trivialConstructors = /^(?:Map|Set|Date|Array|Object|AbortController|TextDecoder|TextEncoder|Uint8Array|Promise)$/;

/** The operations in a piece of code, leaving out what practically never throws and what only runs later. */
export function operationsOf(code: Node, source: Readonly<TSESLint.SourceCode>): Operation[] {
  const found: Operation[] = [];
  visit(code, source.visitorKeys, (node) => {
    if (isFunction(node) && node !== code) return false;
    if (node.type === "ImportExpression" || node.type === "TaggedTemplateExpression") found.push(node);
    else if ((node.type === "CallExpression" || node.type === "NewExpression") && !isTrivial(node)) found.push(node);
    return true;
  });
  return found;
}

function isTrivial(node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const path = calleePath(node);
  const name = path.at(-1) ?? "";
  if (/^(?:get|has|getAll)$/.test(name) && /(?:headers|params|searchParams|cookies|map|cache|query)(?:\(\))?$/i.test(path.at(-2) ?? "")) return path.length < 5;
  if (name === "clone" || (path.length > 1 && /^(?:add|push|append)$/.test(name))) return node.parent.type !== "AwaitExpression";
  // `/…/.exec(text)`
  if (path[0] === "?" && /^(?:exec|test)$/.test(name)) return true;
  if (node.type === "NewExpression") return trivialConstructors.test(path.join("."));
  if (path.length === 1) return trivialCalls.has(name);
  if (path.length === 2 && trivialObjects.test(path[0] ?? "")) return true;
  // Methods of strings and arrays: they fail only on what is no string or array.
  return path.length > 1 && name !== "normalize" && (name in String.prototype || (name in Array.prototype && name !== "find" && name !== "with"));
}

const probing = new RegExp(
  `^(?:${[
    "JSON\\.(?:parse|stringify)",
    "(?:fileURLToPath|pathToFileURL|URL|RegExp|Function|Proxy|BigInt|URLPattern|CSSStyleSheet|Worker)",
    "URL\\.\\w+",
    "(?:de|en)codeURI(?:Component)?",
    "(?:un)?escape",
    "(?:atob|btoa|eval|structuredClone|require|import|matchMedia|getComputedStyle)",
    "(?:.+\\.)?require",
    "(?:.*\\.)?resolve",
    "Intl\\..+",
    "(?:Reflect|Object|Buffer|CSS|semver|document|navigator|performance|localStorage|sessionStorage|Atomics|Temporal)\\..+",
    "(?:.+\\.)?(?:localStorage|sessionStorage)\\..+",
    "(?:.+\\.)?(?:access|accessSync|stat|statSync|lstat|lstatSync|existsSync|realpathSync|isDirectory|isFile)",
    "process\\.(?:kill|binding|getuid|cwd)",
    "(?:.+\\.)?(?:parse|tryParse|decode|unescape|fromBinary|deserialize|toISOString|json|text|querySelector(?:All)?|matches|canParse|compile)",
    "(?:.+\\.)?(?:parse|decode|is|has)[A-Z]\\w*",
    "(?:jwt|jsonwebtoken|bcrypt|argon2|crypto|JWT)\\.(?:verify|decode|compare|timingSafeEqual)",
    "(?:.+\\.)?getContext",
    // With a listener that does nothing: a test of the options.
    "(?:add|remove)EventListener",
  ].join("|")})$`,
);

/** The operation asks or parses: that it throws is one of its two answers. */
export function isProbe(operation: Operation): boolean {
  if (operation.type === "ImportExpression") return true;
  if (operation.type === "TaggedTemplateExpression") return false;
  const path = calleePath(operation);
  if (path[0] === "this" && path.length === 2) return false;
  // `require("ts-node").register()`: where the module is not installed.
  if (path[0] === "require()" && path.length === 2) return true;
  // `parse(text);` for its effect, or for nothing, asks no question.
  if (operation.parent.type === "ExpressionStatement" && path.length === 1 && /^(?:parse|decode|compile|deserialize)/.test(path[0] ?? "")) return false;
  return probing.test(path.join(".").replace(/^(?:window|globalThis|self|global)\./, ""));
}

export function isCleanUp(operation: Operation): boolean {
  if (operation.type !== "CallExpression") return false;
  const path = calleePath(operation);
  const name = path.at(-1) ?? "";
  if (isDealing(path) && operation.arguments.some((argument) => !isFunction(argument))) return false;
  return name === "end" ? !isLastWord(operation) : isCleanUpName(name) || isFileRemoval(operation);
}

/** `subscriptions.cancel(id)`, `billing.close(account)`: what a business does is no clean-up. */
function isDealing(path: readonly string[]): boolean {
  return /^(?:cancel|close|terminate|revoke|abort)/.test(path.at(-1) ?? "") && words(path.at(-2) ?? "").some((word) => isDealingWord(word));
}

/** `response.end(await render())`: what is ended with is what all was for. */
function isLastWord(operation: TSESTree.CallExpression): boolean {
  return operation.arguments.some((argument) => /^(?:Await|Call|New)Expression$/.test(unwrap(argument).type));
}

/** `fs.rm`, `fs.promises.unlink`, `rimraf`: removing a file that may not be there. */
function isFileRemoval(operation: Operation): boolean {
  return operation.type === "CallExpression" && /(?:^|\.)(?:fs|fsp|fse|promises)\.(?:remove|removeSync|emptyDir|rmSync)$/.test(calleePath(operation).join("."));
}

/** Looks what is there, on the way to putting it away. */
export function isListing(operation: Operation): boolean {
  return operation.type === "CallExpression" && /^(?:readdir|readdirSync|existsSync|glob|globSync|list)$/.test(calleePath(operation).at(-1) ?? "");
}

export function isRemoval(operation: Operation): boolean {
  return operation.type === "CallExpression" && isRemovalName(calleePath(operation).at(-1) ?? "");
}

export function isCommand(operation: Operation): boolean {
  return operation.type === "CallExpression" && isCommandName(calleePath(operation).at(-1) ?? "");
}
