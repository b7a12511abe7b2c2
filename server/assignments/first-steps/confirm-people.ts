import { AppError } from '../../base/app-error.ts';
import type { Reps } from '../directory-ports.ts';
import type { UseCases } from '../use-cases.ts';
import { type FoundPeople, type FoundPerson, foundPeople } from './found-people.ts';
import type { KnownPeople, NoReps } from './ports.ts';
import { freeId, slugOf } from './slug.ts';

export interface PeopleParts {
  readonly people: KnownPeople;
  readonly noReps: NoReps;
  readonly reps: Pick<Reps, 'list'>;
  readonly putReps: UseCases['putReps'];
  readonly now: () => number;
}

/** Who was found in the connections, beside the directory. */
export const readPeople =
  ({ people, noReps, reps }: PeopleParts) =>
  async (tenantId: string): Promise<FoundPeople> =>
    foundPeople({
      known: await people.list(tenantId),
      reps: await reps.list(tenantId),
      noReps: await noReps.list(tenantId),
    });

export interface ConfirmPeople {
  readonly tenantId: string;
  readonly by: string;
  /** E-mail addresses of those who take leads from now on. */
  readonly reps: readonly string[];
  readonly noReps: readonly string[];
}

/**
 * Adds those who were found to the directory; whoever is in it already stays as they are there. Throws AppError
 * `unknown_person` for an address that no connection told of.
 */
export const confirmPeople =
  (parts: PeopleParts) =>
  async ({ tenantId, by, reps, noReps }: ConfirmPeople): Promise<{ readonly added: number }> => {
    const found = await readPeople(parts)(tenantId);
    const byEmail = new Map(found.people.map((person) => [person.email, person]));
    const wanted = [...new Set(reps.map(lower))];
    const unknown = [...wanted, ...noReps.map(lower)].find((email) => !byEmail.has(email));
    if (unknown !== undefined)
      throw new AppError(
        'unknown_person',
        `No connection told of ${unknown}. Import people again, or add them with PUT /api/v1/reps.`,
        { status: 422 },
      );
    const added = wanted.map((email) => byEmail.get(email)!).filter(({ state }) => state !== 'rep');
    await parts.noReps.remove(tenantId, wanted);
    await parts.noReps.add(tenantId, { emails: noReps.map(lower), by, at: parts.now() });
    if (added.length > 0) {
      const before = await parts.reps.list(tenantId);
      const documents = before.map(({ document }) => document);
      await parts.putReps({ tenantId, reps: [...documents, ...toDocuments(added, before, wanted)] });
    }
    return { added: added.length };
  };

const lower = (email: string): string => email.trim().toLowerCase();

/** New entries of the directory. A manager who takes no leads is left out: the directory knows only reps. */
const toDocuments = (
  people: readonly FoundPerson[],
  before: readonly { readonly id: string; readonly email: string | null }[],
  wanted: readonly string[],
): readonly unknown[] => {
  const taken = new Set(before.map(({ id }) => id));
  const managers = new Set([...wanted, ...before.flatMap(({ email }) => email ?? [])]);
  return people.map(({ email, name, timezone, manager, teams }) => {
    const id = freeId(slugOf(email.split('@')[0]!), taken);
    taken.add(id);
    return {
      id,
      name,
      email,
      ...(timezone !== null && { timezone }),
      ...(manager !== null && manager !== email && managers.has(manager) && { manager }),
      ...(teams.length > 0 && { teams }),
    };
  });
};
