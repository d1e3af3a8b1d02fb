/** What SGR escape sequences set, as far as our output uses them. */
interface Style {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly underline: boolean;
  readonly color: string | undefined;
}

interface Run {
  readonly text: string;
  readonly style: Style;
}

const plain: Style = { bold: false, dim: false, underline: false, color: undefined };

/** The sixteen colours by SGR code, readable on the dark background below. */
const palette = new Map([
  [30, "#484f58"],
  [31, "#ff7b72"],
  [32, "#56d364"],
  [33, "#e3b341"],
  [34, "#79c0ff"],
  [35, "#d2a8ff"],
  [36, "#56d4dd"],
  [37, "#c9d1d9"],
  [90, "#8b949e"],
  [91, "#ffa198"],
  [92, "#7ee787"],
  [93, "#f2cc60"],
  [94, "#a5d6ff"],
  [95, "#e2c5ff"],
  [96, "#b3f0ff"],
  [97, "#f0f6fc"],
]);

const characterWidth = 8.43;
const lineHeight = 20;
const margin = 20;

/**
 * Draws what a program printed to a terminal as an SVG picture.
 *
 * @param output - lines of text with SGR escape sequences (colours, bold, dim, underline)
 * @returns the SVG document
 */
export function terminalSvg(output: string): string {
  const lines = parse(output);
  const columns = Math.max(...lines.map((runs) => runs.reduce((width, { text }) => width + text.length, 0)));
  const width = Math.ceil(columns * characterWidth + 2 * margin);
  const height = lines.length * lineHeight + 2 * margin;
  const rows = lines.map((runs, index) => {
    const y = margin + (index + 1) * lineHeight - 5;
    return `<text x="${margin}" y="${y}">${runs.map(span).join("")}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#c9d1d9}.b{font-weight:700}.d{fill-opacity:.65}.u{text-decoration:underline}</style>`,
    `<rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    ...rows,
    "</svg>",
    "",
  ].join("\n");
}

function span({ text, style }: Run): string {
  const classes = [style.bold && "b", style.dim && "d", style.underline && "u"].filter(Boolean).join(" ");
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const attributes = (classes && ` class="${classes}"`) + (style.color === undefined ? "" : ` fill="${style.color}"`);
  return attributes === "" ? escaped : `<tspan${attributes}>${escaped}</tspan>`;
}

function parse(output: string): readonly (readonly Run[])[] {
  let style = plain;
  return output
    .replaceAll(/^\n+|\n+$/g, "")
    .split("\n")
    .map((line) => {
      const runs: Run[] = [];
      // Odd pieces are the parameters of an escape sequence, even ones text.
      for (const [index, piece] of line.split(/\u001b\[([\d;]*)m/).entries()) {
        if (index % 2 === 1) style = piece.split(";").map(Number).reduce(apply, style);
        else if (piece !== "") runs.push({ text: piece, style });
      }
      return runs;
    });
}

function apply(style: Style, code: number): Style {
  if (code === 0) return plain;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 24) return { ...style, underline: false };
  if (code === 39) return { ...style, color: undefined };
  const color = palette.get(code);
  if (color === undefined) throw new Error(`The picture knows no escape sequence ${code}`);
  return { ...style, color };
}
