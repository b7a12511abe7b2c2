import type { KnownPeople, KnownPerson } from '../../assignments/first-steps/ports.ts';
import type { Vendor } from '../../assignments/types.ts';
import type { Storage } from '../storage.ts';

/** Everybody the connections told of, in the tenant's rows. */
export const createKnownPeople = (storage: Storage): KnownPeople => ({
  list: (tenantId) =>
    storage.withTenant(tenantId, async (trx) => {
      const rows = await trx
        .selectFrom('rep_identity as identity')
        .innerJoin('connection', 'connection.id', 'identity.connection_id')
        .select(['identity.connection_id', 'identity.external_id', 'identity.rep_id', 'identity.details'])
        .select('connection.vendor')
        .where('identity.tenant_id', '=', tenantId)
        .where('connection.status', '<>', 'disconnected')
        .orderBy('connection.created_at')
        .orderBy('connection.id')
        .orderBy('identity.external_id')
        .execute();
      return rows.map(
        ({ connection_id, vendor, external_id, rep_id, details }): KnownPerson => ({
          connectionId: connection_id,
          vendor: vendor as Vendor,
          externalId: external_id,
          email: textOf(details.email)?.toLowerCase() ?? null,
          name: textOf(details.name),
          repId: rep_id,
          details,
        }),
      );
    }),
});

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
