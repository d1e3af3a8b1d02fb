import type { JSONSchema } from "@typescript-eslint/utils";
import type ts from "typescript";
import { isOfTheLibrary, type Types } from "./types.js";

/** Where a type or value must come from to be meant: its name, and the package or file that declares it. */
export interface NamedOrigin {
  name: string | string[];
  from?: "file" | "lib" | "package";
  package?: string;
  path?: string;
}

export function matchesOrigin(type: ts.Type, specifiers: readonly (NamedOrigin | string)[], types: Types): boolean {
  if (specifiers.length === 0) return false;
  const intrinsic = (type as ts.Type & { intrinsicName?: string }).intrinsicName;
  if (intrinsic !== undefined) return specifiers.some((each) => (typeof each === "string" ? [each] : [each.name].flat()).includes(intrinsic));
  return matchesSymbol([type.aliasSymbol, type.getSymbol()], specifiers, types);
}

export function matchesSymbol(candidates: readonly (ts.Symbol | undefined)[], specifiers: readonly (NamedOrigin | string)[], types: Types): boolean {
  const symbols = candidates.filter((symbol) => symbol !== undefined);
  return symbols.some((symbol) => specifiers.some((specifier) => isFrom(symbol, specifier, types)));
}

function isFrom(symbol: ts.Symbol, specifier: NamedOrigin | string, types: Types): boolean {
  if (typeof specifier === "string") return symbol.getName() === specifier;
  const names = typeof specifier.name === "string" ? [specifier.name] : specifier.name;
  if (!names.includes(symbol.getName())) return false;
  const files = (symbol.declarations ?? []).map((declaration) => declaration.getSourceFile());
  switch (specifier.from) {
    case "lib":
      return isOfTheLibrary(symbol, types);
    case "package":
      return files.some((file) => file.fileName.includes(`/node_modules/${specifier.package ?? ""}/`) || isDeclaredModule(symbol, specifier.package));
    case "file":
      return files.some((file) => !file.fileName.includes("/node_modules/") && (!specifier.path || file.fileName.endsWith(specifier.path.replace(/^\.\//, ""))));
    default:
      return true;
  }
}

/** `declare module "name" { … }`, wherever it is written. */
function isDeclaredModule(symbol: ts.Symbol, name: string | undefined): boolean {
  const parent = (symbol as ts.Symbol & { parent?: ts.Symbol }).parent;
  return parent?.getName() === `"${name ?? ""}"`;
}

export const originsSchema: JSONSchema.JSONSchema4 = {
  type: "array",
  items: {
    anyOf: [
      { type: "string" },
      {
        type: "object",
        additionalProperties: false,
        required: ["name"],
        properties: {
          from: { type: "string", enum: ["file", "lib", "package"] },
          name: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
          package: { type: "string" },
          path: { type: "string" },
        },
      },
    ],
  },
};
