/** Reps who had a lead and do not get it back: so many are remembered, the latest. */
const REMEMBERED = 50;

/** Everybody who had a lead, each once and where they come last, from lists in the order of time. */
export const repsWhoHad = (...lists: readonly (readonly string[])[]): readonly string[] => {
  const latestFirst = new Set(lists.flat().reverse());
  return [...latestFirst].slice(0, REMEMBERED).reverse();
};
