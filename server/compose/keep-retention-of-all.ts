import type { UseCases } from '../assignments/use-cases.ts';
import type { Stores } from './stores.ts';

interface Around {
  readonly stores: Pick<Stores, 'tenants' | 'kept'>;
  readonly useCases: Pick<UseCases, 'keepRetention'>;
  readonly onError: (error: unknown, what: string) => void;
}

/** The nightly round: what no tenant keeps any longer, one after the other. One that fails keeps no other from its turn. */
export const keepRetentionOfAll = async ({ stores, useCases, onError }: Around): Promise<void> => {
  for (const { id } of await stores.tenants.listStaying())
    await useCases
      .keepRetention(id)
      .catch((error: unknown) => onError(error, `what tenant ${id} keeps no longer could not be erased`));
  await stores.kept.pruneDirectory();
};
