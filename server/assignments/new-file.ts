import { NO_HISTORY } from '../routing/lead.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import type { LeadReading } from './read-lead.ts';
import type { StoredAssignment, StoredDecision, StoredSnapshot } from './stored.ts';
import type { DecideLead } from './use-cases.ts';

/** A lead about to be decided for the first time, or again after its last assignment ended. */
export const newFile = (
  session: LaneSession,
  given: {
    readonly leadId: string;
    readonly command: DecideLead;
    readonly snapshot: StoredSnapshot;
    readonly reading: LeadReading;
    readonly known: LeadFile | undefined;
  },
): LeadFile => {
  const { leadId, command, snapshot, reading, known } = given;
  return {
    id: leadId,
    records: known?.records ?? [],
    intents: known?.intents ?? [],
    assignment: {
      ...BLANK,
      id: session.newId('asg'),
      leadId,
      seenOwnerId: reading.kind === 'read' ? reading.snapshot.ownerId : null,
      backfill: command.priority === 'backfill',
      openedAt: session.now,
      changedAt: session.now,
    },
    // Stands until the decision that is about to be made.
    decision: { id: '' } as StoredDecision,
    snapshot,
    entries: [],
    ...(command.logOnly === true && { logOnly: true }),
    ...(command.writtenByCaller && command.record && { writtenByCaller: command.record }),
  };
};

const BLANK: Omit<StoredAssignment, 'id' | 'leadId' | 'openedAt' | 'changedAt' | 'seenOwnerId' | 'backfill'> =
  {
    state: 'waiting',
    version: 0,
    repId: null,
    poolId: null,
    ruleId: null,
    queueId: null,
    offeredTo: [],
    broadcast: false,
    decisionId: '',
    history: NO_HISTORY,
    written: 'none',
    remedy: null,
    claimWithin: null,
    clock: null,
    dueAt: null,
    dueKind: null,
    callbacks: [],
    heldAt: null,
    urgent: false,
    closedAt: null,
    closedBecause: null,
    entry: null,
    conversion: null,
    firstActivityAt: null,
  };
