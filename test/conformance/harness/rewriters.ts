import ts from "typescript";
import { plan } from "../../../transformer/src/plan/create-plan.js";
import type { ModuleFormat, Plan } from "../../../transformer/src/plan/plan.js";
import { rewriteText } from "../../../transformer/src/rewrite/text/rewrite-text.js";
import { rewriteTree } from "../../../transformer/src/rewrite/tree/rewrite-tree.js";
import type { ProgramFile } from "./program.js";

/** One way of rewriting; `compile` gives the same file as it runs without us. */
export interface Rewriter {
  readonly name: string;
  compile(file: ProgramFile, format: ModuleFormat): string;
  rewrite(file: ProgramFile, format: ModuleFormat): string;
}

/** Changes a plan before it is carried out, to break a rule on purpose. */
export type PlanChange = (plan: Plan, source: string) => Plan;

const everything = { select: [{ functions: "all" }] } as const;
const asPlanned: PlanChange = (plan) => plan;

/** The plan of a file with every function selected. */
export function planEverything(file: ProgramFile, format: ModuleFormat): Plan {
  return plan(file.code, { filename: file.name, format, config: everything });
}

type BeforeTransformer = ts.TransformerFactory<ts.SourceFile>;

function transpile({ code, name }: ProgramFile, format: ModuleFormat, before: readonly BeforeTransformer[] = []): string {
  const { outputText } = ts.transpileModule(code, {
    fileName: name,
    compilerOptions: {
      // No engine runs decorators and auto-accessors as they are yet.
      target: typescript.test(name) ? ts.ScriptTarget.ES2022 : ts.ScriptTarget.ESNext,
      module: format === "module" ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
      alwaysStrict: false,
      jsx: ts.JsxEmit.React,
      jsxFactory: "h",
      jsxFragmentFactory: "Fragment",
      ignoreDeprecations: "6.0",
      allowJs: true,
    },
    transformers: { before: [...before] },
  });
  return outputText;
}

const typescript = /\.[cm]?tsx?$/;

/** What bundlers, the Node loader and the CLI do: the text is rewritten, TypeScript is compiled afterwards. */
export function textRewriter(change = asPlanned): Rewriter {
  const compile = (file: ProgramFile, format: ModuleFormat): string => (typescript.test(file.name) ? transpile(file, format) : file.code);
  return {
    name: "text",
    compile,
    rewrite({ name, code }, format) {
      const changed = change(planEverything({ name, code }, format), code);
      return compile({ name, code: rewriteText(code, changed)?.code ?? code }, format);
    },
  };
}

/** What ts-patch, Nest and ts-jest do: the compiler's tree is rewritten in its `before` stage. */
export function treeRewriter(change = asPlanned): Rewriter {
  return {
    name: "tree",
    compile: (file, format) => transpile(file, format),
    rewrite(file, format) {
      const changed = change(planEverything(file, format), file.code);
      return transpile(file, format, [(context) => (sourceFile) => rewriteTree(ts, sourceFile, changed, format, context).sourceFile]);
    },
  };
}
