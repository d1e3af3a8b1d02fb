import { behavesTheSame } from "../harness/suite.js";

behavesTheSame(["11-async.js", "12-context.js", "13-promises.js", "14-thenables.js"]);
