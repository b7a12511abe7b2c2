import { SOURCE_NAMES } from '../../routing/render/english.ts';
import type { ComparedLead, KnownPerson } from './ports.ts';

/** CRMs whose records always have an owner: somebody who takes no leads stands for nobody there. */
const ALWAYS_OWNED: readonly KnownPerson['vendor'][] = ['salesforce', 'dynamics', 'zoho', 'pipedrive'];

/** Who takes a lead: the rep behind an owner, or the owner. Queues are nobody. */
export const createOwners = (known: readonly KnownPerson[], leads: readonly ComparedLead[]) => {
  const owners = new Map(known.map((one) => [`${one.connectionId}/${one.externalId}`, one]));
  const names = new Map(
    known.map(({ externalId, name, email }) => [externalId, name ?? email ?? externalId]),
  );
  const untold = new Map(
    leads.map(({ ownerId, vendor }) => [ownerId, `Owner ${ownerId} of ${SOURCE_NAMES[vendor]}`]),
  );
  return {
    /** As their CRM names them; whom it did not tell of goes by their id there. */
    nameOf: (id: string): string => names.get(id) ?? untold.get(id) ?? id,
    takerOf: ({ connectionId, ownerId }: ComparedLead): string | null => {
      if (ownerId === null) return null;
      const owner = owners.get(`${connectionId}/${ownerId}`);
      if (owner === undefined) return ownerId;
      if (owner.details.type === 'QUEUE') return null;
      return owner.repId ?? (ALWAYS_OWNED.includes(owner.vendor) ? null : ownerId);
    },
  };
};
