/** What a trial is given. */
export interface TrialOptions {
  readonly times: number;
  /** Unset: the embedded database. */
  readonly databaseUrl?: string;
}

/** Runs a trial and says in sentences what did not hold; empty when all held. */
export type Trial = (options: TrialOptions) => Promise<readonly string[]>;

/** Waits until a condition holds, looking every 25 ms; throws with `what` when it does not within the time. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
