import type { ConnectionInfo } from '../assignments/ports.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Storage } from '../storage/storage.ts';
import type { Vendors } from './connect-vendors.ts';
import type { ImportPeople } from './import-people.ts';

export interface ReconcileParts {
  readonly storage: Storage;
  readonly vendors: Pick<Vendors, 'connectorOf' | 'connections'>;
  readonly importPeople: ImportPeople;
  readonly useCases: Pick<UseCases, 'recountOpenWork'>;
  readonly onError: (error: unknown, what: string) => void;
}

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
  const connector = parts.vendors.connectorOf(connection);
  if (connector === undefined) return null;
  return connector.countOpenWork(connection, await ownersWhoAreReps(connection, parts));
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

/** At night every connection is compared with its vendor: people and open work. */
export const reconcile = async (parts: ReconcileParts): Promise<void> => {
  for (const { id, tenantId } of await parts.vendors.connections.active())
    try {
      await parts.importPeople(tenantId, id);
      await recount(id, parts);
    } catch (error) {
      parts.onError(error, `connection ${id} could not be compared with its vendor`);
    }
};

/** Between nights people are imported from the CRMs that do not push a change of them. */
export const importPeopleAgain = async (parts: ReconcileParts): Promise<void> => {
  for (const connection of await parts.vendors.connections.active()) {
    const directory = parts.vendors.connectorOf(connection)?.directory;
    if (directory === undefined || directory.pushesChanges) continue;
    await parts
      .importPeople(connection.tenantId, connection.id)
      .catch((error: unknown) =>
        parts.onError(error, `people of connection ${connection.id} could not be imported`),
      );
  }
};
