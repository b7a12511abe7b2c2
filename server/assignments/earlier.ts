import type { EarlierLead } from '../routing/lead.ts';
import { type LeadHistory, NO_HISTORY } from '../routing/lead.ts';
import { earlierKeys, isKnownBy } from '../routing/match/person-key.ts';
import type { LaneMemory } from './lane-memory.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import type { WantedPerson } from './lane-store.ts';
import { personGiven } from './person-given.ts';
import type { LeadReading } from './read-lead.ts';
import { personRead } from './snapshot.ts';
import type { ClosedBecause, LeadPerson } from './types.ts';
import type { DecideLead } from './use-cases.ts';

/** Earlier leads told of, at most. */
const MOST = 20;

/** Ends after which the rep named on a lead is not one who had it. */
const HAD_BY_NOBODY: readonly ClosedBecause[] = [
  'not_routed',
  'owned_outside',
  'owner_removed',
  'log_only_asked',
];

/** By what a lead's earlier ones are looked up, where the policy asks about them: through an index, a few at most. */
export const earlierPeople = (
  { compiled }: Pick<LaneMemory, 'compiled'>,
  command: Pick<DecideLead, 'person' | 'fields'>,
  reading: LeadReading,
): readonly WantedPerson[] => {
  if (compiled === null || compiled.earlierBy === null) return [];
  const given = personGiven(command.person, command.fields, compiled.policy.fields);
  const read = personRead(reading);
  return earlierKeys(
    { email: read?.email || given.email, phone: read?.phone || given.phone },
    compiled.earlierBy,
  ).map(({ email, phone }) => ({ email, phone, entering: false }));
};

/** The history of a lead that comes in, with the earlier ones of its person where the policy asks about them. */
export const historyOf = (session: LaneSession, leadId: string, person: LeadPerson | null): LeadHistory => {
  const by = session.memory.compiled?.earlierBy ?? null;
  if (by === null) return NO_HISTORY;
  const { attempts, declined, missed, waits } = NO_HISTORY;
  return { attempts, declined, earlier: earlierLeads(session, leadId, person, by), missed, waits };
};

const earlierLeads = (
  session: LaneSession,
  leadId: string,
  person: LeadPerson | null,
  by: Parameters<typeof earlierKeys>[1],
): readonly EarlierLead[] => {
  const keys = earlierKeys(person, by);
  return session
    .files()
    .filter(({ id }) => id !== leadId)
    .sort(byLatest)
    .flatMap((file) => {
      const key = keys.find((one) => isKnownBy(file.snapshot.person, one));
      const rep = repOf(session, file);
      const { closedAt } = file.assignment;
      return key === undefined || rep === null
        ? []
        : [{ code: key.code, lead: file.id, open: closedAt === null, rep }];
    })
    .slice(0, MOST);
};

const byLatest = (a: LeadFile, b: LeadFile): number =>
  b.assignment.openedAt - a.assignment.openedAt || (a.id < b.id ? 1 : -1);

/** Who has the lead, or had it when it ended; null: nobody took it. Whoever only looks goes by what they saw before. */
const repOf = (
  { lane }: LaneSession,
  { assignment: { closedBecause, repId, state } }: LeadFile,
): string | null => {
  if (state === 'assigned') return repId;
  if (closedBecause === null || HAD_BY_NOBODY.includes(closedBecause)) return null;
  return closedBecause === 'log_only' && lane.mode !== 'log_only' ? null : repId;
};
