/** One lead in the ledger's units. Every decided lead makes its pool owe exactly this much, and charges it once. */
export const LEAD = 1_000_000;

/**
 * Splits `total` in proportion to whole `weights` into whole numbers that sum to exactly `total`. Each part differs
 * from its exact share by less than one unit; `phase` (0 <= phase < 1) says which way. Over many leads with evenly
 * spread phases the differences cancel, so that rounding favours nobody: a fixed rounding would drift by up to a
 * unit a lead.
 */
export const split = (total: number, weights: readonly number[], phase: number): number[] => {
  if (total < 0) return split(-total, weights, phase).map((part) => -part);
  let sum = 0;
  for (const weight of weights) sum += weight;
  const start = Math.floor(phase * sum);
  const parts = new Array<number>(weights.length);
  let reached = 0;
  let before = 0;
  for (let i = 0; i < weights.length; i++) {
    reached += weights[i]!;
    const upTo = floorOfProduct(total, reached, start, sum);
    parts[i] = upTo - before;
    before = upTo;
  }
  return parts;
};

/** floor((a × b + c) / d), exactly. Only write-offs and releases of very large amounts leave the safe integers. */
const floorOfProduct = (a: number, b: number, c: number, d: number): number => {
  const product = a * b + c;
  if (product <= Number.MAX_SAFE_INTEGER) return Math.floor(product / d);
  return Number((BigInt(a) * BigInt(b) + BigInt(c)) / BigInt(d));
};

/** A phase for `split` that is even over many texts: FNV-1a with a final mix. The same text gives the same phase. */
export const phaseOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
};
