import { AppError } from '../base/app-error.ts';
import { isGone } from './account-status.ts';
import { mayEnter } from './entry-target.ts';
import type { Lanes } from './lane.ts';
import type { LaneMemory } from './lane-memory.ts';
import type { RecordReader } from './ports.ts';
import { countsFirst, isSame } from './twins.ts';
import type { RecordRef, RecordSnapshot } from './types.ts';

/**
 * What is known of a lead's records now. `kept`: the lead has no record, so what was given when it came stands.
 * `snapshot`: of the record that counts; `twins`: of those that follow it. `policyVersion`: whose fields were asked for.
 */
export type LeadReading =
  | {
      readonly kind: 'read';
      readonly snapshot: RecordSnapshot;
      readonly twins: readonly RecordSnapshot[];
      /** Whether records of different CRMs may be one lead. */
      readonly twinned: boolean;
      /** Whether a lead of the same person may be on its way into the record's CRM. */
      readonly mayEnter: boolean;
      readonly policyVersion: number;
    }
  /** `remedy`: it is not worth trying again before a person did this. */
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly connectionId: string;
      readonly remedy: string | null;
    }
  | { readonly kind: 'kept' };

export interface ReadParts {
  readonly lanes: Lanes;
  readonly reader: RecordReader;
}

/** Reads a lead's records through from their CRMs. Never rejects for a read that failed: that lead waits. */
export const readLead = async (
  tenantId: string,
  records: readonly RecordRef[],
  { lanes, reader }: ReadParts,
): Promise<LeadReading> => {
  if (records.length === 0) return { kind: 'kept' };
  const memory = await lanes.known(tenantId);
  const there = standing(records, memory);
  const read = (record: RecordRef) => reader.read(record, sourcesFor(memory, record.connectionId));
  try {
    const known = await Promise.all(there.map(read));
    const twins = twinsOf(known, memory).filter((ref) => !records.some((record) => isSame(record, ref)));
    return toReading([...known, ...(await Promise.all(twins.map(read)))], memory);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // A connection that is broken has an alert of its own.
    const lasting = error.code === 'app_refused' || (!error.retryable && error.code !== 'needs_reconnecting');
    return {
      kind: 'failed',
      code: error.code,
      connectionId: there[0]!.connectionId,
      remedy: lasting ? error.message : null,
    };
  }
};

/** Of a lead's records, those whose accounts are there; where none is, all of them, so that it waits for one. */
const standing = (
  records: readonly RecordRef[],
  { roster }: Pick<LaneMemory, 'roster'>,
): readonly RecordRef[] => {
  const there = records.filter(({ connectionId }) => {
    const connection = roster.connections.get(connectionId);
    return connection !== undefined && !isGone(connection);
  });
  return there.length === 0 ? records : there;
};

/** A reading of snapshots that are there already. A twin that is gone says nothing of the lead. */
export const toReading = (
  snapshots: readonly RecordSnapshot[],
  memory: Pick<LaneMemory, 'read' | 'policyVersion' | 'roster'>,
): LeadReading => {
  const { read, policyVersion, roster } = memory;
  const refs = countsFirst(
    snapshots.map(({ ref }) => ref),
    read?.policy.crmOfRecord,
    roster,
  );
  const [first, ...others] = refs.map((ref) => snapshots.find((one) => isSame(one.ref, ref))!);
  return {
    kind: 'read',
    snapshot: first!,
    twins: others.filter(({ gone }) => gone === null),
    twinned: Boolean(read?.policy.crmOfRecord),
    mayEnter: mayEnter(memory),
    policyVersion,
  };
};

/** The records that snapshots name as their twins in other CRMs, where the tenant says which CRM counts. */
const twinsOf = (
  snapshots: readonly RecordSnapshot[],
  { read, roster }: LaneMemory,
): readonly RecordRef[] => {
  if (!read?.policy.crmOfRecord) return [];
  const connected = [...roster.connections.values()].filter(({ status }) => status === 'active');
  return snapshots.flatMap(({ twins }) =>
    (twins ?? []).flatMap(({ vendor, objectType, recordId }) => {
      const connection = connected.find((one) => one.vendor === vendor);
      return connection === undefined ? [] : [{ connectionId: connection.id, objectType, recordId }];
    }),
  );
};

/** Where a connection's CRM keeps each declared field. */
const sourcesFor = ({ read, roster }: LaneMemory, connectionId: string): Readonly<Record<string, string>> => {
  const vendor = roster.connections.get(connectionId)?.vendor;
  if (read === null || vendor === undefined || vendor === 'slack') return {};
  const sources = Object.entries(read.policy.fields).flatMap(([name, { sources }]) =>
    sources[vendor] === undefined ? [] : [[name, sources[vendor]] as const],
  );
  return Object.fromEntries(sources);
};
