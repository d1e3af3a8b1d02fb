import { classOf, DIGIT_CLASS, endOfLine, isLineBreak, NAME_CLASS, SPACE_CLASS } from "./characters.js";
import { BRACKET, BUDGET, ELEMENT, LINK, OPERATOR, PREFIX_OPERATOR, TYPE_ARGUMENT } from "./nesting-costs.js";
import { BEFORE_EXPRESSION, CONTINUES, HEAD, NESTS_STATEMENT, PREFIX, wordBits } from "./nesting-words.js";

/** Where the nesting of a text gets too deep for the parser. */
export interface DeepNesting {
  readonly offset: number;
}

// What the token before was.
const OPERATOR_BEFORE = 0;
const OPERAND_BEFORE = 1;
const DOT_BEFORE = 2;
const HEAD_CLOSED_BEFORE = 3;
const WORD_BEFORE = 4;

interface Level {
  /** Links since the expression or statement at this level began. */
  expression: number;
  statement: number;
  /** Question marks that wait for their colon, which then adds nothing. */
  conditions: number;
  readonly head: boolean;
  /** `${` in a template. */
  readonly template: boolean;
}

const REGEX = /\/(?:[^\\/[\n\r]|\\.|\[(?:[^\\\]\n\r]|\\.)*\])+\/[a-z]*/y;

/**
 * Reads just enough of the language to know brackets, chains, and what is text. An estimate: it errs a little on code
 * that is odd, not on code that is deep.
 */
export class NestingMeter {
  readonly #text: string;
  readonly #levels: Level[] = [];
  #level: Level = { expression: 0, statement: 0, conditions: 0, head: false, template: false };
  #cost = 0;
  #elements = 0;
  #at = 0;
  #before = OPERATOR_BEFORE;
  /** Bits of the word before. */
  #wordBefore = 0;

  constructor(text: string) {
    this.#text = text;
  }

  measure(): DeepNesting | null {
    const { length } = this.#text;
    while (this.#at < length) {
      const code = this.#text.charCodeAt(this.#at);
      const kind = classOf(code);
      if (kind === SPACE_CLASS) this.#space();
      else if (kind === NAME_CLASS) this.#word();
      else if (kind === DIGIT_CLASS) this.#number();
      else this.#punctuator(code);
      if (this.#cost > BUDGET) return { offset: Math.min(this.#at, length) };
    }
    return null;
  }

  #link(weight: number): void {
    this.#level.expression += weight;
    this.#cost += weight;
  }

