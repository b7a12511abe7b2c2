const PATTERN = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNITS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000] as const;

/**
 * Milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds (`PT15M`, `P1DT12H`); null when it
 * is anything else. A day is 24 hours. Months and years have no fixed length and are not taken.
 */
export const parseDuration = (text: string): number | null => {
  const parts = PATTERN.exec(text);
  if (parts === null || !/\d/.test(text)) return null;
  return UNITS.reduce((sum, unit, i) => sum + unit * Number(parts[i + 1] ?? 0), 0);
};

const WORDS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A duration in words, the largest two units: `1 day 12 hours`. */
export const durationInWords = (milliseconds: number): string => {
  const parts: string[] = [];
  let rest = milliseconds;
  for (const [word, unit] of WORDS) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) parts.push(`${count} ${word}${count === 1 ? '' : 's'}`);
  }
  return parts.slice(0, 2).join(' ') || '0 seconds';
};
