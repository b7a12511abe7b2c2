const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of blocks, as long as `part` is of `whole`, padded to `width` columns. */
export const bar = (part: number, whole: number, width: number): string => {
  const eighths = whole <= 0 ? 0 : Math.round((Math.min(part, whole) / whole) * width * 8);
  return ('█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]).padEnd(width);
};