  #operator(length: number, weight: number): void {
    this.#at += length;
    this.#before = OPERATOR_BEFORE;
    this.#link(weight);
  }

  #endExpression(): void {
    this.#cost -= this.#level.expression;
    this.#level.expression = 0;
    this.#level.conditions = 0;
  }

  #endStatement(): void {
    this.#endExpression();
    this.#cost -= this.#level.statement;
    this.#level.statement = 0;
  }

  #endOfName(from: number): number {
    const text = this.#text;
    let end = from;
    while (end < text.length && classOf(text.charCodeAt(end)) >= NAME_CLASS) end++;
    return end;
  }

  /** Bits of the word that comes next, 0 for other words, -1 where no word comes next. */
  #wordAhead(): number {
    const text = this.#text;
    let start = this.#at;
    while (start < text.length && classOf(text.charCodeAt(start)) === SPACE_CLASS) start++;
    if (start === text.length || classOf(text.charCodeAt(start)) !== NAME_CLASS) return -1;
    return wordBits(text, start, this.#endOfName(start));
  }

  #expectsOperand(): boolean {
    switch (this.#before) {
      case OPERAND_BEFORE:
        return false;
      case WORD_BEFORE:
        return (this.#wordBefore & BEFORE_EXPRESSION) !== 0;
      default:
        return true;
    }
  }

  #space(): void {
    const text = this.#text;
    let at = this.#at;
    let breaks = false;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (classOf(code) !== SPACE_CLASS) break;
      breaks ||= isLineBreak(code);
    }
    this.#at = at;
    if (!breaks || (this.#before !== HEAD_CLOSED_BEFORE && this.#expectsOperand())) return;
    // A line break ends a statement where a word follows that cannot go on with it.
    const word = this.#wordAhead();
    if (word < 0 || (word & CONTINUES) !== 0) return;
    if (this.#before === HEAD_CLOSED_BEFORE) this.#endExpression();
    else this.#endStatement();
  }

  #word(): void {
    const start = this.#at;
    this.#at = this.#endOfName(start);
    if (this.#before === DOT_BEFORE) {
      this.#before = OPERAND_BEFORE;
      return;
    }
    const bits = wordBits(this.#text, start, this.#at);
    this.#before = WORD_BEFORE;
    this.#wordBefore = bits;
    if ((bits & NESTS_STATEMENT) !== 0) {
      this.#level.statement += LINK;
      this.#cost += LINK;
    } else if ((bits & PREFIX) !== 0) {
      this.#link(PREFIX_OPERATOR);
    }
  }

  #number(): void {
    this.#at = this.#endOfName(this.#at);
    this.#before = OPERAND_BEFORE;
  }

  #open(head: boolean, template: boolean): void {
    this.#levels.push(this.#level);
    this.#level = { expression: 0, statement: 0, conditions: 0, head, template };
    this.#cost += BRACKET;
    this.#at++;
    this.#before = OPERATOR_BEFORE;
  }

  #close(isBrace: boolean): void {
    this.#at++;
    const closed = this.#level;
    const outer = this.#levels.pop();
    if (outer === undefined) return;
    this.#cost -= closed.expression + closed.statement + BRACKET;
    this.#level = outer;
    if (closed.template) {
      this.#template();
      return;
    }
    this.#before = closed.head ? HEAD_CLOSED_BEFORE : OPERAND_BEFORE;
    if (!isBrace) {
      this.#link(OPERATOR);
      return;
    }
    const word = this.#wordAhead();
    if (word >= 0 && (word & CONTINUES) === 0) this.#endStatement();
  }

  /** Steps over the text of a template, up to its end or the next `${`. */
  #template(): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at];
      if (character === "\\") this.#at++;
      else if (character === "`") break;
      else if (character === "$" && this.#text[this.#at + 1] === "{") {
        this.#at++;
        this.#open(false, true);
        return;
      }
    }
    this.#at++;
    this.#link(OPERATOR);
    this.#before = OPERAND_BEFORE;
  }

  #string(quote: number): void {
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 92) this.#at++;
      else if (code === quote || code === 10 || code === 13) break;
    }
    this.#at++;
    this.#before = OPERAND_BEFORE;
  }

  #slash(): void {
    const next = this.#text[this.#at + 1];
    if (next === "/") {
      this.#at = endOfLine(this.#text, this.#at);
    } else if (next === "*") {
      const end = this.#text.indexOf("*/", this.#at + 2);
      this.#at = end < 0 ? this.#text.length : end + 2;
    } else if (next === ">") {
      this.#closeElement();
      this.#at += 2;
      this.#before = OPERAND_BEFORE;
    } else if (!this.#expectsOperand() || !this.#regex()) {
      this.#operator(1, OPERATOR);
    }
  }

  #regex(): boolean {
    REGEX.lastIndex = this.#at;
    if (!REGEX.test(this.#text)) return false;
    this.#at = REGEX.lastIndex;
    this.#before = OPERAND_BEFORE;
    return true;
  }

  #lessThan(): void {
    const next = this.#text.charCodeAt(this.#at + 1);
    if (next === 47) {
      this.#closeElement();
      this.#at += 2;
      this.#before = OPERATOR_BEFORE;
    } else if (!this.#expectsOperand()) {
      this.#operator(1, TYPE_ARGUMENT);
    } else {
      if (next === 62 || classOf(next) === NAME_CLASS) {
        this.#elements++;
        this.#cost += ELEMENT;
      }
      this.#at++;
      this.#before = OPERATOR_BEFORE;
    }
  }

  #closeElement(): void {
    if (this.#elements === 0) return;
    this.#elements--;
    this.#cost -= ELEMENT;
  }

  #equals(): void {
    const next = this.#text[this.#at + 1];
    if (next === ">") this.#operator(2, LINK);
    else if (next === "=") this.#operator(this.#text[this.#at + 2] === "=" ? 3 : 2, OPERATOR);
    else this.#operator(1, LINK);
  }

  #punctuator(code: number): void {
    switch (code) {
      case 40: // (
        this.#open(this.#before === WORD_BEFORE && (this.#wordBefore & HEAD) !== 0, false);
        return;
      case 91: // [
      case 123: // {
        this.#open(false, false);
        return;
      case 41: // )
      case 93: // ]
        this.#close(false);
        return;
      case 125: // }
        this.#close(true);
        return;
      case 34: // "
      case 39: // '
        this.#string(code);
        return;
      case 96: // `
        this.#at++;
        this.#template();
        return;
      case 47: // /
        this.#slash();
        return;
      case 60: // <
        this.#lessThan();
        return;
      case 61: // =
        this.#equals();
        return;
      case 59: {
        // ;
        this.#operator(1, 0);
        // Only `else` is both, and may follow: the statement that it belongs to is still open.
        const word = this.#wordAhead();
        if (word >= 0 && (word & CONTINUES) !== 0 && (word & BEFORE_EXPRESSION) !== 0) this.#endExpression();
        else this.#endStatement();
        return;
      }
      case 44: // ,
        this.#operator(1, 0);
        this.#endExpression();
        return;
      case 46: // .
        this.#operator(1, OPERATOR);
        this.#before = DOT_BEFORE;
        return;
      case 58: // :
        if (this.#level.conditions > 0) {
          this.#level.conditions--;
          this.#operator(1, 0);
        } else {
          this.#operator(1, LINK);
        }
        return;
      case 63: {
        // ?
        const next = this.#text[this.#at + 1];
        if (next === "?" || next === ".") {
          this.#operator(next === "?" ? 2 : 1, OPERATOR);
        } else {
          this.#level.conditions++;
          this.#operator(1, LINK);
        }
        return;
      }
      case 62: // >
        this.#operator(1, this.#level.expression >= TYPE_ARGUMENT ? -TYPE_ARGUMENT : 0);
        return;
      case 33: // !
        if (this.#text[this.#at + 1] === "=") this.#operator(this.#text[this.#at + 2] === "=" ? 3 : 2, OPERATOR);
        else this.#operator(1, PREFIX_OPERATOR);
        return;
      case 42: // *
      case 43: // +
      case 45: // -
      case 126: // ~
        this.#operator(1, this.#expectsOperand() ? PREFIX_OPERATOR : OPERATOR);
        return;
      default:
        this.#operator(1, OPERATOR);
    }
  }
}
