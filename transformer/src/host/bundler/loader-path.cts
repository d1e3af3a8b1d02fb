import path = require("node:path");

/** Where the loader is. CommonJS in both builds: there alone a file is told its own place in the same way by either. */
const loaderPath: string = path.join(__dirname, "../loader.js");

export = loaderPath;
