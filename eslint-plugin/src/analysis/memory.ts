import type { TSESLint } from "@typescript-eslint/utils";

/**
 * A memory for what has been found out about a file, shared by all rules and forgotten with the file. One weak entry
 * per file and plain ones within: a weak entry per node would cost the garbage collector more than it saves.
 */
export function perFile<Key, Value>(): (source: Readonly<TSESLint.SourceCode>) => Map<Key, Value> {
  const files = new WeakMap<object, Map<Key, Value>>();
  return ({ ast }) => {
    let memory = files.get(ast);
    if (!memory) files.set(ast, (memory = new Map<Key, Value>()));
    return memory;
  };
}
