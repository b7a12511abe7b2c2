/** Characters of a file that show whether it is text. */
const LOOKED_AT = 4_096;

/** The columns a CSV text names in its first line; quoted ones may hold commas and doubled quotes. None where it is no text. */
export const csvHeader = (text: string): readonly string[] => {
  // What no text holds, of an image or a spreadsheet.
  if (/[\0\uFFFD]/.test(text.slice(0, LOOKED_AT))) return [];
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
  const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [];
  return cells
    .map((cell) => cell.replace(/,$/, '').trim())
    .map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell).trim())
    .filter((cell) => cell !== '');
};

const OWNER = /\b(owner|assigned|rep|agent|seller)\b/i;
const CREATED = /(created?[ _]?(date|at|on|time)?|arriv|date)/i;

/** Which columns probably say who had a lead and when it came. */
export const guessColumns = (
  columns: readonly string[],
): { readonly owner: string; readonly at: string } => ({
  owner: columns.find((column) => OWNER.test(column)) ?? columns[0] ?? '',
  at: columns.find((column) => CREATED.test(column)) ?? columns[1] ?? '',
});
