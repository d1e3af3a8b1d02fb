import type ts from "typescript";
import type { TypeScript } from "../rewrite/tree/typescript.js";

/** A place in the tsconfig. */
export interface PluginPlace {
  readonly file: ts.SourceFile;
  readonly line: number;
  readonly column: number;
}

const OWN_NAME = /@errspan\/transformer/;

/**
 * Finds what a path of keys and positions leads to in our plugin entry of the tsconfig; undefined where the entry is in
 * a file that the tsconfig extends, which the compiler does not keep.
 *
 * @param ofKey Whether the last key is meant, rather than its value.
 */
export function locateInPlugin(
  ts: TypeScript,
  program: ts.Program,
  path: readonly (string | number)[],
  ofKey: boolean,
): PluginPlace | undefined {
  const { configFile } = program.getCompilerOptions();
  if (!isSourceFile(configFile)) return undefined;
  const entry = findEntry(ts, configFile);
  if (!entry) return undefined;
  let node: ts.Node = entry;
  let key: ts.Node = entry;
  for (const step of path) {
    const member = ts.isObjectLiteralExpression(node) ? property(ts, node, String(step)) : undefined;
    const element: ts.Node | undefined =
      member?.initializer ?? (ts.isArrayLiteralExpression(node) ? node.elements[Number(step)] : undefined);
    if (!element) break;
    key = member?.name ?? element;
    node = element;
  }
  const { line, character } = configFile.getLineAndCharacterOfPosition(
    (ofKey ? key : node).getStart(configFile),
  );
  return { file: configFile, line: line + 1, column: character + 1 };
}

function isSourceFile(value: unknown): value is ts.JsonSourceFile {
  return typeof value === "object" && value !== null && "getLineAndCharacterOfPosition" in value;
}

function findEntry(ts: TypeScript, configFile: ts.JsonSourceFile): ts.ObjectLiteralExpression | undefined {
  const root = configFile.statements[0]?.expression;
  const options =
    root && ts.isObjectLiteralExpression(root)
      ? property(ts, root, "compilerOptions")?.initializer
      : undefined;
  const plugins =
    options && ts.isObjectLiteralExpression(options)
      ? property(ts, options, "plugins")?.initializer
      : undefined;
  if (!plugins || !ts.isArrayLiteralExpression(plugins)) return undefined;
  const entries = plugins.elements.filter((element) => ts.isObjectLiteralExpression(element));
  return (
    entries.find((entry) =>
      OWN_NAME.test(property(ts, entry, "transform")?.initializer.getText(configFile) ?? ""),
    ) ?? (entries.length === 1 ? entries[0] : undefined)
  );
}

function property(
  ts: TypeScript,
  object: ts.ObjectLiteralExpression,
  name: string,
): ts.PropertyAssignment | undefined {
  return object.properties.find(
    (member): member is ts.PropertyAssignment =>
      ts.isPropertyAssignment(member) && ts.isStringLiteral(member.name) && member.name.text === name,
  );
}
