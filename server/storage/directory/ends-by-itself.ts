import { sql } from 'kysely';

/** So many milliseconds from now, by the database's clock. */
export const inMs = (lastsMs: number) => sql<Date>`now() + ${lastsMs} * interval '1 millisecond'`;

/** Whether a row's `expires_at` lies ahead. */
export const standing = sql<boolean>`expires_at > now()`;
