/** Reads the flags, includes, features and expected error of a test262 file from its YAML header. */
export function parseFrontmatter(source) {
  const meta = { flags: [], includes: [], features: [], negative: null };
  const from = source.indexOf("/*---");
  const to = source.indexOf("---*/");
  if (from < 0 || to < 0) return meta;
  const lines = source.slice(from + 5, to).split(/\r\n|[\r\n\u2028\u2029]/);
  for (let at = 0; at < lines.length; at++) {
    const [, key, value] = /^\s{0,2}(flags|includes|features|negative):\s*(.*)$/.exec(lines[at]) ?? [];
    if (key === "negative") meta.negative = readNegative(lines.slice(at + 1));
    else if (key) meta[key] = readList(value.replace(/\s+#.*$/, "").trim(), lines.slice(at + 1));
  }
  return meta;
}

function readNegative(lines) {
  const negative = {};
  for (const line of lines) {
    if (!/^\s+\S/.test(line)) break;
    const [, key, value] = /^\s+(phase|type):\s*(\S+)/.exec(line) ?? [];
    if (key) negative[key] = value;
  }
  return negative;
}

function readList(first, following) {
  let text = first;
  if (text.startsWith("[")) {
    for (const line of following) {
      if (text.includes("]")) break;
      text += ` ${line.trim()}`;
    }
    return text.replace(/^\[|\].*$/g, "").split(",").map((item) => item.trim()).filter(Boolean);
  }
  const items = [];
  for (const line of following) {
    if (!/^\s+-\s/.test(line)) break;
    items.push(line.replace(/^\s+-\s+/, "").trim());
  }
  return items;
}
