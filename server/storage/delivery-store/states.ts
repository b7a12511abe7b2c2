import { sql } from 'kysely';

/**
 * States of deliveries, written into the statement as the partial indexes have them: with a parameter in their place a
 * plan that is kept for any value could use none of those, and read the whole table.
 */
export const STATE = {
  pending: sql.lit('pending'),
  refused: sql.lit('refused'),
} as const;
