import { randomBytes } from 'node:crypto';
import { badQuery } from '../errors.ts';

/** What is left of a query that had more rows than a page. */
export interface Rest {
  readonly ids: readonly string[];
  /** Added to the last page. */
  readonly last: Readonly<Record<string, unknown>>;
}

const KEPT = 200;

/** Queries under way, by the cookie in their next link. */
export const createPages = () => {
  const kept = new Map<string, Rest>();
  return {
    keep: (rest: Rest): string => {
      const token = `<cookie pagenumber="2" pagingcookie="${randomBytes(12).toString('hex')}" istracking="False" />`;
      kept.set(token, rest);
      const oldest = kept.keys().next().value;
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return token;
    },
    /** Throws DynamicsError for a cookie that is none. */
    take: (token: string): Rest => {
      const rest = kept.get(token);
      if (!rest) throw badQuery('Malformed XML in the Paging Cookie');
      return rest;
    },
  };
};

export type Pages = ReturnType<typeof createPages>;
