#!/usr/bin/env node
// A file of its own, which is there before anything is built: npm links no command whose file is missing.
import "../dist/esm/cli/main.js";
