/** Weight of each letter of a shared beginning, and how many count. Source: Winkler 1990. */
const PREFIX_WEIGHT = 0.1;
const LONGEST_PREFIX = 4;

/** How alike two texts are, from 0 (nothing in common) to 1 (equal): Jaro's measure, more for a shared beginning. */
export const jaroWinkler = (a: string, b: string): number => {
  const jaro = jaroOf(a, b);
  let prefix = 0;
  while (prefix < LONGEST_PREFIX && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
};

const jaroOf = (a: string, b: string): number => {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const [ofA, ofB] = sharedLetters(a, b, reach);
  const shared = ofA.length;
  if (shared === 0) return 0;
  let moved = 0;
  for (let i = 0; i < shared; i++) if (ofA[i] !== ofB[i]) moved++;
  return (shared / a.length + shared / b.length + (shared - moved / 2) / shared) / 3;
};

/** Letters of each that stand in the other no further away than `reach`, in their own order. */
const sharedLetters = (a: string, b: string, reach: number): readonly [string[], string[]] => {
  const taken = new Array<boolean>(b.length).fill(false);
  const ofA: string[] = [];
  for (let i = 0; i < a.length; i++) {
    const end = Math.min(b.length, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if (taken[j] === true || a[i] !== b[j]) continue;
      taken[j] = true;
      ofA.push(a[i]!);
      break;
    }
  }
  return [ofA, [...b].filter((_, j) => taken[j])];
};
