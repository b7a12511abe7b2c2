import { cutText } from './cut-text.ts';

/** Control characters, line ends, and marks that turn the direction of what follows. */
const UNWANTED = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
/** More marks on one letter than any script writes: piled up, they are drawn over what stands around. */
const PILE = /(\p{M}{6})\p{M}+/gu;
const LONGEST = 200;

/**
 * What a person or a form wrote, as part of a sentence of ours: on one line, unable to reorder our words, and no longer
 * than `most` characters.
 */
export const plainLine = (text: string, most = LONGEST): string => {
  const even = text.search(PILE) < 0 ? text : text.replace(PILE, '$1');
  const line =
    even.search(UNWANTED) < 0 ? even : even.replace(/[\s\u2028\u2029]+/gu, ' ').replace(UNWANTED, '');
  return line.length <= most ? line : `${cutText(line, most - 1)}…`;
};
