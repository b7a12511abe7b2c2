import type { Rep } from '../routing/policy/schema.ts';
import type { StoredIdentity } from './lane-store.ts';

/** The skill by which a policy asks for the territories that a CRM has people in. */
const SKILL = 'crm_territories';

/** Reps with the territories of all CRMs as a skill; one that the directory gives a rep stands. */
export const withTerritories = (
  reps: readonly Rep[],
  identities: readonly StoredIdentity[],
): readonly Rep[] => {
  const known = new Map<string, Set<string>>();
  for (const { kind, repId, details } of identities)
    if (kind === 'owner' && repId !== null && details.territories?.length)
      known.set(repId, new Set([...(known.get(repId) ?? []), ...details.territories]));
  return reps.map((rep) => {
    const names = known.get(rep.id);
    if (names === undefined || Object.hasOwn(rep.skills, SKILL)) return rep;
    return { ...rep, skills: { ...rep.skills, [SKILL]: [...names].sort() } };
  });
};
