import type { TSESTree } from "@typescript-eslint/utils";
import { isCleanUp, operationsOf } from "../analysis/operations.js";
import { isWhileHandling } from "../analysis/outcomes.js";
import { hasReason, hasReasonAbove } from "../analysis/reasons.js";
import { isIdleUse, isUsed } from "../analysis/idle-uses.js";
import { calleePath, climb, contains, isFunction, memberName, type Node, unwrap, visit } from "../analysis/syntax.js";
import { boundVariables, constantValue, functionOf, isExported, type Variable, variableOf } from "../analysis/variables.js";
import { commentsSchema, type CommentOptions } from "./handling-options.js";
import { createRule } from "../create-rule.js";

type Ids = "dropped" | "unread";

export const noUnreadRejections = createRule<readonly [CommentOptions], Ids>({
  name: "no-unread-rejections",
  type: "problem",
  docs: {
    description: "Disallow `Promise.allSettled` whose rejections nobody looks at",
    config: "recommended",
    types: "none",
  },
  messages: {
    dropped:
      "`Promise.allSettled` never rejects, and its outcome is dropped here: whatever failed leaves no trace. Look at the rejected ones, or use `Promise.all`.",
    unread:
      "Only the fulfilled outcomes are looked at: what was rejected leaves no trace and is missing from the result. Report the `reason` of the rejected ones as well.",
  },
  schema: [
    {
      type: "object",
      additionalProperties: false,
      properties: {
        comments: commentsSchema,
      },
    },
  ],
  defaultOptions: [{ comments: "any" }],
  create(context, [options]) {
    const source = context.sourceCode;

    function check(call: TSESTree.CallExpression): void {
      if (call.callee.type !== "MemberExpression" || memberName(call.callee) !== "allSettled") return;
      if (!/^(?:Promise|Bluebird)\.allSettled$/.test(calleePath(call).join("."))) return;
      if (isDealtWithInside(call) || isAwaitedBefore(call) || isWhileHandling(call)) return;
      if (hasReason(statementOf(call), options.comments, source) || hasReasonAbove(call, options.comments, source) || hasRemarkAbove(call)) return;
      const { parent, child } = climb(call);
      const outcome = parent?.type === "AwaitExpression" ? climb(parent) : { parent, child };
      const node = outcome.parent?.type === "AwaitExpression" ? climb(outcome.parent) : outcome;
      if (!node.parent) return;
      const verdict = fate(node.parent, node.child, call);
      if (verdict) context.report({ node: call, messageId: verdict });
    }

    function fate(parent: Node, child: Node, call: TSESTree.CallExpression): Ids | undefined {
      switch (parent.type) {
        case "ExpressionStatement":
          return "dropped";
        case "UnaryExpression":
          return parent.operator === "void" ? "dropped" : undefined;
        case "VariableDeclarator":
          return parent.init === child ? kept(parent.id, partsOf(call)) : undefined;
        case "MemberExpression":
          if (parent.object !== child) return undefined;
          return (memberName(parent) === "then" ? isBlindThen(parent) : isBlind(parent) || isUnreadOutcome(parent)) ? "unread" : undefined;
        case "ForOfStatement":
          return parent.right === child && !looksAtRejection(parent.body) ? "unread" : undefined;
        default:
          return undefined;
      }
    }

    /** `.then((outcomes) => …)` */
    function isBlindThen(member: TSESTree.MemberExpression): boolean {
      const { parent, child } = climb(member);
      const callback = parent?.type === "CallExpression" && parent.callee === child ? parent.arguments[0] : undefined;
      const target = callback ? functionOf(callback, source) : undefined;
      if (!target) return false;
      const [outcomes] = target.params;
      return outcomes ? kept(outcomes) === "unread" : true;
    }

    /** The promises of a list that is written out, one by one. */
    function partsOf(call: TSESTree.CallExpression): readonly (Node | null)[] {
      const list = call.arguments[0] ? unwrap(call.arguments[0]) : undefined;
      return list?.type === "ArrayExpression" && !list.elements.some((each) => each?.type === "SpreadElement") ? list.elements : [];
    }

    function kept(pattern: Node, parts: readonly (Node | null)[] = []): Ids | undefined {
      const variables = boundVariables(pattern, source);
      if (variables.some((variable) => isExported(variable))) return undefined;
      const reads = variables.flatMap((variable) => variable.references.filter((reference) => reference.isRead() && !isIdleUse(reference.identifier, source)));
      if (reads.length === 0) return "dropped";
      if (pattern.type === "ArrayPattern") return isPartlyBlind(pattern, parts) ? "unread" : undefined;
      const blind = reads.every(({ identifier }) => isBlindUse(identifier)) || isPartlyTaken(reads, parts);
      return blind ? "unread" : undefined;
    }

    /** `const [a] = await Promise.allSettled([first(), second()])`: nobody takes what became of the second. */
    function isPartlyBlind(pattern: TSESTree.ArrayPattern, parts: readonly (Node | null)[]): boolean {
      const { elements } = pattern;
      const rest = elements.at(-1)?.type === "RestElement" ? elements.at(-1) : undefined;
      const count = Math.max(parts.length, rest ? elements.length - 1 : elements.length);
      for (let index = 0; index < count; index++) {
        const element = (rest && index >= elements.length - 1 ? rest : elements[index]) ?? null;
        const part = parts[index];
        if ((part && (isHandled(part) || isPutAway(part))) || (parts.length > 0 && !part)) continue;
        if (element ? isBlindPart(element, pattern) : parts.length > 0) return true;
      }
      return false;
    }

    function isBlindPart(element: Node, pattern: Node): boolean {
      const target = element.type === "AssignmentPattern" ? element.left : element;
      if (target.type === "ObjectPattern") return !target.properties.some((each) => each.type === "RestElement" || (each.key.type === "Identifier" && /^(?:reason|status)$/.test(each.key.name)));
      const own = boundVariables(pattern, source).filter((variable) => variable.identifiers.some((id) => contains(target, id)));
      const reads = own.flatMap((variable) => variable.references.filter((reference) => reference.isRead() && !isIdleUse(reference.identifier, source)));
      return reads.every(({ identifier }) => (target.type === "RestElement" ? isBlindUse(identifier) : isBlindElement(identifier, own)));
    }

    /** `results[0]` and nothing else, of more than one promise. */
    function isPartlyTaken(reads: readonly { identifier: Node }[], parts: readonly (Node | null)[]): boolean {
      const taken = reads.map(({ identifier }) => {
        const { parent, child } = climb(identifier);
        const place = parent?.type === "MemberExpression" && parent.object === child && parent.computed ? unwrap(parent.property) : undefined;
        return place?.type === "Literal" && typeof place.value === "number" ? place.value : undefined;
      });
      return parts.length > 0 && taken.every((index) => index !== undefined) && parts.some((part, index) => part && !taken.includes(index) && !isHandled(part) && !isPutAway(part));
    }

    /** A use of the list of outcomes that only takes the fulfilled ones. */
    function isBlindUse(identifier: Node): boolean {
      const { parent, child } = climb(identifier);
      if (parent?.type === "MemberExpression" && parent.object === child) return memberName(parent) === "length" || isBlind(parent) || isBlindEntry(parent);
      if (parent?.type === "ForOfStatement" && parent.right === child) return !looksAtRejection(parent.body);
      return false;
    }

    /** `const outcome = outcomes[index]`, of which only the value is taken. */
    function isBlindEntry(member: TSESTree.MemberExpression): boolean {
      const declarator = member.computed ? climb(member).parent : undefined;
      if (declarator?.type !== "VariableDeclarator" || declarator.id.type !== "Identifier") return false;
      const own = source.getDeclaredVariables(declarator);
      return own.every((variable) => variable.references.every((reference) => !reference.isRead() || isBlindElement(reference.identifier, own)));
    }

    /** `const failed = outcomes.filter(isRejected);`, which nobody reads. */
    function isUnreadOutcome(member: TSESTree.MemberExpression): boolean {
      const call = climb(member).parent;
      if (call?.type !== "CallExpression" || !/^(?:filter|map|flatMap|find|some|every)$/.test(memberName(member) ?? "")) return false;
      const declarator = climb(call).parent;
      return declarator?.type === "VariableDeclarator" && source.getDeclaredVariables(declarator).every((variable) => !isExported(variable) && !isUsed(variable, source));
    }

    /** `const [a, b] = …`: an element of which only the value is taken. */
    function isBlindElement(identifier: Node, variables: readonly Variable[]): boolean {
      const { parent, child } = climb(identifier);
      if (parent?.type !== "MemberExpression" || parent.object !== child) return false;
      const name = memberName(parent);
      if (name === "value") return true;
      if (name !== "status") return false;
      const statement = statementOf(parent);
      // The other branch may well deal with it.
      const comparison = climb(parent).parent;
      const decision = comparison ? climb(comparison).parent : undefined;
      if (decision?.type === "ConditionalExpression") return isPlain(decision.alternate);
      if (decision?.type === "IfStatement") return !decision.alternate && !mentionsRejection(decision, variables);
      return !looksAtRejection(statement);
    }

    function mentionsRejection(node: Node, variables: readonly Variable[]): boolean {
      return variables.length > 0 && looksAtRejection(node);
    }

    function isPlain(node: Node): boolean {
      return /^(?:Literal|Identifier|ArrayExpression|ObjectExpression)$/.test(unwrap(node).type);
    }

    /** `.filter((r) => r.status === "fulfilled")`, `.map((r) => r.value)`, `.flatMap(…)`, `[0].value`. */
    function isBlind(member: TSESTree.MemberExpression): boolean {
      const { parent, child } = climb(member);
      if (parent?.type !== "CallExpression" || parent.callee !== child) {
        return member.computed && parent?.type === "MemberExpression" && memberName(parent) === "value";
      }
      // `for (const [index, outcome] of outcomes.entries())`
      const loop = /^(?:entries|values|slice|toReversed)$/.test(memberName(member) ?? "") ? climb(parent) : undefined;
      if (loop?.parent?.type === "ForOfStatement" && loop.parent.right === loop.child) return !looksAtRejection(loop.parent.body);
      const callback = parent.arguments[0];
      const target = callback ? functionOf(callback, source) : undefined;
      if (!target) return false;
      // Whether all or any went well is a question about the failed ones.
      if (!/^(?:filter|map|flatMap|forEach|find|reduce)$/.test(memberName(member) ?? "")) return false;
      return !looksAtRejection(target);
    }

    function looksAtRejection(node: Node): boolean {
      let looks = false;
      visit(node, source.visitorKeys, (each) => {
        if (each.type === "MemberExpression" && memberName(each) === "reason") looks = true;
        if (each.type === "Property" && each.key.type === "Identifier" && each.key.name === "reason") looks = true;
        if (each.type === "Literal" && each.value === "rejected" && !isSkip(each)) looks = true;
        if (each.type === "BinaryExpression" && each.operator.startsWith("!") && /status/.test(source.getText(each)) && /fulfilled/.test(source.getText(each))) looks = true;
        if (each.type === "IfStatement" && each.alternate && /fulfilled/.test(source.getText(each.test))) looks = true;
        if (each.type === "ConditionalExpression" && /fulfilled/.test(source.getText(each.test)) && !isPlain(each.alternate)) looks = true;
        // The outcome as a whole goes to somebody who may look.
        if (each.type === "CallExpression" && each.arguments.some((argument) => isOutcome(argument, node))) looks = true;
        if (each.type === "Property" && each.parent.type === "ObjectExpression" && isOutcome(each.value, node)) looks = true;
        if (each.type === "ArrayExpression" && each.elements.some((element) => element !== null && isOutcome(element, node))) looks = true;
        return !looks;
      });
      return looks;
    }

    /** `if (outcome.status === "rejected") continue;` */
    function isSkip(literal: Node): boolean {
      const comparison = literal.parent;
      const decision = comparison?.parent;
      if (comparison?.type !== "BinaryExpression" || !comparison.operator.startsWith("=")) return false;
      if (decision?.type === "ConditionalExpression") return decision.test === comparison && isPlain(decision.consequent);
      if (decision?.type !== "IfStatement" || decision.test !== comparison) return false;
      const { consequent } = decision;
      const only = consequent.type === "BlockStatement" ? (consequent.body.length > 1 ? undefined : (consequent.body[0] ?? consequent)) : consequent;
      return only?.type === "ContinueStatement" || only?.type === "BlockStatement" || (only?.type === "ReturnStatement" && (!only.argument || isPlain(only.argument)));
    }

    function isOutcome(argument: Node, within: Node): boolean {
      const variable = variableOf(unwrap(argument), source);
      return variable !== undefined && variable.defs.some((definition) => definition.type === "Parameter" && definition.node === within && definition.name.parent.type !== "Property" && isOutcomeParameter(definition.node, definition.name));
    }

    /** The first parameter of a callback, or of `reduce` the second; the others are counters and lists. */
    function isOutcomeParameter(target: Node, name: Node): boolean {
      if (!isFunction(target)) return true;
      const { parent } = climb(target);
      const place = parent?.type === "CallExpression" && /^reduce/.test(calleePath(parent).at(-1) ?? "") ? 1 : 0;
      const own = target.params[place];
      return own !== undefined && contains(own, name);
    }

    /** Every promise in the list deals with its own rejection, or only puts something away. */
    function isDealtWithInside(call: TSESTree.CallExpression): boolean {
      const list = call.arguments[0];
      if (!list || list.type === "SpreadElement") return true;
      const value = valueOf(list);
      const parts =
        value.type === "ArrayExpression"
          ? value.elements.filter((element) => element !== null)
          : mappedBy(value);
      return parts.length > 0 && parts.every((part) => isHandled(part) || isPutAway(part));
    }

    function valueOf(list: Node): Node {
      const value = unwrap(list);
      const kept = value.type === "Identifier" ? constantValue(variableOf(value, source)) : undefined;
      return kept ? unwrap(kept) : value;
    }

    /** `list.map(f)`, `Array.from(list, f)`: what is done with each. */
    function mappedBy(value: Node): Node[] {
      if (value.type !== "CallExpression") return [];
      const path = calleePath(value);
      const mapper = path.at(-1) === "map" ? value.arguments[0] : path.join(".") === "Array.from" ? value.arguments[1] : undefined;
      return mapper ? [functionOf(mapper, source)?.body ?? mapper] : [];
    }

    function isHandled(part: Node): boolean {
      let handles = false;
      visit(part, source.visitorKeys, (node) => {
        if (node.type === "CatchClause" || (node.type === "MemberExpression" && memberName(node) === "catch")) handles = true;
        return !handles;
      });
      return handles;
    }

    function isPutAway(part: Node): boolean {
      const operations = operationsOf(part, source);
      return operations.length > 0 && operations.every((operation) => isCleanUp(operation));
    }

    function statementOf(node: Node): Node {
      let at = node;
      while (at.parent && !at.type.endsWith("Statement") && at.type !== "VariableDeclaration") at = at.parent;
      return at;
    }

    /** A remark on the line above that tells who hears of the failures. */
    function hasRemarkAbove(call: Node): boolean {
      const last = source.getCommentsBefore(statementOf(call)).at(-1);
      return options.comments !== "never" && last !== undefined && /\bfailures?\b/i.test(last.value);
    }

    /** `Promise.all(pending)` elsewhere takes the rejections; here the rest is only waited for. */
    function isAwaitedBefore(call: TSESTree.CallExpression): boolean {
      const list = call.arguments[0] ? unwrap(call.arguments[0]) : undefined;
      const variable = list?.type === "Identifier" ? variableOf(list, source) : undefined;
      return (
        variable?.references.some(({ identifier }) => {
          const { parent, child } = climb(identifier);
          return parent?.type === "CallExpression" && parent.callee !== child && /^Promise\.(?:all|race|any)$/.test(calleePath(parent).join("."));
        }) ?? false
      );
    }

    return { CallExpression: check };
  },
});
