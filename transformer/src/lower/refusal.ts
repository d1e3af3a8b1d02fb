/** Why a function cannot be traced faithfully. */
export interface Refusal {
  /** Stable code of the diagnostic, documented in docs/diagnostics.md. */
  readonly code: string;
  readonly reason: string;
}

export const refusals = {
  asm: {
    code: "ERRSPAN1001",
    reason: "it is asm.js code ('use asm'), which engines compile only as it stands; trace the function that calls it",
  },
  insideWith: {
    code: "ERRSPAN1002",
    reason: "it stands inside a `with` statement, whose object would be asked for the names that tracing brings in; move it out",
  },
  suspendsInsideWith: {
    code: "ERRSPAN1003",
    reason: "it awaits or yields inside a `with` statement, whose object would be asked for the names that tracing brings in; take the value out first: `const value = await …`",
  },
  functionIsVariable: (name: string): Refusal => ({
    code: "ERRSPAN1004",
    reason: `the function \`${name}\` declared in its body is also a \`var\`; rename one of the two`,
  }),
  functionTwice: (name: string): Refusal => ({
    code: "ERRSPAN1005",
    reason: `its body declares the function \`${name}\` twice; remove the first, which never runs`,
  }),
  functionInBlock: (name: string): Refusal => ({
    code: "ERRSPAN1006",
    reason: `its body declares the function \`${name}\` and a nested block replaces it in sloppy mode; rename one of the two`,
  }),
  functionIsParameter: (name: string): Refusal => ({
    code: "ERRSPAN1007",
    reason: `its body declares a function named like its parameter \`${name}\`, and it uses \`arguments\` in sloppy mode; rename one of the two`,
  }),
  evalBesideFunctions: {
    code: "ERRSPAN1008",
    reason: "its body declares functions and calls `eval` directly in sloppy mode, which could declare them anew; use strict mode, or an indirect `(0, eval)(…)`",
  },
  functionBeforeSuper: (name: string): Refusal => ({
    code: "ERRSPAN1009",
    reason: `the constructor uses the function \`${name}\` before \`super(…)\` and declares it after; move the declaration out of the constructor`,
  }),
  disposedInLoopHead: {
    code: "ERRSPAN1010",
    reason: "it declares `await using` in the head of a `for (;;)` loop; move the declaration in front of the loop",
  },
  parameterRedeclared: (name: string): Refusal => ({
    code: "ERRSPAN1011",
    reason: `its body declares \`${name}\` again, which is a parameter: a syntax error that tracing would hide; rename one of the two`,
  }),
} as const;
