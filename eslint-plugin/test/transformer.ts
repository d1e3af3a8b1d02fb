import { vi } from "vitest";

// The linted project's own transformer is found at run time; here that is the one of this repository's sources.
vi.mock("../src/analysis/planner.js", async (load) => {
  const { transform } = await import("@errspan/transformer");
  return { ...(await load<object>()), plannerFor: () => ({ transform }) };
});
