import type { Policy } from '../routing/policy/schema.ts';
import { isGone } from './account-status.ts';
import { TWIN_BY_EMAIL_WITHIN } from './bounds.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import type { Roster } from './roster.ts';
import type { LeadRecord, StoredLead, WriteIntent } from './stored.ts';
import type { RecordRef } from './types.ts';

/** What CRMs call a record that is a lead and no person. */
const LEAD = 'lead';
const GONE = { status: 'disconnected' } as const;

/**
 * A person synced between two of a tenant's CRMs stands on two records and is one lead. The connection of the policy's
 * `crmOfRecord` decides: its record is read first, its owner counts, and the other record follows. Of two records in one
 * CRM the lead counts before the person it is about; one whose account is gone counts last.
 */
export const countsFirst = <Ref extends RecordRef>(
  records: readonly Ref[],
  crmOfRecord: Policy['crmOfRecord'] | undefined,
  { connections }: Pick<Roster, 'connections'>,
): readonly Ref[] =>
  records.length < 2
    ? records
    : records.toSorted((a, b) => {
        if (a.connectionId === b.connectionId)
          return Number(b.objectType === LEAD) - Number(a.objectType === LEAD);
        const there = ({ connectionId }: Ref) => !isGone(connections.get(connectionId) ?? GONE);
        const decides = ({ connectionId }: Ref) =>
          crmOfRecord !== undefined && connections.get(connectionId)?.vendor === crmOfRecord;
        return Number(there(b)) - Number(there(a)) || Number(decides(b)) - Number(decides(a));
      });

/** The records of a lead, the one that counts first. */
export const recordsOf = (session: LaneSession, file: LeadFile): readonly LeadRecord[] =>
  countsFirst(file.records, session.memory.compiled?.policy.crmOfRecord, session.memory.roster);

export const isSame = (a: RecordRef, b: RecordRef): boolean =>
  a.connectionId === b.connectionId && a.objectType === b.objectType && a.recordId === b.recordId;

/** Whether a record is the one that counts; another's deletion or foreign owner says nothing of the lead. */
export const isFirst = (session: LaneSession, file: LeadFile, record: RecordRef): boolean => {
  const [first] = recordsOf(session, file);
  return first !== undefined && isSame(first, record);
};

/** The owner a record had when it was last read or first seen: what our writes may replace. */
export const seenOwnerOn = (session: LaneSession, file: LeadFile, record: RecordRef): string | null =>
  isFirst(session, file, record)
    ? file.assignment.seenOwnerId
    : (file.records.find((one) => isSame(one, record))?.seenOwnerId ?? null);

/**
 * Our writes as they show in one connection: those made there, and those made on a twin, by the owner the same rep is
 * here, for a sync between the CRMs carries them over.
 */
export const intentsSeenIn = (
  { intents }: Pick<StoredLead, 'intents'>,
  connectionId: string,
  roster: Pick<Roster, 'repOf' | 'ownerOf'>,
): readonly WriteIntent[] =>
  intents.flatMap((intent) => {
    if (intent.record.connectionId === connectionId) return [intent];
    const rep = roster.repOf(intent.record.connectionId, intent.ownerId);
    const ownerId = rep === null ? null : roster.ownerOf(connectionId, rep);
    return ownerId === null ? [] : [{ ...intent, ownerId }];
  });

/** What we last put on a lead's records, as owners of one connection: per record the latest write that ended, and whatever later one may have reached it. */
export const ownersOfOurs = (
  session: Pick<LaneSession, 'memory'>,
  file: Pick<StoredLead, 'intents'>,
  connectionId: string,
): readonly string[] => {
  const seen = intentsSeenIn(file, connectionId, session.memory.roster);
  const byRecord = Map.groupBy(seen, ({ record }) => `${record.connectionId}/${record.recordId}`);
  const owners = [...byRecord.values()].flatMap((intents) => {
    const lastEnded = intents.findIndex(({ endedAt }) => endedAt !== null);
    return (lastEnded < 0 ? intents : intents.slice(0, lastEnded + 1)).map(({ ownerId }) => ownerId);
  });
  return [...new Set(owners)];
};

/** Whether a lead found by e-mail can be the twin of a record: it stands in another CRM only, and is of these days. */
export const mayBeTwin = (
  { records, assignment }: Pick<LeadFile, 'records' | 'assignment'>,
  record: RecordRef,
  now: number,
): boolean =>
  (records.length > 0 || assignment.entry !== null) &&
  assignment.entry?.connectionId !== record.connectionId &&
  records.every(({ connectionId }) => connectionId !== record.connectionId) &&
  isOfTheseDays(assignment, now);

/** Whether a lead is open, or came so lately that another sign of the same person means it. */
export const isOfTheseDays = (
  { closedAt, openedAt }: Pick<LeadFile['assignment'], 'closedAt' | 'openedAt'>,
  now: number,
): boolean => closedAt === null || openedAt > now - TWIN_BY_EMAIL_WITHIN;
