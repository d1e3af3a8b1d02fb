import type { PlannedFunction, ReturnHelper } from "../../../transformer/src/plan/plan.js";
import { functions, helpers, inText, output, outputs, plans, printed, without, type Mutation } from "./mutation.js";

function atStart(planned: PlannedFunction): PlannedFunction {
  return planned.expressionBody ? planned : { ...planned, begin: planned.body.start + 1 };
}

function returning(planned: PlannedFunction, helper: ReturnHelper): PlannedFunction {
  const operations = planned.operations.map((operation) => (operation.type === "return" ? { ...operation, helper } : operation));
  return { ...planned, operations };
}

/** Every rule of the lowering, broken once. */
export const mutations: readonly Mutation[] = [
  output("rule 1: a declaration becomes a const", ["01-kinds.js"], (code) => code.replace(/^function (\w+)\(/gm, "const $1 = function(")),
  output("rule 1: async functions lose their keyword", ["01-kinds.js"], (code) => code.replace(/\basync (?=function|\()/g, "")),
  output("rule 1: functions are wrapped and lose their names", ["01-kinds.js"], (code) => code.replace(/= function \w+/g, "= function")),
  output("rule 2: parameters are collected in the body", ["01-kinds.js"], (code) => code.replace(/\bfunction (\w+)\((\w[^(){}]*?)\) \{/g, "function $1(...all) { let [$2] = all;")),
  without("rule 2: an error of a default value is not recorded", ["02-parameters.js"], "parameter"),
  outputs("rule 2: a default value is evaluated in a function of its own", ["02-parameters.js"], (code) => code.replace(/\(\)\s*=>\s*\{\s*try\s*\{\s*return\b(?=[^]*?failParameters)/g, "function(){try{return ")),
  outputs("rule 2: a default value's error is swallowed", ["02-parameters.js"], (code) => code.replace(/(failParameters\([^;]*;)\s*throw __errspan_e/g, "$1 return __errspan_e")),
  outputs("rule 2: a default value's frame has another name", ["02-parameters.js"], (code) => code.replace(/"(?:charge|Orders\.total)"(?=\]|:\(\)=>)/g, '"helper"')),
  // The tree rewriter knows where directives end by itself.
  inText(functions("rule 3: the body begins before its directives", ["03-directives.js"], atStart)),
  inText(plans("rule 3: the helpers come before the file's directives", ["03-directives.js"], (plan) => ({ ...plan, importAt: 0 }))),
  output("rule 5: the body becomes a function of its own", ["05-arguments.js"], (code) => code.replace(/try\{((?:(?!try\{).)*?)\}catch\(__errspan_e\)/g, "try{return (function(){$1}).call(this)}catch(__errspan_e)")),
  functions("rule 7: derived TypeScript constructors begin before super", ["40-typescript.ts"], (planned) => (planned.kind === "constructor" ? atStart(planned) : planned)),
  functions("rule 9: a return ends the call before what runs behind it", ["09-bodies.js"], (planned) => (planned.kind === "function" ? { ...planned, exit: "end" } : planned)),
  functions("rule 9: a bare return does not end the call", ["09-bodies.js"], (planned) => ({ ...planned, operations: planned.operations.filter((each) => each.type !== "return" || each.argument !== null) })),
  functions("rule 9: the end of a body does not end the call", ["09-bodies.js"], (planned) => (planned.exit === "end" ? { ...planned, exit: "return" } : planned)),
  outputs("rule 9: a call that returns ends where it fails alone", ["09-bodies.js"], (code) => code.replace(/\(0, ?__errspan\.done\)/g, "(x=>x)")),
  output("rule 9: the exit comes before the body's own finally blocks", ["09-bodies.js"], (code) => code.replace(/finally \{/g, "finally { __errspan.exit(__errspan_s);")),
  plans("rule 10: the helpers' names are not checked", ["10-names.js"], (plan) => ({ ...plan, prefix: "__errspan" })),
  output("rule 11: an await more", ["11-async.js"], (code) => code.replaceAll("await __errspan", "await await __errspan")),
  output("rule 11: returned values are awaited", ["11-async.js"], (code) => code.replace(/return \(0, ?__errspan\.resolved\)/g, "return await (0,__errspan.resolved)")),
  printed("rule 11: a tree with an await more", ["11-async.js"], (code) => code.replaceAll("await __errspan", "await await __errspan")),
  printed("rule 11: a tree that awaits returned values", ["11-async.js"], (code) => code.replace(/return \(0, ?__errspan\.resolved\)/g, "return await (0,__errspan.resolved)")),
  without("rule 12: nothing gives the context back at an await", ["12-context.js"], "await"),
  without("rule 12: nothing brackets a for await", ["12-context.js"], "for-await"),
  without("rule 12: nothing brackets an await using", ["04-variables.js"], "await-using"),
  without("rule 12, 16: the context is not taken again in catch and finally", ["12-context.js"], "resume-block"),
  helpers("rule 12: suspending keeps the context", ["12-context.js"], "suspend: (state, value) => value"),
  helpers("rule 12: the exit leaves the context as it is", ["01-kinds.js"], "exit() {}"),
  helpers("rule 13: a returned promise is observed at once", ["13-promises.js"], "returned(value, state) { if (value instanceof Promise) value.then(() => {}, () => {}); return emit.returned(value, state); }"),
  helpers("rule 13: a returned promise is replaced", ["13-promises.js"], "returned: (value) => value instanceof Promise ? value.then((x) => x) : value"),
  without("rule 13: the span does not wait for a returned promise", ["13-promises.js"], "return"),
  helpers("rule 14: thenables are called to see their end", ["14-thenables.js"], "returned(value) { value?.then?.(() => {}, () => {}); return value; }"),
  functions("rule 14: thenables are left to the caller's context", ["14-thenables.js"], (planned) => (planned.kind === "async" ? returning(planned, "returned") : planned)),
  helpers("rule 14: an awaited thenable runs wherever it happens to", ["14-thenables.js"], "suspend(state, value) { emit.suspend(state, 0); return value; }"),
  without("rule 16: nothing brackets a yield", ["16-generator-context.js"], "yield"),
  without("rule 16: the steps of yield* run in the consumer's context", ["16-generator-context.js"], "yield-delegate"),
  helpers("rule 15: yield* reads the results", ["15-generators.js"], "delegate: (state, iterable) => (function* () { return yield* iterable; })()"),
  helpers("rule 16: a resumption does not take the context", ["16-generator-context.js"], "resumed: (value) => value"),
  output("rule 17: an error is swallowed", ["09-bodies.js"], (code) => code.replaceAll("throw __errspan_e", "")),
  output("rule 17: an error is wrapped", ["17-values.js"], (code) => code.replaceAll("throw __errspan_e", "throw Object(__errspan_e)")),
  output("rule 17: an error is not recorded", ["17-values.js"], (code) => code.replace(/\(0,__errspan\.fail\)\(__errspan_s,__errspan_e\);/g, "")),
  printed("rule 17: a tree that swallows errors", ["09-bodies.js"], (code) => code.replaceAll("throw __errspan_e", "")),
  printed("rule 17: a tree that records no errors", ["17-values.js"], (code) => code.replace(/\(0, __errspan\.fail\)\(__errspan_s, __errspan_e\);/g, "")),
  helpers("rule 17: something is written on errors", ["17-values.js"], "fail(state, error) { if (state) error.span = 1; emit.fail(state, error); }"),
  helpers("rule 17: returned values are inspected", ["17-values.js"], "returned(value) { void value?.ok; return value; }"),
  helpers("rule 18: the helpers use Function.prototype.call", ["18-environment.js"], "returned(value, state) { return emit.returned.call(undefined, value, state); }"),
  output("rule 18: a frame of ours stands in the stack", ["17-values.js"], (code) => code.replace(/return \(0,__errspan\.returned\)\(\( (new Error\("x"\)\.stack)\),__errspan_s\)/g, 'return (function helper(){return $1})()')),
  output("rule 20: the sites are in their dead zone", ["20-cycles.js"], (code) => code.replace(/(from "@errspan\/runtime\/emit";)var /g, "$1let ")),
  printed("rule 20: a tree with its sites in their dead zone", ["20-cycles.js"], (code) => code.replace(/^var (?=__errspan_\d)/gm, "let ")),
  printed("rule 9: a tree that leaves before the body's own finally blocks", ["09-bodies.js"], (code) => code.replace(/finally \{(?!\s*__errspan)/g, "finally { __errspan.exit(__errspan_s);")),
  printed("rule 5: a tree whose bodies are functions of their own", ["05-arguments.js"], (code) => code.replace(/try \{ ((?:(?!try \{).)*?) \} catch \(__errspan_e\)/g, "try { return (function(){$1}).call(this) } catch (__errspan_e)")),
  output("E1: no space after a keyword", ["09-bodies.js"], (code) => code.replace(/(await|yield) (?=__errspan)/g, "$1")),
  output("E1: an expression body loses its parentheses", ["09-bodies.js"], (code) => code.replace(/return (\S+)\( \((.*?)\)\),__errspan_s\)\}catch/g, "return $1$2,__errspan_s)}catch")),
];
