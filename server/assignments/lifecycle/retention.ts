import type { Retention } from './ports.ts';

/** Where a tenant has not said otherwise. Ninety days: no CRM keeps what was deleted in its recycle bin for longer. */
export const DEFAULT_RETENTION: Retention = Object.freeze({
  closedLeadsDays: 730,
  deletedLeadsDays: 90,
  deliveriesDays: 30,
  repliesDays: 30,
});

/** What a tenant said, where it said something. */
export const retentionOf = (said: Partial<Retention>): Retention => ({ ...DEFAULT_RETENTION, ...said });
