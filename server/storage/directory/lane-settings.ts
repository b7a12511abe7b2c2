import { sql } from 'kysely';
import type { LaneSettings } from '../../assignments/directory-ports.ts';
import type { Storage } from '../storage.ts';

/** Mode and pause, in the lane's row. The end of a pause lets the waiting leads go. */
export const createLaneSettings = (storage: Storage): LaneSettings => ({
  change: (tenantId, { mode, paused, publishing }) =>
    storage.withTenant(tenantId, async (trx) => {
      if (mode === undefined && paused === undefined && publishing === undefined) return;
      await trx
        .updateTable('lane')
        .set({
          ...(mode === undefined ? {} : { mode }),
          ...(paused === undefined ? {} : { paused }),
          ...(publishing === undefined ? {} : { publishing: JSON.stringify(publishing) }),
          ...(paused === false ? { drain_at: sql<Date>`now()` } : {}),
        })
        .where('tenant_id', '=', tenantId)
        .execute();
    }),
});
