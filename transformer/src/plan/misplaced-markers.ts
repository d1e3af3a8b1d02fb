import type { Node, Program } from "../parse/estree.js";
import { walk } from "../parse/walk.js";
import type { CommentMarker } from "./comment-markers.js";
import { CODES } from "./diagnostics.js";
import type { Problem } from "./diagnostics.js";

interface Explanation {
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
}

const ON_FUNCTION = "Put the marker right before a function, a method, or a variable or property that holds one.";

function none(what: string, remedy = ON_FUNCTION): Explanation {
  return { code: CODES.markerOnNoFunction, what, remedy };
}

function withoutBody(what: string): Explanation {
  return {
    code: CODES.markerWithoutBody,
    what,
    remedy: "Put the marker on the implementation, the one with a body.",
  };
}

function ofValue(holder: string, value: Node | null): Explanation {
  if (value?.type === "CallExpression" || value?.type === "NewExpression") {
    return none(
      `${holder} holds the result of a call`,
      "Put the marker right before the function that is given to the call, or on the function that it returns.",
    );
  }
  return none(`${holder} holds no function`);
}

function explain(node: Node | undefined): Explanation {
  switch (node?.type) {
    case undefined:
      return none("nothing follows it");
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
      return node.declaration === null ? none("it is an export list") : explain(node.declaration);
    case "VariableDeclaration":
      return ofValue("the variable", node.declarations[0]?.init ?? null);
    case "VariableDeclarator":
      return ofValue("the variable", node.init);
    case "PropertyDefinition":
    case "AccessorProperty":
      return ofValue("the class property", node.value);
    case "Property":
      return ofValue("the property", node.value);
    case "MethodDefinition":
      return withoutBody("it is an overload signature");
    case "TSDeclareFunction":
      return withoutBody("it is a signature without a body");
    case "TSAbstractMethodDefinition":
    case "TSAbstractPropertyDefinition":
    case "TSAbstractAccessorProperty":
      return withoutBody("it is abstract");
    case "ClassDeclaration":
      return withoutBody("the class is only declared");
    case "TSInterfaceDeclaration":
    case "TSMethodSignature":
    case "TSPropertySignature":
    case "TSCallSignatureDeclaration":
    case "TSConstructSignatureDeclaration":
      return none("it is part of an interface or type, and types do not run");
    case "TSTypeAliasDeclaration":
      return none("it is a type, and types do not run");
    case "TSEnumDeclaration":
    case "TSEnumMember":
      return none("it is an enum");
    case "TSModuleDeclaration":
      return none("it is a namespace", "Mark the functions in it.");
    case "ImportDeclaration":
    case "TSImportEqualsDeclaration":
      return none("it is an import", "Mark the function where it is defined.");
    case "StaticBlock":
      return none("it is a static block");
    case "ExpressionStatement":
      return node.expression.type === "AssignmentExpression"
        ? ofValue("the assignment", node.expression.right)
        : none("it is an expression statement");
    default:
      return none("what follows it is no function");
  }
}

/** Says of each marker that no function took what it stands on instead. */
export function explainMisplaced(markers: readonly CommentMarker[], program: Program): Problem[] {
  if (markers.length === 0) return [];
  const outermost = new Map<number, Node>();
  const wanted = new Set(markers.map(({ targets }) => targets[0] ?? -1));
  walk(program, (node) => {
    if (node.type !== "Program" && wanted.has(node.start) && !outermost.has(node.start)) outermost.set(node.start, node);
  });
  return markers.map((marker) => {
    const { code, what, remedy } = explain(outermost.get(marker.targets[0] ?? -1));
    return {
      code,
      severity: "error",
      message: `@${marker.tag} marks no function: ${what}. ${remedy}`,
      offset: marker.offset,
    };
  });
}
