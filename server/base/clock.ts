/** The only source of time outside the database. Epoch milliseconds. */
export interface Clock {
  readonly now: () => number;
}

export const systemClock: Clock = Object.freeze({ now: () => Date.now() });
