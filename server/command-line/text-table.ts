/** Rows of cells as aligned columns: the first to the left, numbers after it to the right. The first row is the head. */
export const textTable = (rows: readonly (readonly string[])[]): readonly string[] =>
  aligned(rows, (cell, space, i) => (i === 0 ? cell + space : space + cell)).map((row) => row.trimEnd());

/** Rows of cells as aligned columns, all to the left and each line as long as the others. */
export const leftTable = (rows: readonly (readonly string[])[]): readonly string[] =>
  aligned(rows, (cell, space) => cell + space);

const aligned = (
  rows: readonly (readonly string[])[],
  place: (cell: string, space: string, column: number) => string,
): readonly string[] => {
  const widths = rows.reduce<readonly number[]>(
    (known, row) => row.map((cell, i) => Math.max(known[i] ?? 0, widthOf(cell))),
    [],
  );
  return rows.map((row) =>
    row.map((cell, i) => place(cell, ' '.repeat(widths[i]! - widthOf(cell)), i)).join('  '),
  );
};

/** Columns a text takes on a terminal: letters of East Asian scripts take two, combining marks none. */
const widthOf = (text: string): number => {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
};

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u;
