import { isKnowable, type PersonKey, personKey } from '../routing/match/person-key.ts';
import { entryTarget, lookFor } from './entry-target.ts';
import type { LaneMemory } from './lane-memory.ts';
import { personGiven } from './person-given.ts';
import type { EntryDoors } from './ports.ts';
import type { ReadParts } from './read-lead.ts';
import type { LeadPerson, RecordRef } from './types.ts';
import type { DecideLead } from './use-cases.ts';

/** A lead that came in without a record and is to have one. */
export interface Entering {
  readonly connectionId: string;
  readonly person: PersonKey;
  /** A CRM could not be asked whether the person is there: it is asked again before a record is made. */
  readonly mayExist: boolean;
}

/** A lead as it is decided: with the record that was found for it, and where it enters if there is none. */
export interface Arrival {
  readonly command: DecideLead;
  readonly entering: Entering | null;
  /** The record was found by who the lead is, and not named by the caller. */
  readonly found: RecordRef | null;
  /** What was known of the tenant as this was worked out stands no more: it is to be worked out again. */
  readonly isStale: (now: Pick<LaneMemory, 'read' | 'roster'>) => boolean;
}

/** Before a lead without a record is decided, its person is looked for in the tenant's CRMs. */
export const arrive = async (
  command: DecideLead,
  { lanes, doors }: Pick<ReadParts, 'lanes'> & { readonly doors: EntryDoors },
): Promise<Arrival> => {
  if (command.record !== undefined) return { command, entering: null, found: null, isStale: () => false };
  const memory = await lanes.known(command.tenantId);
  const target = entryTarget(memory, doors);
  const isStale: Arrival['isStale'] = (now) => entryTarget(now, doors)?.id !== target?.id;
  const given = personGiven(command.person, command.fields, memory.read?.policy.fields ?? {});
  if (target === null)
    return { command: withPerson(command, given, memory), entering: null, found: null, isStale };
  const person = personKey(given);
  const { record, sought } = await lookFor(person, target, memory, doors);
  return {
    command: { ...command, person: given, ...(record !== null && { record }) },
    entering: {
      connectionId: target.id,
      person,
      mayExist: !sought,
    },
    found: record,
    isStale,
  };
};

/** Whoever is to be known again by the next lead is kept with this one. */
const withPerson = (
  command: DecideLead,
  given: Partial<LeadPerson>,
  { compiled }: Pick<LaneMemory, 'compiled'>,
): DecideLead =>
  compiled?.earlierBy && Object.keys(given).length > 0 ? { ...command, person: given } : command;

/** What was found is converted, merged or deleted by now: it is no lead any more, and the person makes a new one. */
export const withoutFound = ({ command, entering, isStale }: Arrival): Arrival => {
  const { record: _, ...rest } = command;
  return { command: rest, entering, found: null, isStale };
};

/** The leads of the same person, where the lead is to enter a CRM. */
export const peopleOf = ({ entering }: Arrival) =>
  entering !== null && isKnowable(entering.person) ? [{ ...entering.person, entering: false }] : [];
