/**
 * The chance that counts stray from what was expected at least this far, if every lead were dealt at random with those
 * chances: Pearson's chi-square test. 0 to 1. null: there is nothing to compare, or fewer than 5 are expected of
 * somebody, where the test says nothing.
 */
export const chiSquareTest = (
  observed: readonly number[],
  expected: readonly number[],
): { readonly statistic: number; readonly freedom: number; readonly chance: number } | null => {
  if (observed.length < 2 || expected.some((count) => count < 5)) return null;
  const statistic = observed.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0);
  const freedom = observed.length - 1;
  return { statistic, freedom, chance: upperGamma(freedom / 2, statistic / 2) };
};

/** Terms of a series or fraction are added until they no longer count. */
const ENOUGH = 1e-14;
const MOST_TERMS = 10_000;

/** The regularised upper incomplete gamma function Q(a, x): a series below a + 1, a continued fraction above. */
const upperGamma = (a: number, x: number): number => {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? Math.max(0, 1 - front * series(a, x)) : front * fraction(a, x);
};

const series = (a: number, x: number): number => {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * ENOUGH; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
};

/** Lentz's way of a continued fraction. */
const fraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const an = n * (a - n);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < ENOUGH) break;
  }
  return value;
};

/** ln Γ(x) for x > 0: Stirling's series, after moving x up to where it is exact to a double. */
const logGamma = (x: number): number => {
  let shift = 0;
  let at = x;
  for (; at < 15; at++) shift += Math.log(at);
  const tail = 1 / (12 * at) - 1 / (360 * at ** 3) + 1 / (1260 * at ** 5) - 1 / (1680 * at ** 7);
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + tail - shift;
};
