/**
 * What the trials of versions come to. No relative imports here: the script beside loads this file as it is, without
 * a compiler.
 */

/** "not installed" says nothing of us: no network, no such version, or npm refuses it beside our packages. */
export type Verdict = "same" | "differs" | "fails" | "not installed";

/** One version of one host. */
export interface Trial {
  readonly host: string;
  /** What was installed, or else what was asked for. */
  readonly version: string;
  readonly verdict: Verdict;
  /** Of every verdict but "same": lines to read. */
  readonly why: string;
}

/** What of a host can be asked for. */
export interface Choosable {
  readonly id: string;
  readonly versions: readonly string[];
}

/**
 * Which versions of which hosts to try.
 *
 * @param only - `vite,jest` for all their versions, `vite@8.0.0` for another one; everything where it is not there
 * @throws where a host is named that is not there
 */
export function chosen<H extends Choosable>(hosts: readonly H[], only: string | undefined): readonly (readonly [H, string])[] {
  if (only === undefined) return hosts.flatMap((host) => host.versions.map((version) => [host, version] as const));
  return only.split(",").flatMap((words) => {
    const [id = "", asked] = words.trim().split("@");
    const host = hosts.find((each) => each.id === id.toLowerCase());
    if (host === undefined) throw new RangeError(`There is no host "${id}". There are: ${hosts.map((each) => each.id).join(", ")}`);
    return (asked === undefined ? host.versions : [asked]).map((version) => [host, version] as const);
  });
}

/** Lines that are missing, and lines that are too many; nothing where they are the same, in the same order. */
export function difference(expected: readonly string[], actual: readonly string[]): string {
  const without = (lines: readonly string[], others: readonly string[], sign: string): string[] => {
    const left = [...others];
    return lines.flatMap((line) => {
      const index = left.indexOf(line);
      if (index === -1) return [`${sign} ${line}`];
      left.splice(index, 1);
      return [];
    });
  };
  const lines = [...without(expected, actual, "-"), ...without(actual, expected, "+")];
  if (lines.length === 0 && expected.some((line, index) => line !== actual[index])) return `in another order: ${actual.join(", ")}`;
  return lines.join("\n");
}

/** The lines of npm's errors that say why: its code, and what did not fit to what. */
export function installProblem(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.replace(/^npm (?:error|ERR!) ?/, "").trim());
  const telling = lines.filter((line) => /^code |^(?:peer|No matching version|404 |network |request to)/i.test(line));
  const [, ...rest] = new Set(["", ...telling, ...(telling.length === 0 ? lines.filter((line) => line !== "").slice(0, 3) : [])]);
  return rest.slice(0, 4).join("\n");
}

/** The trials as a table of Markdown. */
export function table(trials: readonly Trial[]): string {
  const rows = trials.map(({ host, version, verdict, why }) => {
    const lines = why.split("\n").map((line) => line.replaceAll("|", "\\|"));
    const told = [...lines.slice(0, 2), ...(lines.length > 2 ? ["…"] : [])].join("; ");
    return `| ${host} | ${version} | ${verdict}${told === "" ? "" : `: ${told}`} |`;
  });
  return ["| host | version | spans |", "|---|---|---|", ...rows].join("\n");
}

/** 1 where a version differs or fails, 3 where some only could not be installed, 0 where all are the same. */
export function exitCode(trials: readonly Trial[]): 0 | 1 | 3 {
  if (trials.some(({ verdict }) => verdict === "differs" || verdict === "fails")) return 1;
  return trials.some(({ verdict }) => verdict === "not installed") ? 3 : 0;
}
