import ts from "typescript";

const everything = { select: [{ functions: "all" }] };

/** What the rewriters did over a run. */
export const counts = { functions: 0, refused: 0, unparsed: 0 };

function count(plan) {
  counts.functions += plan.functions.length;
  for (const { code } of plan.diagnostics) {
    if (code.startsWith("ERRSPAN10")) counts.refused += 1;
    counts[code] = (counts[code] ?? 0) + 1;
  }
}

function transpile(code, name, format, before) {
  const { outputText } = ts.transpileModule(code, {
    fileName: name,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: format === "module" ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
      alwaysStrict: false,
      ignoreDeprecations: "6.0",
      allowJs: true,
    },
    transformers: { before },
  });
  return outputText;
}

/**
 * The functions that compile one file of the suite: without us, and rewritten by one of the rewriters.
 * @param rewriter "text" or "tree"
 * @param sources the transformer's plan, text rewriter and tree rewriter
 */
export function createCompilers(rewriter, { plan, rewriteText, rewriteTree }) {
  const planned = (code, name, format) => {
    const result = plan(code, { filename: name, format, config: everything });
    count(result);
    return result;
  };
  if (rewriter === "text") {
    return {
      original: (code) => code,
      rewritten: (code, name, format) => rewriteText(code, planned(code, name, format))?.code ?? code,
    };
  }
  return {
    original: (code, name, format) => transpile(code, name, format, []),
    rewritten(code, name, format) {
      const result = planned(code, name, format);
      return transpile(code, name, format, [(context) => (file) => rewriteTree(ts, file, result, format, context).sourceFile]);
    },
  };
}
