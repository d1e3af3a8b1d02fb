import { behavesTheSame } from "../harness/suite.js";

behavesTheSame(["01-kinds.js", "02-parameters.js", "03-directives.js", "20-cycles.js"]);
