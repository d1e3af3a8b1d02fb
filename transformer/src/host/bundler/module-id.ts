import { isAbsolute } from "node:path";
import { languageOf } from "../../parse/language.js";

/** A module that is the code of a file. */
export interface CodeModule {
  /** Absolute path. */
  readonly file: string;
  /** The path with what the bundler hangs on it, which may tell the language. */
  readonly filename: string;
}

/** What bundlers can test before they call us at all: everything that may be code passes. */
export const MAY_BE_CODE = /\.[cm]?[jt]sx?(?:$|[?#])|[?&]lang[.=][jt]sx?(?:&|$)/i;

const CODE = /\.[cm]?[jt]sx?$/i;

/** The script of a single-file component: `App.vue?vue&type=script&setup=true&lang.ts`. */
const SCRIPT_PART = /[?&]type=script\b.*[?&]lang[.=][jt]sx?(?:&|$)/;

/** What is asked for is then not the code of the file, but its text, its address, or another part of it. */
const NOT_THE_CODE =
  /[?&](?:raw|url|inline|no-inline|worker|sharedworker|init|source|text|type=(?:style|template|custom)[^&]*)(?:[=&]|$)/;

/**
 * The file whose code a bundler's module is; null for what plugins make up (`\0…`, `virtual:…`), and for what is asked
 * for as text, as an address, or as styles (`?raw`, `?url`).
 */
export function codeModule(id: string): CodeModule | null {
  // Vite's way to name files outside of its root: /@fs/home/…, /@fs/C:/…
  const filename = /^\/@fs\/[A-Za-z]:/.test(id) ? id.slice(5) : id.startsWith("/@fs/") ? id.slice(4) : id;
  const end = filename.indexOf("?");
  const file = end < 0 ? filename : filename.slice(0, end);
  const query = filename.slice(file.length);
  if (id.includes("\0") || !(isAbsolute(file) || /^[A-Za-z]:[\\/]/.test(file)) || NOT_THE_CODE.test(query)) return null;
  const isCode = SCRIPT_PART.test(query) || (CODE.test(file) && languageOf(file) !== "dts");
  return isCode ? { file, filename } : null;
}

const PACKAGES = /(?:^|[\\/])node_modules[\\/]/;

/** Whether a file, or what a glob stands for, belongs to an installed package. */
export function isInstalled(path: string): boolean {
  return PACKAGES.test(path);
}

/** Whether webpack takes a module of this type for the text that the program asks for: `asset/source` and its like. */
export function isAsset(moduleType: string | undefined): boolean {
  return moduleType !== undefined && /^(?:asset|css|json)/.test(moduleType);
}
