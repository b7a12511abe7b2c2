import type { Jobs } from '../assignments/ports.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Clock } from '../base/clock.ts';
import type { SyncedPeople } from '../installs/sync-people.ts';
import type { Vendors } from './connect-vendors.ts';

export interface ImportParts {
  readonly vendors: { readonly connections: Pick<Vendors['connections'], 'sync'> };
  readonly useCases: Pick<UseCases, 'passOffersOn' | 'retimeClocks'>;
  readonly jobs: Pick<Jobs, 'wakeTenant'>;
  readonly clock: Clock;
}

export type ImportPeople = (tenantId: string, connectionId: string) => Promise<Omit<SyncedPeople, 'away'>>;

/**
 * Imports a connection's people. Offers to those who turn out to be out of office go to others, as when a rep says so
 * in Slack, waiting leads are looked at with whoever is back, and SLAs in working time go by the hours known then.
 */
export const createImportPeople =
  ({ vendors, useCases, jobs, clock }: ImportParts): ImportPeople =>
  async (tenantId, connectionId) => {
    await useCases.retimeClocks({ tenantId, repId: null });
    const { away, ...synced } = await vendors.connections.sync(tenantId, connectionId);
    await useCases.retimeClocks({ tenantId, repId: null });
    for (const repId of away) await useCases.passOffersOn({ tenantId, repId });
    await jobs.wakeTenant(tenantId, clock.now());
    return synced;
  };
