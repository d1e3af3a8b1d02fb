import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { declaredType, importOf } from "../analysis/annotations.js";
import { isConsole, isLogCall } from "../analysis/calls.js";
import { tellsEarlierFailure } from "../analysis/earlier-failures.js";
import { fateOf } from "../analysis/fate.js";
import { isUsed } from "../analysis/idle-uses.js";
import { hasReason } from "../analysis/reasons.js";
import { removesForGood, saysRemoved } from "../analysis/removal-callbacks.js";
import { isSuccessCallback } from "../analysis/success-calls.js";
import { readVocabulary } from "../analysis/settings.js";
import { calleePath, climb, contains, functionName, type FunctionNode, isNothing, leavesFunction, memberName, type Node, unwrap, visit } from "../analysis/syntax.js";
import { derivesFrom, isAny, isUnknown, partsOf, type Types, typesOf } from "../analysis/types.js";
import { isCleanUpName } from "../analysis/vocabulary.js";
import { boundVariables, type Variable, variableOf } from "../analysis/variables.js";
import { handlingSchema, type HandlingOptions, lenient } from "./handling-options.js";
import { createRule } from "../create-rule.js";

type Ids = "goesOn" | "goesOnUnless" | "ignored" | "printed" | "unread";

const errorNames = new Set(["Error"]);
const saysError = /^_?(?:er|err|error|\w+Err|\w+Error|e|exception)$/;
const surelyError = /^_?(?:er|err|error|\w+Err|\w+Error)$/;
/** Methods whose callback is given something else first, whatever it is called. */
const otherwise = /^(?:map|forEach|filter|reduce|some|every|find|findIndex|flatMap|sort|then|catch|finally|on|once|addListener|addEventListener|describe|it|test|use|mock\w*|jest|each)$/;

