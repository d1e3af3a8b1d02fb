import { behavesTheSame } from "../harness/suite.js";

behavesTheSame([
  "04-variables.js",
  "05-arguments.js",
  "06-eval.js",
  "07-constructors.js",
  "08-super.js",
  "09-bodies.js",
  "10-names.js",
  "21-mixtures.js",
]);
