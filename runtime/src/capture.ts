/**
 * What rewritten code calls where a marker or selector asks for arguments or results; like the package's `/emit`, and
 * apart from it so that programs that capture nothing do not carry it.
 *
 * @module
 */
export { captureArguments, captureResult } from "./record/capture.js";
