import type { RecordRef } from '../../assignments/types.ts';
import type { Storage } from '../storage.ts';

/** The records of a connection that open leads stand on. */
export const readOpenRecords = (
  storage: Storage,
  { id, tenantId }: { readonly id: string; readonly tenantId: string },
): Promise<readonly RecordRef[]> =>
  storage.withTenant(tenantId, async (trx) => {
    const rows = await trx
      .selectFrom('lead_record')
      .innerJoin('assignment', (join) =>
        join
          .onRef('assignment.tenant_id', '=', 'lead_record.tenant_id')
          .onRef('assignment.lead_id', '=', 'lead_record.lead_id'),
      )
      .select(['lead_record.connection_id', 'lead_record.object_type', 'lead_record.record_id'])
      .where('lead_record.tenant_id', '=', tenantId)
      .where('lead_record.connection_id', '=', id)
      .where('assignment.closed_at', 'is', null)
      .execute();
    return rows.map((row) => ({
      connectionId: row.connection_id,
      objectType: row.object_type,
      recordId: row.record_id,
    }));
  });
