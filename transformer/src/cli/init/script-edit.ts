import MagicString from "magic-string";
import type { Expression, Node, ObjectExpression, Program } from "../../parse/estree.js";
import { unwrapTypes } from "../../parse/estree.js";
import { parseSource } from "../../parse/parse.js";
import { walkWithinFunction } from "../../parse/walk.js";
import { listed } from "./bundlers.js";
import type { PluginList } from "./bundlers.js";

/** A package's import, and the expression that puts it to use. */
export interface Extension {
  readonly specifier: string;
  /** Given the name that the import has. */
  readonly use: (name: string) => string;
  /** Name of the member of what `require` gives; undefined where that is the thing itself. */
  readonly requiredName?: string;
}

type Statement = Program["body"][number];
type Value = Expression | null;

/** Functions that give back what they are given: `defineConfig`, `defineNuxtConfig`, typescript-eslint's `config`. */
const IDENTITIES = /^(?:define(?:Nuxt)?Config|config)$/;

/** The config file, its program and the expression that it exports. */
interface Parsed {
  readonly program: Program;
  /** As it stands behind `export default`. */
  readonly written: Expression;
  /** With a constant's value in place of its name. */
  readonly exported: Expression;
  readonly commonJs: boolean;
}

function parse(text: string, file: string): Parsed | null {
  const parsed = parseSource(text, file);
  if ("reason" in parsed) return null;
  const { program } = parsed;
  for (const statement of program.body) {
    const exported = exportOf(statement);
    if (exported === null) continue;
    const value = follow(exported.value, program);
    return value === null ? null : { program, written: exported.value, exported: value, commonJs: exported.commonJs };
  }
  return null;
}

function exportOf(statement: Statement): { value: Expression; commonJs: boolean } | null {
  if (statement.type === "ExportDefaultDeclaration") {
    const { declaration } = statement;
    return isExpression(declaration) ? { value: declaration, commonJs: false } : null;
  }
  if (statement.type === "TSExportAssignment") return { value: statement.expression, commonJs: true };
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") return null;
  const { left, right } = statement.expression;
  const isModuleExports =
    left.type === "MemberExpression" &&
    left.object.type === "Identifier" &&
    left.object.name === "module" &&
    left.property.type === "Identifier" &&
    left.property.name === "exports";
  return isModuleExports ? { value: right, commonJs: true } : null;
}

function isExpression(node: Node): node is Expression {
  return !node.type.endsWith("Declaration");
}

/** A constant's value in place of its name; the expression itself otherwise. */
function follow(value: Expression, program: Program): Value {
  const expression = unwrapTypes(value);
  if (expression.type !== "Identifier") return expression;
  for (const statement of program.body) {
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === "Identifier" && id.name === expression.name) return init === null ? null : unwrapTypes(init);
    }
  }
  return null;
}

function isIdentity(callee: Expression): boolean {
  if (callee.type === "Identifier") return IDENTITIES.test(callee.name);
  return callee.type === "MemberExpression" && callee.property.type === "Identifier" && IDENTITIES.test(callee.property.name);
}

/** The one object that a config is, out of the functions around it; null where there is not exactly one. */
function configObject(value: Value, program: Program): ObjectExpression | null {
  if (value === null) return null;
  if (value.type === "ObjectExpression") return value;
  if (value.type === "CallExpression" && isIdentity(value.callee) && value.arguments.length === 1) {
    const [argument] = value.arguments;
    return argument === undefined || argument.type === "SpreadElement" ? null : configObject(follow(argument, program), program);
  }
  if (value.type !== "ArrowFunctionExpression" && value.type !== "FunctionExpression") return null;
  const { body } = value;
  if (body === null) return null;
  if (body.type !== "BlockStatement") return configObject(follow(body, program), program);
  const last = body.body.at(-1);
  let returns = 0;
  walkWithinFunction(body, (node) => {
    if (node.type === "ReturnStatement") returns++;
  });
  // Others would give other objects.
  if (returns !== 1 || last?.type !== "ReturnStatement" || last.argument === null) return null;
  return configObject(follow(last.argument, program), program);
}

/** How a file is written, so that what is added looks the same. */
interface Manner {
  readonly quote: string;
  readonly semicolon: string;
  readonly newline: string;
  readonly unit: string;
}

function mannerOf(text: string): Manner {
  const line = /^(?:import|const|module|export)\b[^\n]*?(["'])[^\n]*?\1([^\n]*)$/m.exec(text);
  return {
    quote: line?.[1] ?? '"',
    semicolon: line === null || line[2]?.includes(";") === true || /;\s*$/m.test(text) ? ";" : "",
    newline: text.includes("\r\n") ? "\r\n" : "\n",
    unit: /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ",
  };
}

function addImport(edited: MagicString, { program, commonJs }: Parsed, name: string, extension: Extension, manner: Manner): void {
  const { newline, quote, semicolon } = manner;
  const module = quote + extension.specifier + quote;
  const { requiredName } = extension;
  const binding = requiredName === undefined ? name : requiredName === name ? `{ ${name} }` : `{ ${requiredName}: ${name} }`;
  const statement = commonJs ? `const ${binding} = require(${module})${semicolon}` : `import ${name} from ${module}${semicolon}`;
  const last = program.body.findLast((each) => (commonJs ? isRequire(each) : each.type === "ImportDeclaration"));
  if (last !== undefined) {
    edited.appendLeft(last.end, newline + statement);
    return;
  }
  const directive = program.body.findLast((each) => "directive" in each && each.directive !== null && each.directive !== undefined);
  if (directive !== undefined) edited.appendLeft(directive.end, newline + newline + statement);
  else edited.appendLeft(firstLine(edited.original), `${statement}${newline}${newline}`);
}

/** Behind a byte order mark and a `#!` line. */
function firstLine(text: string): number {
  return /^\ufeff?(?:#![^\n]*\n)?/.exec(text)?.[0].length ?? 0;
}

function isRequire(statement: Statement): boolean {
  if (statement.type !== "VariableDeclaration") return false;
  const init = statement.declarations[0]?.init;
  return init?.type === "CallExpression" && init.callee.type === "Identifier" && init.callee.name === "require";
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset))?.[0] ?? "";
}

function startsLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset));
}

