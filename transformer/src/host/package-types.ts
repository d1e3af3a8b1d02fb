import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { extensionOf } from "../parse/language.js";
import type { ModuleFormat } from "../plan/plan.js";

/** Tells the module system of plain JavaScript files as Node does: by `type` in the nearest package.json. */
export class PackageTypes {
  readonly #byDirectory = new Map<string, "module" | "commonjs">();

  /** Undefined where the name of the file or its text are to tell. */
  formatOf(file: string): ModuleFormat | undefined {
    return extensionOf(file) === ".js" ? this.#inDirectory(dirname(file)) : undefined;
  }

  #inDirectory(directory: string): "module" | "commonjs" {
    const known = this.#byDirectory.get(directory);
    if (known !== undefined) return known;
    const parent = dirname(directory);
    const type = packageType(join(directory, "package.json")) ?? (parent === directory ? "commonjs" : this.#inDirectory(parent));
    this.#byDirectory.set(directory, type);
    return type;
  }
}

/** Null where there is no package.json; one that cannot be read counts as one without `type`. */
function packageType(file: string): "module" | "commonjs" | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    // There is none, or none that can be read.
    return null;
  }
  try {
    const contents: unknown = JSON.parse(text);
    const isModule = typeof contents === "object" && contents !== null && "type" in contents && contents.type === "module";
    return isModule ? "module" : "commonjs";
  } catch {
    // Node itself will say what is wrong with it.
    return "commonjs";
  }
}
