import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { run } from "../../command.js";
import { chosen, difference, exitCode, installProblem, table, type Trial } from "./report.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const hosts = [
  { id: "vite", versions: ["5", "6"] },
  { id: "jest", versions: ["30"] },
];

const trial = (verdict: Trial["verdict"], why = ""): Trial => ({ host: "Vite", version: "5.0.0", verdict, why });

describe("the choice of versions to try", () => {
  const ids = (only?: string): string[] => chosen(hosts, only).map(([{ id }, version]) => `${id} ${version}`);

  it("should be all of them, those of some hosts, or another version", () => {
    expect(ids()).toEqual(["vite 5", "vite 6", "jest 30"]);
    expect(ids("Jest, vite")).toEqual(["jest 30", "vite 5", "vite 6"]);
    expect(ids("vite@4.5.0,jest")).toEqual(["vite 4.5.0", "jest 30"]);
  });

  it("should name the hosts where one is asked for that is not there", () => {
    expect(() => ids("vite,parcel")).toThrow('There is no host "parcel". There are: vite, jest');
  });
});

describe("the comparison of spans", () => {
  it("should tell what is missing and what is too much, as often as it is", () => {
    expect(difference(["a", "b"], ["a", "b"])).toBe("");
    expect(difference(["a", "b", "b"], ["b", "c"])).toBe("- a\n- b\n+ c");
    expect(difference([], ["a"])).toBe("+ a");
  });

  it("should tell of another order", () => {
    expect(difference(["a", "b"], ["b", "a"])).toBe("in another order: b, a");
  });
});

describe("the table of what was tried", () => {
  it("should be Markdown, one line for each version, also where there is much to tell", () => {
    expect(table([trial("same"), trial("differs", "- a | b\n- c\n+ d"), trial("not installed", "code ETARGET")])).toBe(
      [
        "| host | version | spans |",
        "|---|---|---|",
        "| Vite | 5.0.0 | same |",
        "| Vite | 5.0.0 | differs: - a \\| b; - c; … |",
        "| Vite | 5.0.0 | not installed: code ETARGET |",
      ].join("\n"),
    );
  });

  it("should end with a code that keeps what differs apart from what could not be installed", () => {
    expect(exitCode([trial("same")])).toBe(0);
    expect(exitCode([trial("same"), trial("not installed")])).toBe(3);
    expect(exitCode([trial("not installed"), trial("differs")])).toBe(1);
    expect(exitCode([trial("fails"), trial("same")])).toBe(1);
  });

  it("should say of npm's errors what did not fit to what", () => {
    const stderr = `npm error code ERESOLVE
npm error ERESOLVE unable to resolve dependency tree
npm error
npm error While resolving: bundlers@undefined
npm error Found: vite@4.5.14
npm error Could not resolve dependency:
npm error peerOptional vite@">=5 <9" from @errspan/transformer@0.1.0
npm error node_modules/@errspan/transformer
npm error A complete log of this run can be found in: ~/.npm/_logs/debug-0.log
`;
    expect(installProblem(stderr)).toBe('code ERESOLVE\npeerOptional vite@">=5 <9" from @errspan/transformer@0.1.0');
    expect(installProblem("sh: npm: not found\n")).toBe("sh: npm: not found");
  });
});

describe("what would be tried", () => {
  it("should begin with the oldest version that our packages admit, and have each of their majors", async () => {
    const { stdout, code } = await run("node test/hosts/versions.mjs --list", root);
    expect(code).toBe(0);
    const tried = stdout.trim().split("\n").map((line) => line.split(" ")[1] ?? "");
    const manifest = JSON.parse(await readFile(`${root}/transformer/package.json`, "utf8")) as { peerDependencies: Record<string, string> };
    const missing = Object.entries(manifest.peerDependencies).flatMap(([name, range]) => {
      if (name === "@errspan/runtime") return [];
      const [, oldest = "", next = ""] = /^>=([\d.]+) <(\d+)$/.exec(range) ?? [];
      const majors = Array.from({ length: Number(next) - Number.parseInt(oldest, 10) }, (_, index) => Number.parseInt(oldest, 10) + index);
      const versions = tried.filter((each) => each.startsWith(`${name}@`)).map((each) => each.slice(name.length + 1));
      const first = versions[0] === oldest || versions[0]?.startsWith(`${oldest}.`) === true;
      return [...(first ? [] : [`${name} ${oldest}`]), ...majors.filter((major) => !versions.some((each) => Number.parseInt(each, 10) === major)).map((major) => `${name} ${major}`)];
    });
    expect(missing).toEqual([]);
  });
});
