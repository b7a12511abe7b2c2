import type { DirectoryReader, Person, RepIdentities, Reps } from '../assignments/directory-ports.ts';
import type { KnownPeople } from '../assignments/first-steps/ports.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import { AppError } from '../base/app-error.ts';
import type { Clock } from '../base/clock.ts';

export interface SyncParts {
  readonly readers: readonly DirectoryReader[];
  readonly reps: Reps;
  readonly identities: RepIdentities;
  readonly people: KnownPeople;
  readonly clock: Clock;
}

/** What an import found. */
export interface SyncedPeople {
  readonly people: number;
  readonly matched: number;
  /** E-mail addresses of people who are no rep here, each once. */
  readonly unmatched: readonly string[];
  /** Ids of reps who are out of office there now. */
  readonly away: readonly string[];
}

/** Reads a connection's people and matches them to the reps by e-mail. */
export const syncPeople = async (connection: ConnectionInfo, parts: SyncParts): Promise<SyncedPeople> => {
  const reader = parts.readers.find(({ vendor }) => vendor === connection.vendor);
  if (reader === undefined) {
    throw new AppError('no_reader', `People of ${connection.vendor} cannot be imported.`, { status: 422 });
  }
  const reps = await parts.reps.list(connection.tenantId);
  const emails = reps.flatMap(({ email }) => (email === null ? [] : [email]));
  const asked = connection.vendor === 'slack' ? await withFound(connection.tenantId, emails, parts) : emails;
  const people = await reader.read(connection, asked);
  const matches = await parts.identities.replace(connection.tenantId, connection.id, people);
  const unmatched = matches.flatMap(({ person, repId }) =>
    repId === null && person.email !== null ? [person.email] : [],
  );
  return {
    people: people.length,
    matched: matches.filter(({ repId }) => repId !== null).length,
    unmatched: [...new Set(unmatched)].sort(),
    away: matches.flatMap(({ person, repId }) =>
      repId !== null && isOut(person, parts.clock.now()) ? [repId] : [],
    ),
  };
};

/** Slack answers fifty look-ups a minute: more people who are no reps yet are not asked about. */
const MOST_FOUND = 200;

/** Besides the reps, those the CRMs told of: whether Slack reaches them is of interest before they are reps. */
const withFound = async (
  tenantId: string,
  repEmails: readonly string[],
  { people }: SyncParts,
): Promise<readonly string[]> => {
  const found = (await people.list(tenantId)).flatMap(({ vendor, email }) =>
    vendor === 'slack' || email === null ? [] : [email],
  );
  const others = [...new Set(found)].filter((email) => !repEmails.includes(email));
  return [...repEmails, ...others.slice(0, MOST_FOUND)];
};

const isOut = ({ times }: Person, now: number): boolean =>
  times?.timeOff?.some(({ from, to }) => from <= now && now < to) ?? false;
