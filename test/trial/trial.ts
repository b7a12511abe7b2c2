/** What a trial is given. */
export interface TrialOptions {
  readonly times: number;
  /** Unset: the embedded database. */
  readonly databaseUrl?: string;
  /** What else was named on the command line: the CRMs of a trial that has several. */
  readonly names: readonly string[];
  /** A file that what was found is added to, for trials that tell it in parts. */
  readonly report?: string;
}

/** Runs a trial and says in sentences what did not hold; empty when all held. */
export type Trial = (options: TrialOptions) => Promise<readonly string[]>;
