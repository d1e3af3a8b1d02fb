import { behavesTheSame } from "../harness/suite.js";

behavesTheSame(["30-edits.js", "31-bytes.js", "40-typescript.ts"]);
