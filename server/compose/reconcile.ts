import type { ConnectionInfo } from '../assignments/ports.ts';
import type { Vendor } from '../assignments/types.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Clock } from '../base/clock.ts';
import { countOpenWork } from '../crm/hubspot/open-work.ts';
import { pollCreated } from '../crm/hubspot/poll.ts';
import { countOpenWork as countSalesforceWork } from '../crm/salesforce/open-work.ts';
import type { Storage } from '../storage/storage.ts';
import type { Vendors } from './connect-vendors.ts';
import type { ImportPeople } from './import-people.ts';
import type { Stores } from './stores.ts';

export interface ReconcileParts {
  readonly storage: Storage;
  readonly stores: Pick<Stores, 'tenants'>;
  readonly vendors: Pick<Vendors, 'call' | 'callSalesforce' | 'connections'>;
  readonly importPeople: ImportPeople;
  readonly useCases: Pick<UseCases, 'recordChanged' | 'recountOpenWork'>;
  readonly clock: Clock;
  readonly onError: (error: unknown, what: string) => void;
}

/** HubSpot repeats a push for a day; what was created since then and never arrived is found by looking. */
const LOOK_BACK_MS = 26 * 3_600_000;

/** Counts again what each owner has to work on, as the CRM has it now. */
export const recount = async (connectionId: string, parts: ReconcileParts): Promise<void> => {
  const connection = await parts.vendors.connections.byId(connectionId);
  const open = connection && (await countOpen(connection, parts));
  if (!connection || !open) return;
  await parts.useCases.recountOpenWork({ tenantId: connection.tenantId, connectionId, open });
};

const countOpen = async (
  connection: ConnectionInfo,
  parts: ReconcileParts,
): Promise<Readonly<Record<string, number>> | null> => {
  const { call, callSalesforce } = parts.vendors;
  if (connection.vendor === 'salesforce') return countSalesforceWork(callSalesforce, connection);
  if (connection.vendor !== 'hubspot') return null;
  return countOpenWork(call, connection, await ownersWhoAreReps(connection, parts));
};

const ownersWhoAreReps = ({ id, tenantId }: ConnectionInfo, { storage }: ReconcileParts): Promise<string[]> =>
  storage.withTenant(tenantId, async (trx) => {
    const rows = await trx
      .selectFrom('rep_identity')
      .select('external_id')
      .where('tenant_id', '=', tenantId)
      .where('connection_id', '=', id)
      .where('kind', '=', 'owner')
      .where('rep_id', 'is not', null)
      .execute();
    return rows.map(({ external_id }) => external_id);
  });

/** At night every connection is compared with its vendor: people, open work, and records whose push was lost. */
export const reconcile = async (parts: ReconcileParts): Promise<void> => {
  for (const tenant of await parts.stores.tenants.list())
    for (const connection of await parts.vendors.connections.list(tenant.id)) {
      if (connection.status !== 'active') continue;
      try {
        await parts.importPeople(tenant.id, connection.id);
        await recount(connection.id, parts);
        await catchUp(connection, parts);
      } catch (error) {
        parts.onError(error, `connection ${connection.id} could not be compared with its vendor`);
      }
    }
};

/** These tell by a push when somebody's times change. */
const TELLS_PEOPLE: readonly Vendor[] = ['hubspot', 'slack'];

/** Between nights people are imported where nothing pushes their time off here. */
export const importPeopleAgain = async (parts: ReconcileParts): Promise<void> => {
  for (const tenant of await parts.stores.tenants.list())
    for (const { id, status, vendor } of await parts.vendors.connections.list(tenant.id)) {
      if (status !== 'active' || TELLS_PEOPLE.includes(vendor)) continue;
      await parts
        .importPeople(tenant.id, id)
        .catch((error: unknown) => parts.onError(error, `people of connection ${id} could not be imported`));
    }
};

const catchUp = async (
  connection: ConnectionInfo,
  { vendors, useCases, clock }: ReconcileParts,
): Promise<void> => {
  if (connection.vendor !== 'hubspot') return;
  const now = clock.now();
  const { records } = await pollCreated(vendors.call, connection, 'contact', now - LOOK_BACK_MS, now);
  for (const record of records)
    await useCases.recordChanged({ tenantId: connection.tenantId, record, source: 'poll' });
};
