/** Names told one by one, at most. */
const TOLD = 3;

/** How a rule, pool or rep is named in a sentence. */
export const named = ({ name }: { readonly name: string }): string => `“${name}”`;

/** `a, b and c`, or `a, b, c and 4 more`. */
export const andMore = (names: readonly string[]): string => {
  const told = names.slice(0, TOLD);
  const more = names.length - told.length;
  if (more > 0) return `${told.join(', ')} and ${more} more`;
  return told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`;
};
