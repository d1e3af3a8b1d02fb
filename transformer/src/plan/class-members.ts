import type { FunctionSurroundings } from "../lower/lower.js";
import type { Class, Decorator, MemberNode, Node } from "../parse/estree.js";

/** As the runtime's decorator does: methods, static ones too; no constructors, accessors, and private names. */
export function isReachedByClass(node: Node): boolean {
  return (
    node.type === "MethodDefinition" &&
    node.kind === "method" &&
    node.value.body !== null &&
    node.key.type !== "PrivateIdentifier"
  );
}

/** What decides where in a constructor of this class the rewritten part may begin. */
export function constructorInfo(node: Class): NonNullable<FunctionSurroundings["constructorOf"]> {
  const initialisesFields = node.body.body.some((element) => {
    switch (element.type) {
      case "PropertyDefinition":
      case "AccessorProperty":
        return element.declare !== true && (!element.static || element.key.type === "PrivateIdentifier");
      case "MethodDefinition":
        return (
          // Compilers that lower private methods and decorators set them up in the constructor too.
          element.key.type === "PrivateIdentifier" ||
          (!element.static && element.decorators.length > 0) ||
          (element.kind === "constructor" &&
            element.value.params.some((parameter) => parameter.type === "TSParameterProperty"))
        );
      default:
        return false;
    }
  });
  return { derived: node.superClass !== null, initialisesFields };
}

/** The offset of the first token of a member behind its decorators. */
export function afterDecorators(node: MemberNode | Class, decorators: readonly Decorator[], source: string): number {
  const last = decorators.at(-1);
  if (last === undefined || last.end <= node.start) return node.start;
  const trivia = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y;
  trivia.lastIndex = last.end;
  trivia.exec(source);
  return trivia.lastIndex;
}
