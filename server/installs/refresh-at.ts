import type { Grant } from './grants.ts';

const AHEAD = 5 * 60_000;

/**
 * When to ask for the next access token, in epoch milliseconds: five minutes or a fifth of its life ahead of its end,
 * whichever is more, but never in the first half of its life.
 */
export const refreshAt = ({ obtainedAt, expiresAt }: Pick<Grant, 'obtainedAt' | 'expiresAt'>): number => {
  if (expiresAt === null) return Number.POSITIVE_INFINITY;
  const life = expiresAt - obtainedAt;
  return expiresAt - Math.min(Math.max(AHEAD, life / 5), life / 2);
};
