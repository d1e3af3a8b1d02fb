// An ESLint formatter that shows each finding with its line of source, wrapped to the width of a page.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { styleText } from "node:util";

const width = 100;

function style(format, text) {
  return styleText(format, text, { stream: process.stdout });
}

/** Breaks a text into lines of at most `width` characters, between words. */
function wrap(text) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    if (lines[last] === "") lines[last] = word;
    else if (lines[last].length + 1 + word.length > width) lines.push(word);
    else lines[last] += ` ${word}`;
  }
  return lines;
}

export default function format(results, { cwd }) {
  const blocks = [];
  for (const { filePath, messages } of results) {
    const source = messages.length > 0 ? readFileSync(filePath, "utf8").split("\n") : [];
    for (const { line, column, ruleId, message } of messages) {
      blocks.push(
        [
          `${style("red", "✗")}  ${style("bold", ruleId ?? "error")}  ${style("dim", `${relative(cwd, filePath)}:${line}:${column}`)}`,
          `   ${style("yellow", (source[line - 1] ?? "").trim())}`,
          ...wrap(message).map((part) => `   ${part}`),
        ].join("\n"),
      );
    }
  }
  return blocks.length === 0 ? "no findings" : `${blocks.join("\n")}\n`;
}
