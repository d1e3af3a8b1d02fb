// `require("@errspan/eslint-plugin")` must give the very object that the configs name as their plugin: ESLint refuses
// two different objects under one name. So the CommonJS entry's exports become the plugin, which is its own default.
import { writeFileSync } from "node:fs";

writeFileSync(
  "dist/cjs/index.js",
  `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const { assemble } = require("./plugin.js");
exports.meta = exports.rules = exports.configs = undefined;
assemble(exports);
Object.defineProperty(exports, "default", { value: exports });
`,
);