export const noIgnoredCallbackError = createRule<readonly [HandlingOptions], Ids>({
  name: "no-ignored-callback-error",
  type: "problem",
  docs: {
    description: "Disallow error-first callbacks that ignore their error",
    config: "recommended",
    types: "uses",
  },
  messages: {
    unread:
      "This callback never looks at `{{name}}`: when the operation fails it goes on with a result that is not there. Check it first, and pass it on.",
    ignored:
      "When there is an error, this callback leaves without telling anybody. Pass `{{name}}` on, or give the reason for the silence in a comment.",
    goesOn:
      "After an error this callback only prints it and goes on with a result that is not there. Leave here, and pass `{{name}}` on.",
    goesOnUnless:
      "Where this condition does not hold, the callback goes on after an error with a result that is not there. Ask for `{{name}}` alone, leave there, and pass it on.",
    printed: "The error is only printed here: no trace or caller will ever see it. Pass `{{name}}` on, or record it.",
  },
  schema: handlingSchema,
  defaultOptions: [lenient],
  create(context, [options]) {
    const source = context.sourceCode;
    const types = typesOf(source);
    const vocabulary = readVocabulary(context);

    function check(node: FunctionNode): void {
      const [given] = node.params;
      if (!given) return checkBlind(node);
      if (given.type === "RestElement" && !isFirstOfRest(given)) return checkRest(node, given);
      const first = firstOf(given);
      if (first?.type !== "Identifier" || !mayTakeError(node, first)) return;
      if (node.body.type !== "BlockStatement") return checkExpression(node, first);
      const variable = boundVariables(given, source).find((each) => each.name === first.name);
      if (!variable) return;
      const isRead = isUsed(variable, source);
      const branch = isRead ? errorBranch(node.body, first.name) : undefined;
      const partly = isRead && !branch ? partOfError(node, variable) : undefined;
      const onlyGood = isRead && !branch && (isCallback(node) || isPassedByName(node)) ? goodBranch(node.body, variable) : undefined;
      const hidden = isRead && !branch && options.answers === "strict" ? hiddenBehind(variable) : undefined;
      if (isRead && !branch && !onlyGood && !partly && !hidden) return;
      if (!takesErrorFirst(node, first) || isExcused(node)) return;
      if (!isRead) {
        context.report({ node: first, messageId: "unread", data: { name: first.name } });
        return;
      }
      if (hidden) {
        if (!hasReason(node.body, options.comments, source)) context.report({ node: hidden, messageId: "ignored", data: { name: first.name } });
        return;
      }
      if (partly) {
        context.report({ node: partly, messageId: "goesOnUnless", data: { name: first.name } });
        return;
      }
      if (onlyGood) {
        if (!hasReason(node.body, options.comments, source)) context.report({ node: onlyGood, messageId: "ignored", data: { name: first.name } });
        return;
      }
      if (branch?.type === "BlockStatement" && branch.body.length === 0) {
        if (!hasReason(branch, options.comments, source)) context.report({ node: branch, messageId: "ignored", data: { name: first.name } });
        return;
      }
      if (branch && pretends(branch)) {
        if (options.answers === "strict" && !hasReason(branch, options.comments, source)) context.report({ node: branch, messageId: "ignored", data: { name: first.name } });
        return;
      }
      if (branch && goesOn(branch, node)) {
        context.report({ node: branch, messageId: "goesOn", data: { name: first.name } });
        return;
      }
      const fate = fateOf({ node, param: first, body: node.body }, source, vocabulary);
      if (!branch || (fate.handledSomewhere && fate.lost.length === 0 && fate.printed.length === 0)) return;
      // Only what happens under `if (err)`: the rest is the way without an error.
      const inBranch = (leak: { node: Node }): boolean => leak.node.range[0] >= branch.range[0] && leak.node.range[1] <= branch.range[1];
      if (fate.lost.some((leak) => leak.how === "return" && inBranch(leak))) {
        context.report({ node: branch, messageId: "ignored", data: { name: first.name } });
      } else if (options.console === "report" && fate.printed.some((leak) => inBranch(leak))) {
        context.report({ node: branch, messageId: "printed", data: { name: first.name } });
      }
    }

    /** `(err = null, text) => …` and `(...[err, text]) => …` take the error first as well. */
    function firstOf(given: TSESTree.Parameter): Node | null | undefined {
      if (given.type === "AssignmentPattern") return given.left;
      return given.type === "RestElement" && given.argument.type === "ArrayPattern" ? given.argument.elements[0] : given;
    }

    function isFirstOfRest(given: TSESTree.RestElement): boolean {
      return given.argument.type === "ArrayPattern" && given.argument.elements[0]?.type === "Identifier";
    }

    /** `(...args) => resolve(args[1])`: of all it is given, only what comes behind the error is looked at. */
    function checkRest(node: FunctionNode, given: TSESTree.RestElement): void {
      const { parent, child } = climb(node);
      if (parent?.type !== "CallExpression" || parent.arguments.at(-1) !== child || !isCallback(node)) return;
      if (given.argument.type === "Identifier" && !isLookedBehind(boundVariables(given, source))) return;
      if (!isOfCallbackModule(node, 0) || hasReason(parent, options.comments, source)) return;
      if (!types || isGivenError(node, types)) context.report({ node: given, messageId: "unread", data: { name: "err" } });
    }

    /** Every look at the list of arguments is one at the second of them or one further behind. */
    function isLookedBehind(lists: readonly Variable[]): boolean {
      const reads = lists.flatMap((variable) => variable.references).filter((reference) => reference.isRead());
      return reads.every(({ identifier }) => {
        const { parent } = climb(identifier);
        if (parent?.type === "VariableDeclarator") return parent.id.type === "ArrayPattern" && parent.id.elements[0] === null;
        if (parent?.type !== "MemberExpression" || unwrap(parent.object) !== identifier) return false;
        return (parent.computed && parent.property.type === "Literal" && typeof parent.property.value === "number" && parent.property.value > 0) || memberName(parent) === "length";
      });
    }

    /** `callback(null, err ? "" : text)`, `resolve(err ? [] : rows)`, and nothing else anywhere about the error. */
    function hiddenBehind(variable: Variable): Node | undefined {
      const [only, ...others] = variable.references.filter((reference) => reference.isRead());
      const choice = only && climb(only.identifier).parent;
      if (others.length > 0 || choice?.type !== "ConditionalExpression" || choice.test !== only?.identifier || !isEmptyResult(choice.consequent)) return undefined;
      const call = climb(choice).parent;
      if (call?.type !== "CallExpression") return undefined;
      const isResolved = calleePath(call).join(".") === "resolve";
      return isResolved || (call.arguments[0] && isNothing(call.arguments[0])) ? choice : undefined;
    }

    function isEmptyResult(node: Node): boolean {
      const result = unwrap(node);
      return (result.type === "Literal" && typeof result.value === "string") || (result.type === "ArrayExpression" && result.elements.length === 0) || (result.type === "ObjectExpression" && result.properties.length === 0);
    }

    /** `if (err) resolve("")`: the error becomes a result that looks like any other. */
    function pretends(branch: TSESTree.Statement): boolean {
      const said = branch.type === "BlockStatement" ? branch.body : [branch];
      const [only] = said;
      const value = only?.type === "ExpressionStatement" ? only.expression : only?.type === "ReturnStatement" ? only.argument : undefined;
      const call = value && unwrap(value);
      if (call?.type !== "CallExpression" || said.length !== 1 || calleePath(call).join(".") !== "resolve" || !call.arguments[0]) return false;
      return isEmptyResult(call.arguments[0]);
    }

    /** `writeFile(path, text, () => done())`: takes no parameter where an error would come. */
    function checkBlind(node: FunctionNode): void {
      const { parent, child } = climb(node);
      if (parent?.type !== "CallExpression" || parent.arguments.at(-1) !== child || !isCallback(node)) return;
      if (!isOfCallbackModule(node, 0) || (isExcused(node) && !(options.answers === "strict" && (removesForGood(parent, source) || saysRemoved(parent, node, source)))) || hasReason(parent, options.comments, source)) return;
      if (tellsEarlierFailure(node, source)) return;
      if (looksAtArguments(node)) return;
      if (types && !isGivenError(node, types)) return;
      context.report({ node, messageId: "unread", data: { name: "err" } });
    }

    /** `function () { done(arguments[0]); }` */
    function looksAtArguments(node: FunctionNode): boolean {
      const own = node.type === "ArrowFunctionExpression" ? undefined : source.scopeManager?.acquire(node)?.set.get("arguments");
      return own !== undefined && own.references.length > 0 && !isLookedBehind([own]);
    }

    /** By the callback's type where it is given: its first parameter is an error or nothing. */
    function isGivenError(node: FunctionNode, known: Types): boolean {
      const expected = known.checker.getContextualType(known.services.esTreeNodeToTSNodeMap.get(node) as ts.Expression);
      const parts = expected ? partsOf(expected, known) : [];
      return parts.some((part) =>
        part.getCallSignatures().some((signature) => {
          const [first] = signature.getParameters();
          const type = first ? known.checker.getTypeOfSymbol(first) : undefined;
          return type !== undefined && partsOf(type, known).length > 1 && partsOf(type, known).some((each) => isErrorPart(each, known));
        }),
      );
    }

    /** `(err, data) => resolve(data)` */
    function checkExpression(node: FunctionNode, first: TSESTree.Identifier): void {
      const isUnread = boundVariables(first.parent === node ? first : (node.params[0] ?? first), source).every((variable) => variable.references.length === 0);
      // A lone parameter may be something else that is called so; what the file imports or the types tell is known.
      const isKnown = node.params.length > 1 || isOfCallbackModule(node, 1) || (types !== undefined && errorFirstByType(first, types) === true);
      if (!isUnread || !isKnown || !takesErrorFirst(node, first) || isExcused(node)) return;
      context.report({ node: first, messageId: "unread", data: { name: first.name } });
    }

    /** What can be told before the type checker is asked: by its name, or because it is a callback given to a call. */
    function mayTakeError(node: FunctionNode, first: TSESTree.Identifier): boolean {
      if (saysError.test(first.name) || (types !== undefined && isCallback(node))) return true;
      if (first.typeAnnotation) return saysErrorOrNothing(first.typeAnnotation);
      return isCallback(node) && (isOfCallbackModule(node) || saysErrorOrNothing(givenCallbackType(node)));
    }

    function errorBranch(body: TSESTree.BlockStatement, name: string): TSESTree.Statement | undefined {
      const statement = body.body.find((each) => each.type === "IfStatement" && each.test.type === "Identifier" && each.test.name === name);
      return statement?.type === "IfStatement" ? statement.consequent : undefined;
    }

    /** `if (err) console.log(err); use(data);`: nothing ends the way of the error before the result is used. */
    function goesOn(branch: TSESTree.Statement, node: FunctionNode): boolean {
      const said = branch.type === "BlockStatement" ? branch.body : [branch];
      const [own] = node.params.map((param) => source.getText(param).match(/^\w+/)?.[0] ?? "");
      const isWord = (call: TSESTree.CallExpression): boolean => isConsole(calleePath(call), vocabulary) || (isLogCall(call) && !call.arguments.some((each) => new RegExp(`\\b${own}\\b`).test(source.getText(each))));
      if (!said.every((each) => each.type === "ExpressionStatement" && each.expression.type === "CallExpression" && isWord(each.expression))) return false;
      const statement = branch.parent as TSESTree.IfStatement;
      return !statement.alternate && usesResultBehind(statement, node);
    }

    function usesResultBehind(statement: TSESTree.IfStatement, node: FunctionNode): boolean {
      return node.params
        .slice(1)
        .flatMap((param) => boundVariables(param, source))
        .some((variable) => variable.references.some(({ identifier }) => identifier.range[0] > statement.range[1] && statement.parent === node.body && isPlainUse(identifier, node)));
    }

    /** `if (err && verbose) print(err); use(data);`, and nothing else anywhere about the error. */
    function partOfError(node: FunctionNode, variable: Variable): TSESTree.Expression | undefined {
      if (node.body.type !== "BlockStatement") return undefined;
      const statement = node.body.body.find((each) => each.type === "IfStatement" && contains(each, variable.references[0]?.identifier ?? node));
      if (statement?.type !== "IfStatement" || statement.alternate || statement.test.type !== "LogicalExpression" || statement.test.operator !== "&&") return undefined;
      const { left, right } = statement.test;
      const isOwn = (side: Node): boolean => side.type === "Identifier" && side.name === variable.name;
      const other = isOwn(left) ? right : isOwn(right) ? left : undefined;
      const reads = variable.references.map(({ identifier }) => identifier as Node);
      if (!other || reads.some((read) => contains(other, read) || !contains(statement, read))) return undefined;
      return usesResultBehind(statement, node) ? statement.test : undefined;
    }

    /** Not behind a question of its own: `if (data) use(data)`. */
    function isPlainUse(identifier: Node, node: FunctionNode): boolean {
      for (let at: Node | undefined = identifier; at && at !== node.body; at = at.parent) {
        if (/^(?:IfStatement|ConditionalExpression|LogicalExpression|ChainExpression)$/.test(at.type)) return false;
      }
      return true;
    }

    /** `if (!err) use(data)`, and nothing else anywhere about the error; also `if (!err) return use(data); tidyUp(() => done());`. */
    function goodBranch(body: TSESTree.BlockStatement, variable: Variable): TSESTree.IfStatement | undefined {
      const reads = variable.references.filter((reference) => reference.isRead());
      const statement = body.body.find((each) => each.type === "IfStatement" && isNegated(each.test) && contains(each.test, reads[0]?.identifier ?? body));
      if (reads.length !== 1 || statement?.type !== "IfStatement" || statement.alternate) return undefined;
      const behind = body.body.slice(body.body.indexOf(statement) + 1);
      return behind.length === 0 || (options.answers === "strict" && leavesFunction(statement.consequent) && saysAllIsWell(behind)) ? statement : undefined;
    }

    /** Whoever waits is told that it went well, and by nothing else that it did not. */
    function saysAllIsWell(statements: readonly Node[]): boolean {
      let isTold = false;
      let isPlain = true;
      for (const statement of statements) {
        visit(statement, source.visitorKeys, (each) => {
          if (each.type !== "CallExpression") return;
          if (isSuccessCallback(each, source)) isTold = true;
          else if (each.callee.type !== "MemberExpression" && !isCleanUpName(calleePath(each).at(-1) ?? "")) isPlain = false;
        });
      }
      return isTold && isPlain;
    }

    function isNegated(test: Node): boolean {
      return test.type === "UnaryExpression" && test.operator === "!" && test.argument.type === "Identifier";
    }

    function takesErrorFirst(node: FunctionNode, first: TSESTree.Identifier): boolean {
      const byType = types ? errorFirstByType(first, types) : undefined;
      if (byType !== undefined) return byType && (isCallback(node) || isPassedByName(node) || isOption(node));
      if (saysErrorOrNothing(first.typeAnnotation ?? givenCallbackType(node))) return isCallback(node) || isPassedByName(node);
      if (!surelyError.test(first.name)) return isCallback(node) && isOfCallbackModule(node);
      if (first.name.startsWith("_")) return isCallback(node) && isOfCallbackModule(node, 1);
      return isCallback(node) || (!isArgument(node) && (first.name === "err" || (node.params.length > 1 && (isNamedCallback(node) || isPassedByName(node)))));
    }

    function saysErrorOrNothing(type: Node | undefined): boolean {
      return type !== undefined && /\b(?:null|undefined)\b/.test(source.getText(type)) && /(?:Error|Exception)\b/.test(source.getText(type));
    }

    /** The type that the file writes for the first parameter of the callback that this function is given as. */
    function givenCallbackType(node: FunctionNode): Node | undefined {
      const { parent, child } = climb(node);
      if (parent?.type !== "CallExpression") return undefined;
      const called = declaredType(parent.callee, source) as FunctionNode | undefined;
      const parameter = called && "params" in called ? called.params[(parent.arguments as Node[]).indexOf(child)] : undefined;
      const type = parameter?.type === "Identifier" ? seenThrough(parameter.typeAnnotation?.typeAnnotation) : undefined;
      const [first] = type?.type === "TSFunctionType" ? type.params : [];
      return first?.type === "Identifier" ? first.typeAnnotation : undefined;
    }

    /** `type Answer<T> = (problem: Error | null, found?: T) => void` */
    function seenThrough(type: TSESTree.TypeNode | undefined): TSESTree.TypeNode | undefined {
      const definition = type?.type === "TSTypeReference" ? variableOf(type.typeName, source)?.defs[0]?.node : undefined;
      return definition?.type === "TSTypeAliasDeclaration" ? definition.typeAnnotation : type;
    }

    /** Node's own modules give the error first, whatever the callback calls it. */
    function isOfCallbackModule(node: FunctionNode, parameters = 2): boolean {
      const { parent } = climb(node);
      if (parent?.type !== "CallExpression") return false;
      const callee = unwrap(parent.callee);
      const origin = importOf(callee.type === "MemberExpression" ? unwrap(callee.object) : callee, source);
      return origin !== undefined && /^(?:node:)?(?:fs|dns|crypto|zlib|child_process|stream)$/.test(origin.module) && origin.name !== "promises" && node.params.length >= parameters;
    }

    /** `const onRead = (error, data) => {…}; readFile(path, onRead);` */
    function isPassedByName(node: FunctionNode): boolean {
      if (node.parent.type === "PropertyDefinition" || node.parent.type === "MethodDefinition") return isPassedMember(node.parent);
      const own = node.id ?? (node.parent.type === "VariableDeclarator" && node.parent.id.type === "Identifier" ? node.parent.id : undefined);
      const variable = own ? variableOf(own, source) : undefined;
      return (
        variable?.references.some(({ identifier }) => {
          const { parent, child } = climb(identifier);
          return parent?.type === "CallExpression" && parent.arguments.at(-1) === child && !otherwise.test(calleePath(parent).at(-1) ?? "");
        }) ?? false
      );
    }

    /** `readFile(path, this.#onRead)`, `readFile(path, this.onRead.bind(this))` */
    function isPassedMember(member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition): boolean {
      const name = source.getText(member.key);
      let isPassed = false;
      visit(member.parent, source.visitorKeys, (each) => {
        if (isPassed) return false;
        const last = each.type === "CallExpression" ? each.arguments.at(-1) : undefined;
        const bound = last?.type === "CallExpression" && last.callee.type === "MemberExpression" && memberName(last.callee) === "bind" ? last.callee.object : last;
        if (bound?.type === "MemberExpression" && bound.object.type === "ThisExpression" && source.getText(bound.property) === name) isPassed = !otherwise.test(calleePath(each as TSESTree.CallExpression).at(-1) ?? "");
        return true;
      });
      return isPassed;
    }

    /** `get({ url, done(err, body) {…} })` */
    function isOption(node: FunctionNode): boolean {
      const { parent } = climb(node);
      const options = parent?.type === "Property" && parent.value === node ? climb(parent.parent).parent : undefined;
      return options?.type === "CallExpression" && /^(?:callback|cb|done|complete|on[A-Z]\w*|handler|next)$/.test(functionName(node) ?? "");
    }

    function isArgument(node: FunctionNode): boolean {
      const { parent } = climb(node);
      return parent?.type === "CallExpression" || parent?.type === "NewExpression";
    }

    /** Whether the parameter is an error that may be missing; undefined where the types do not know. */
    function errorFirstByType(first: TSESTree.Identifier, known: Types): boolean | undefined {
      const type = known.typeOf(first);
      if (isAny(type) || isUnknown(type)) return undefined;
      const parts = partsOf(type, known);
      return parts.some((part) => isErrorPart(part, known)) && parts.length > 1;
    }

    function isErrorPart(part: ts.Type, known: Types): boolean {
      const type = known.checker.getApparentType(part);
      // `ExecFileException` is made of parts of `Error` rather than derived from it.
      const hasMembers = (type.getProperty("stack") ?? type.getProperty("name")) !== undefined && type.getProperty("message") !== undefined;
      return derivesFrom(type, errorNames, known) || (hasMembers && /(?:Error|Exception)$/.test((part.aliasSymbol ?? type.getSymbol())?.getName() ?? ""));
    }

    /** The function is given to a call that will run it with an error or a result. */
    function isCallback(node: FunctionNode): boolean {
      const { parent, child } = climb(node);
      if (parent?.type !== "CallExpression" || parent.callee === child) return false;
      const path = calleePath(parent);
      return !otherwise.test(path.at(-1) ?? "") && (node.params.length !== 4 || path.at(-1) !== "use");
    }

    function isNamedCallback(node: FunctionNode): boolean {
      return /(?:callback|cb|done|handler|on[A-Z]\w*)$/i.test(functionName(node) ?? "");
    }

    /** Clean-up reports its error to nobody, and a comment may say why. */
    function isExcused(node: FunctionNode): boolean {
      const { parent } = climb(node);
      if (parent?.type === "CallExpression" && isCleanUpName(calleePath(parent).at(-1) ?? "")) return options.answers === "lenient" || !saysRemoved(parent, node, source);
      return hasReason(node.body, options.comments === "any" ? "reason" : options.comments, source) && node.body.type === "BlockStatement" && node.body.body.length === 0;
    }

    return { ArrowFunctionExpression: check, FunctionDeclaration: check, FunctionExpression: check };
  },
});
