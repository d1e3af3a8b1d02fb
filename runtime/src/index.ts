export { type Classification, type Configuration, configure } from "./span/settings.js";
