/** Where an encoded text ends that was cut. */
const ELLIPSIS = '…';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Control characters, and marks that turn the direction of what follows: a name must not reorder our words. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** More marks on one letter than any script writes: piled up, they are drawn over the lines around. */
const PILE = /(\p{M}{6})\p{M}+/gu;

/** Text from outside made safe to show: well-formed, without control or direction marks; line breaks stay. */
export const clean = (text: string): string =>
  text.toWellFormed().replace(/\r\n?/g, '\n').replace(UNWANTED, '').replace(PILE, '$1').trim();

/** As `clean`, on one line. */
export const oneLine = (text: string): string =>
  clean(text.replace(/[\u2028\u2029]/g, ' ')).replace(/\s+/g, ' ');

/** The three characters that are markup everywhere in Slack; no mention or link survives it. */
const escapeEntities = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A word joiner before a formatting mark that could open bold, italics, strike or code. Inside a word it cannot. */
const breakFormatting = (text: string): string =>
  text.replace(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (mark) => `\u2060${mark}`);

/** Text from outside for use in mrkdwn: shown as it is, whatever it holds. */
export const mrkdwnSafe = (text: string): string => breakFormatting(escapeEntities(text));

/**
 * The most of a text whose encoding fits in `limit` UTF-16 units, cut between what readers see as characters and
 * marked with …; never inside an entity or a surrogate pair.
 */
export const fitText = (
  text: string,
  limit: number,
  encode: (part: string) => string = (part) => part,
): string => {
  const whole = encode(text);
  if (whole.length <= limit) return whole;
  let out = '';
  // No more graphemes than units can fit: a very long text is not walked to its end.
  for (const { segment } of graphemes.segment(text.slice(0, limit * 2))) {
    const next = encode(segment);
    if (out.length + next.length + ELLIPSIS.length > limit) break;
    out += next;
  }
  return out + ELLIPSIS;
};

/** One line of text from outside, safe in mrkdwn and no longer than `limit` when encoded. */
export const inline = (text: string, limit: number): string => fitText(oneLine(text), limit, mrkdwnSafe);
