const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The beginning of a text, at most so many UTF-16 units, by which vendors count no less strictly than by characters. It
 * ends between what readers see as characters; where the first alone is longer, between code points.
 */
export const cutText = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const at = graphemes.segment(text).containing(most)?.index ?? most;
  return text.slice(0, at > 0 ? at : codePointUpTo(text, most));
};

const codePointUpTo = (text: string, most: number): number =>
  (text.codePointAt(most - 1) ?? 0) > 0xffff ? most - 1 : most;
