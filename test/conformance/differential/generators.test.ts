import { behavesTheSame } from "../harness/suite.js";

behavesTheSame(["15-generators.js", "16-generator-context.js", "17-values.js", "18-environment.js"]);
