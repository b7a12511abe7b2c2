import { AppError } from '../base/app-error.ts';
import type { Lanes } from './lane.ts';
import type { LaneMemory } from './lane-memory.ts';
import type { RecordReader } from './ports.ts';
import type { RecordRef, RecordSnapshot } from './types.ts';

/**
 * What is known of a lead's record now. `kept`: the lead has no record, so what was given when it came stands.
 * `policyVersion`: whose fields were asked for.
 */
export type LeadReading =
  | { readonly kind: 'read'; readonly snapshot: RecordSnapshot; readonly policyVersion: number }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'kept' };

export interface ReadParts {
  readonly lanes: Lanes;
  readonly reader: RecordReader;
}

/** Reads a lead's record through from its CRM. Never rejects for a read that failed: that lead waits. */
export const readLead = async (
  tenantId: string,
  record: RecordRef | null,
  { lanes, reader }: ReadParts,
): Promise<LeadReading> => {
  if (record === null) return { kind: 'kept' };
  const memory = await lanes.known(tenantId);
  try {
    const snapshot = await reader.read(record, sourcesFor(memory, record.connectionId));
    return { kind: 'read', snapshot, policyVersion: memory.policyVersion };
  } catch (error) {
    if (error instanceof AppError) return { kind: 'failed', code: error.code };
    throw error;
  }
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
