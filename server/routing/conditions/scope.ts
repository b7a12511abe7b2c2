import type { Fields } from '../policy/fields.ts';
import type { Condition } from './condition.ts';

/**
 * Names of what is worked out of a lead's values before conditions are asked. They stand among the values; no
 * declared field has such a name.
 */
export const TERRITORY = '#territory';
export const TIER = '#tier';
export const SCORE = '#score';

/** Where a lead's events of a kind stand among its values, as ISO instants. */
export const eventField = (kind: string): string => `events.${kind}`;

/** A name as people know it. */
export const plainName = (field: string): string => field.replace('#', '');

/** The names a condition may use. */
export interface Scope {
  readonly fields: Fields;
  /** Ids; null: not known where the condition is asked. */
  readonly territories: ReadonlySet<string> | null;
  readonly tiers: ReadonlySet<string> | null;
  readonly events: ReadonlySet<string> | null;
  /** Whether `score` may be asked for like a field. */
  readonly score: boolean;
  readonly segments: ReadonlySet<string>;
  /** The bound condition of a segment that there is. */
  readonly segment: (id: string) => Condition;
}
