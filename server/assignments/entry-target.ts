import { AppError } from '../base/app-error.ts';
import { isKnowable, type PersonKey } from '../routing/match/person-key.ts';
import { isGone } from './account-status.ts';
import type { LaneMemory } from './lane-memory.ts';
import type { StoredConnection } from './lane-store.ts';
import type { EntryDoors } from './ports.ts';
import type { RecordRef } from './types.ts';

/** Whether leads that come in without a record may enter a CRM at all, as far as the policy says. */
export const mayEnter = ({ read, roster }: Pick<LaneMemory, 'read' | 'roster'>): boolean =>
  read !== null && read.policy.entry?.crm !== 'none' && crmsOf(roster).length > 0;

/**
 * Where such leads go: into the CRM the policy's `entry` names, else the CRM of record, else the only one there is.
 * null: nowhere.
 */
export const entryTarget = (
  { read, roster }: Pick<LaneMemory, 'read' | 'roster'>,
  doors: Pick<EntryDoors, 'enters'>,
): StoredConnection | null => {
  if (read === null) return null;
  const named = read.policy.entry?.crm ?? read.policy.crmOfRecord;
  if (named === 'none') return null;
  const crms = crmsOf(roster);
  const [target] =
    named === null ? (crms.length === 1 ? crms : []) : crms.filter((one) => one.vendor === named);
  return target !== undefined && doors.enters(target.vendor) ? target : null;
};

const crmsOf = ({ connections }: LaneMemory['roster']): readonly StoredConnection[] =>
  [...connections.values()].filter(({ vendor, status }) => vendor !== 'slack' && !isGone({ status }));

/** What was found of a person in the tenant's CRMs. `sought` false: one of them could not be asked. */
export interface Sought {
  readonly record: RecordRef | null;
  readonly sought: boolean;
}

/** Looks for a person's record in the CRM they would enter, then in the tenant's others. */
export const lookFor = async (
  person: PersonKey,
  target: StoredConnection,
  { roster }: Pick<LaneMemory, 'roster'>,
  doors: EntryDoors,
): Promise<Sought> => {
  if (!isKnowable(person)) return { record: null, sought: true };
  const others = crmsOf(roster).filter(({ id, vendor }) => id !== target.id && doors.enters(vendor));
  const [first, ...rest] = await Promise.all(
    [target, ...others].map(({ id }) => orNull(doors.find(id, person))),
  );
  const all = [first!, ...rest];
  const record = all.find((one) => one?.record)?.record ?? null;
  return { record, sought: all.every((one) => one !== null) };
};

/** A CRM that does not answer holds up no lead: the record is looked for again before one is made. */
const orNull = async (
  finding: Promise<RecordRef | null>,
): Promise<{ readonly record: RecordRef | null } | null> => {
  try {
    return { record: await finding };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
};