/** Puts an element in front of others, on a line of its own where they stand so. */
function prependElement(edited: MagicString, open: number, first: Node | undefined, element: string, newline: string): void {
  const text = edited.original;
  if (first === undefined) edited.appendLeft(open, element);
  else if (startsLine(text, first.start)) edited.appendLeft(first.start, `${element},${newline}${indentAt(text, first.start)}`);
  else edited.appendLeft(first.start, `${element}, `);
}

/** Puts an element behind others, on a line of its own where they stand so. */
function appendElement(edited: MagicString, open: number, close: number, last: Node | undefined, element: string, { newline }: Manner): void {
  const text = edited.original;
  if (last === undefined) {
    edited.appendLeft(open, element);
    return;
  }
  const behind = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*,/.exec(text.slice(last.end, close));
  const separator = startsLine(text, last.start) ? newline + indentAt(text, last.start) : " ";
  if (behind === null) edited.appendLeft(last.end, `,${separator}${element}`);
  else edited.appendLeft(last.end + behind[0].length, separator + element + (separator === " " ? "" : ","));
}

function freeName(text: string): string {
  return /\berrspan\b(?!-|\/)/.test(text.replaceAll(/(["'])[^"'\n]*\1/g, "")) ? "errspanPlugin" : "errspan";
}

/**
 * Adds a plugin to the config file of a bundler: to the list of plugins in the one object that it exports, directly,
 * through `defineConfig`, as a constant, or as what a function returns.
 *
 * @param plugins what the config calls the list, or where it is
 * @returns null where the file has another shape, so that it cannot be told where the plugin goes
 */
export function addBundlerPlugin(text: string, file: string, plugins: PluginList, extension: Extension): string | null {
  const parsed = parse(text, file);
  const object = parsed === null ? null : configObject(parsed.exported, parsed.program);
  if (parsed === null || object === null) return null;
  const manner = mannerOf(text);
  const edited = new MagicString(text);
  const name = freeName(text);
  if (!addToList(edited, object, plugins, extension.use(name), parsed.program, manner)) return null;
  addImport(edited, parsed, name, extension, manner);
  return edited.toString();
}

/** Whether an element could be put in front of a list, which is made where it is missing. */
function addToList(edited: MagicString, object: ObjectExpression, plugins: PluginList, element: string, program: Program, manner: Manner): boolean {
  const { newline, unit } = manner;
  const [key, ...rest] = typeof plugins === "string" ? [plugins] : plugins;
  const member = object.properties.find((each) => each.type === "Property" && !each.computed && each.key.type === "Identifier" && each.key.name === key);
  if (member === undefined) {
    const [first] = object.properties;
    const text = edited.original;
    const indent = indentAt(text, object.start) + unit;
    const property = listed(plugins, element);
    if (first === undefined) edited.update(object.start, object.end, `{${newline}${indent}${property},${newline}${indentAt(text, object.start)}}`);
    else prependElement(edited, object.start + 1, first, property, newline);
    return true;
  }
  const value = member.type === "Property" ? follow(member.value, program) : null;
  const [next, ...others] = rest;
  if (next !== undefined) return value?.type === "ObjectExpression" && addToList(edited, value, [next, ...others], element, program, manner);
  if (value?.type !== "ArrayExpression") return false;
  prependElement(edited, value.start + 1, value.elements[0] ?? undefined, element, newline);
  return true;
}

/**
 * Puts a function around what a config file exports.
 *
 * @returns null where that is no expression
 */
export function wrapExport(text: string, file: string, extension: Extension): string | null {
  const parsed = parse(text, file);
  if (parsed === null) return null;
  const { written } = parsed;
  const edited = new MagicString(text);
  const name = freeName(text);
  edited.appendRight(written.start, `${extension.use(name)}(`).appendLeft(written.end, ")");
  addImport(edited, parsed, name, extension, mannerOf(text));
  return edited.toString();
}

/**
 * Adds a config to ESLint's flat config file: behind the others of the array that it exports, or of the arguments of
 * `defineConfig` or typescript-eslint's `config`.
 *
 * @returns null where the file has another shape
 */
export function addEslintConfig(text: string, file: string, extension: Extension): string | null {
  const parsed = parse(text, file);
  if (parsed === null) return null;
  const { exported, program } = parsed;
  const manner = mannerOf(text);
  const edited = new MagicString(text);
  const name = freeName(text);
  const use = extension.use(name);
  if (exported.type === "ArrayExpression") {
    appendElement(edited, exported.start + 1, exported.end - 1, exported.elements.at(-1) ?? undefined, use, manner);
  } else if (exported.type === "CallExpression" && isIdentity(exported.callee)) {
    const [only, ...others] = exported.arguments;
    const array = others.length > 0 || only === undefined || only.type === "SpreadElement" ? null : follow(only, program);
    if (array?.type === "ArrayExpression") {
      appendElement(edited, array.start + 1, array.end - 1, array.elements.at(-1) ?? undefined, use, manner);
    } else {
      const open = text.indexOf("(", exported.callee.end) + 1;
      appendElement(edited, open, exported.end - 1, exported.arguments.at(-1), use, manner);
    }
  } else {
    return null;
  }
  addImport(edited, parsed, name, extension, manner);
  return edited.toString();
}
