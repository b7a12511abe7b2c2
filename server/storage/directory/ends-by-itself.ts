import { sql } from 'kysely';

/** So many milliseconds from now, by the database's clock. */
export const inMs = (lastsMs: number) => sql<Date>`now() + ${lastsMs} * interval '1 millisecond'`;

/** Whether a session was used lately: one that nobody uses is over. */
export const inUse = sql<boolean>`session.seen_at > now() - interval '8 hours'`;

/** Whether a row's `expires_at` lies ahead. */
export const standing = sql<boolean>`expires_at > now()`;
