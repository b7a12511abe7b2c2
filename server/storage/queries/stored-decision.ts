import { sql } from 'kysely';
import type { StoredDecision } from '../../assignments/stored.ts';

/** What is read of a decision itself: `d`. */
export const DECISION = sql.raw(
  'd.id, d.seq, d.lead_id, d.assignment_id, d.snapshot_id, d.source, d.decided_at, d.policy_version, d.engine, d.hash, d.log_only, d.result',
);

/** It as the database answers. */
export interface StoredRow {
  readonly id: string;
  readonly seq: number;
  readonly lead_id: string;
  readonly assignment_id: string;
  readonly snapshot_id: string;
  readonly source: StoredDecision['source'];
  readonly decided_at: Date;
  readonly policy_version: number;
  readonly engine: number;
  readonly hash: string;
  readonly log_only: boolean;
  readonly result: StoredDecision['result'];
}

export const toDecision = (row: StoredRow): StoredDecision => ({
  id: row.id,
  leadId: row.lead_id,
  assignmentId: row.assignment_id,
  snapshotId: row.snapshot_id,
  source: row.source,
  decidedAt: row.decided_at.getTime(),
  policyVersion: row.policy_version,
  engine: row.engine,
  hash: row.hash,
  logOnly: row.log_only,
  result: row.result,
});
