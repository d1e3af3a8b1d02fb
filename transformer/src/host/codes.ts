/** Diagnostics about what surrounds the program that is compiled; docs/diagnostics.md explains each. */
export const HOST_CODES = {
  runtimeMissing: "ERRSPAN4102",
  compilerVersion: "ERRSPAN4103",
  nestBuilder: "ERRSPAN4104",
  nodeVersion: "ERRSPAN4201",
  nodeLoadsWrongly: "ERRSPAN4202",
  fileFailed: "ERRSPAN4203",
} as const;
