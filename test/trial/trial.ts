/** What a trial is given. */
export interface TrialOptions {
  readonly times: number;
  /** Unset: the embedded database. */
  readonly databaseUrl?: string;
}

/** Runs a trial and says in sentences what did not hold; empty when all held. */
export type Trial = (options: TrialOptions) => Promise<readonly string[]>;
