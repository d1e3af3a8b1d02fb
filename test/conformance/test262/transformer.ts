/** What the test262 run needs of the transformer's sources, bundled for its processes. */
export { plan } from "../../../transformer/src/plan/create-plan.js";
export { rewriteText } from "../../../transformer/src/rewrite/text/rewrite-text.js";
export { rewriteTree } from "../../../transformer/src/rewrite/tree/rewrite-tree.js";
