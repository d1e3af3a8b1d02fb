/*
 * The parser is native code and recursive: where its stack ends, it takes the whole process down, and no `catch` helps.
 * So the text is measured first. Per level the parser was seen to take up to 3.6 kB for a bracket, 1.3 kB for a link
 * of a chain (`a ? b : c ? d : …`, `else if`, `x = y = …`), 0.1 kB for an operator. A worker thread has 4 MB, some of
 * which is in use. Costs are counted in units of 1.25 kB.
 */
export const BRACKET = 3;
export const LINK = 1;
export const TYPE_ARGUMENT = 1.5;
export const ELEMENT = 0.5;
export const PREFIX_OPERATOR = 0.25;
export const OPERATOR = 0.1;
export const BUDGET = 2000;
