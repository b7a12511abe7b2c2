/** Never part of an id: an escaped dot, its own percent sign escaped. */
const NO_DOT = '%252E';

/**
 * A value from outside as one segment of a path: it can neither end the segment nor climb out of it. A segment of dots
 * alone is one that a URL takes back, escaped or not: it becomes a name nothing has.
 */
export const pathSegment = (text: string): string =>
  /^\.{0,2}$/.test(text) ? `${NO_DOT}${text}` : encodeURIComponent(text.toWellFormed());
