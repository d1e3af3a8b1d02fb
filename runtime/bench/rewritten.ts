import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { transform } from "@errspan/transformer";

/** A module of this folder as the transformer rewrites it, every function traced. */
export async function rewritten<Module>(name: string): Promise<Module> {
  const root = fileURLToPath(new URL(".", import.meta.url));
  const filename = join(root, name);
  const { code } = transform(readFileSync(filename, "utf8"), { filename, root, config: { select: [{ functions: "all" }] } });
  // Beside the original, so that it finds the runtime.
  const directory = mkdtempSync(join(root, ".rewritten-"));
  try {
    const file = join(directory, basename(name));
    writeFileSync(file, code);
    return (await import(pathToFileURL(file).href)) as Module;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
