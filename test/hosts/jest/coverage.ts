interface Place {
  readonly start: { readonly line: number };
}

interface FileCoverage {
  readonly statementMap: Readonly<Record<string, Place>>;
  readonly s: Readonly<Record<string, number>>;
  readonly fnMap: Readonly<Record<string, { readonly decl: Place }>>;
  readonly f: Readonly<Record<string, number>>;
  readonly branchMap: Readonly<Record<string, { readonly type: string; readonly loc: Place }>>;
  readonly b: Readonly<Record<string, readonly number[]>>;
}

/** What people see in a report: for each line, function and branch whether it ran. */
export interface Covered {
  readonly lines: Readonly<Record<number, boolean>>;
  readonly functions: readonly string[];
  readonly branches: readonly string[];
}

/** Reads the report of one file out of `coverage-final.json`. */
export function coverageOf(report: string, file: string): Covered {
  const files = JSON.parse(report) as Readonly<Record<string, FileCoverage>>;
  const found = Object.entries(files).find(([path]) => path.endsWith(file))?.[1];
  if (found === undefined) throw new Error(`${file} is not in the report`);
  const lines: Record<number, boolean> = {};
  for (const [key, { start }] of Object.entries(found.statementMap)) {
    lines[start.line] = lines[start.line] === true || (found.s[key] ?? 0) > 0;
  }
  return {
    lines,
    functions: Object.entries(found.fnMap).map(([key, { decl }]) => `${decl.start.line} ${found.f[key] ?? 0}`).sort(),
    branches: Object.entries(found.branchMap).map(([key, { type, loc }]) => `${type} ${loc.start.line} ${found.b[key]?.join() ?? ""}`).sort(),
  };
}
