/** Name and version of the instrumentation scope; a test holds the version to package.json's. */
export const SCOPE_NAME = "@errspan/runtime";
export const VERSION = "0.1.0";
