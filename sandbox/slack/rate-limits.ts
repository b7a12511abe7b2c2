import { RateLimited } from './api-error.ts';
import { METHODS, POSTS_PER_CHANNEL, TIERS } from './facts.ts';

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Token buckets per method, and per channel for posts. `check` throws RateLimited when one is empty. */
export interface RateLimits {
  readonly check: (method: string, channel: string | null) => void;
}

/** Limits as Slack publishes them; `now` in epoch milliseconds. */
export const createRateLimits = (now: () => number): RateLimits => {
  const buckets = new Map<string, Bucket>();
  const take = (key: string, size: number, perSecond: number): void => {
    const at = now();
    const last = buckets.get(key) ?? { tokens: size, at };
    const tokens = Math.min(size, last.tokens + ((at - last.at) / 1000) * perSecond);
    if (tokens < 1) throw new RateLimited(Math.max(1, Math.ceil((1 - tokens) / perSecond)));
    buckets.set(key, { tokens: tokens - 1, at });
  };
  return {
    check: (method, channel) => {
      const facts = METHODS[method];
      if (facts === undefined) return;
      const perMinute = TIERS[facts.tier];
      take(method, perMinute, perMinute / 60);
      if (facts.tier === 'post' && channel !== null)
        take(`${method}/${channel}`, POSTS_PER_CHANNEL.burst, POSTS_PER_CHANNEL.perSecond);
    },
  };
};

export const UNLIMITED: RateLimits = { check: () => undefined };
