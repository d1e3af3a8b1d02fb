export interface Block {
  readonly language: string;
  /** The file that the paragraph before the block names: its last words in backticks, followed by a colon. */
  readonly file: string | undefined;
  readonly text: string;
}

/** The fenced code blocks of one second-level section of a Markdown document. */
export function blocksOf(markdown: string, section: string): readonly Block[] {
  const start = markdown.indexOf(`\n## ${section}\n`);
  if (start === -1) throw new Error(`There is no section "${section}"`);
  const end = markdown.indexOf("\n## ", start + 1);
  const text = markdown.slice(start, end === -1 ? undefined : end);
  return [...text.matchAll(/(?:^|\n)(?<before>[^\n]*)\n\n?```(?<language>\w*)\n(?<text>.*?)\n?```/gs)].map(({ groups }) => {
    const { before = "", language = "", text = "" } = groups ?? {};
    return { language, file: /`(?<file>[^`]+)`:\**$/.exec(before)?.groups?.["file"], text: `${text}\n` };
  });
}
