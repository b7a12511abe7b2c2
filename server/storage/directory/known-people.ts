import { sql } from 'kysely';
import type { KnownPeople, KnownPerson } from '../../assignments/first-steps/ports.ts';
import type { Vendor } from '../../assignments/types.ts';
import type { Storage, Trx } from '../storage.ts';

/** Everybody the connections told of, in the tenant's rows. */
export const createKnownPeople = (storage: Storage): KnownPeople => ({
  list: (tenantId) => storage.withTenant(tenantId, (trx) => read(people(trx, tenantId).where(connected))),
  ever: (tenantId) => storage.withTenant(tenantId, (trx) => read(people(trx, tenantId))),
});

const people = (trx: Trx, tenantId: string) =>
  trx
    .selectFrom('rep_identity as identity')
    .innerJoin('connection', 'connection.id', 'identity.connection_id')
    .select(['identity.connection_id', 'identity.external_id', 'identity.rep_id', 'identity.details'])
    .select('connection.vendor')
    .where('identity.tenant_id', '=', tenantId)
    .orderBy('connection.created_at')
    .orderBy('connection.id')
    .orderBy('identity.external_id');

const connected = sql<boolean>`connection.status <> 'disconnected'`;

const read = async (asked: ReturnType<typeof people>): Promise<readonly KnownPerson[]> =>
  (await asked.execute()).map(({ connection_id, vendor, external_id, rep_id, details }) => ({
    connectionId: connection_id,
    vendor: vendor as Vendor,
    externalId: external_id,
    email: textOf(details.email)?.toLowerCase() ?? null,
    name: textOf(details.name),
    repId: rep_id,
    details,
  }));

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
