/** What a run could not have been quicker than. Milliseconds. */
interface Bounds {
  /** By the vendor's published limits. */
  readonly limits: number;
  /** The stand-in's own handling of the calls. */
  readonly standIn: number;
  /** Processor time of the thread that the service runs on, and the stand-in with it. */
  readonly thread: number;
  /** Processor time of the process's other threads: with the embedded database nearly all is the database's. */
  readonly others: number;
}

/** In words, for a table. */
const NAMES: Readonly<Record<keyof Bounds, string>> = {
  limits: 'published limits',
  standIn: 'the stand-in',
  thread: "service's thread",
  others: 'database',
};

/**
 * Which bound was the longest: threads run side by side, so that none of them adds to another. A run that is far from
 * the least the vendor allows, with a processor's time the longest, was held up by the machine and not by the limits.
 */
export const longestBound = (bounds: Bounds): string => {
  const [name, ms] = Object.entries(bounds).reduce((longest, one) => (one[1] > longest[1] ? one : longest));
  return `${NAMES[name as keyof Bounds]} ${(ms / 1000).toFixed(1)} s`;
};
