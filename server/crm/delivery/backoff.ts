/**
 * How long to wait before try number `attempts` + 1: "full jitter", anything from nothing to the doubled step, so that
 * many deliveries that failed together do not come back together. `random` is at least 0 and below 1.
 */
export const backoff = (
  attempts: number,
  { baseMs, capMs }: { readonly baseMs: number; readonly capMs: number },
  random: () => number,
): number => Math.floor(random() * Math.min(capMs, baseMs * 2 ** Math.min(attempts, 30)));
