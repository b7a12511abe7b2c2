import type { Generated, GeneratedAlways } from 'kysely';
import type {
  Instant,
  InstantOrNull,
  Json,
  JsonOrDefault,
  JsonOrNull,
  NumberOrNull,
  TextOrNull,
} from './columns.ts';

interface LeadTable {
  tenant_id: string;
  id: string;
  created_at: Instant;
}

interface LeadRecordTable {
  tenant_id: string;
  connection_id: string;
  object_type: string;
  record_id: string;
  lead_id: string;
  seen_owner_id: TextOrNull;
  url: TextOrNull;
}

interface LeadSnapshotTable {
  tenant_id: string;
  id: string;
  lead_id: string;
  taken_at: Instant;
  salt: string;
  digest: string;
  field_values: JsonOrNull<Record<string, unknown>>;
  given: JsonOrNull<Record<string, unknown>>;
  person: JsonOrNull<Record<string, string | null>>;
  erased_at: InstantOrNull;
  email_key: GeneratedAlways<string | null>;
  phone_key: GeneratedAlways<string | null>;
}

interface LeadAddressTable {
  tenant_id: string;
  hash: string;
  lead_id: string;
}

interface AssignmentTable {
  tenant_id: string;
  id: string;
  lead_id: string;
  state: string;
  version: number;
  rep_id: TextOrNull;
  pool_id: TextOrNull;
  rule_id: TextOrNull;
  queue_id: TextOrNull;
  offered_to: JsonOrDefault<readonly string[]>;
  broadcast: Generated<boolean>;
  decision_id: string;
  history: Json<unknown>;
  written: Generated<string>;
  remedy: TextOrNull;
  claim_within: NumberOrNull;
  clock: TextOrNull;
  due_at: InstantOrNull;
  due_kind: TextOrNull;
  callbacks: JsonOrDefault<readonly unknown[]>;
  held_at: InstantOrNull;
  seen_owner_id: TextOrNull;
  backfill: Generated<boolean>;
  urgent: Generated<boolean>;
  opened_at: Instant;
  changed_at: Instant;
  closed_at: InstantOrNull;
  closed_because: TextOrNull;
  entry: JsonOrNull<unknown>;
  conversion: TextOrNull;
  first_activity_at: InstantOrNull;
}

interface AssignmentEventTable {
  tenant_id: string;
  seq: GeneratedAlways<number>;
  assignment_id: string;
  lead_id: string;
  at: Instant;
  kind: string;
  rep_id: TextOrNull;
  decision_id: TextOrNull;
  detail: JsonOrDefault<Record<string, unknown>>;
}

interface DecisionTable {
  tenant_id: string;
  id: string;
  seq: GeneratedAlways<number>;
  lead_id: string;
  assignment_id: string;
  snapshot_id: string;
  source: string;
  decided_at: Instant;
  outcome: string;
  rule_id: TextOrNull;
  pool_id: TextOrNull;
  rep_id: TextOrNull;
  policy_version: number;
  engine: number;
  hash: string;
  log_only: Generated<boolean>;
  result: Json<unknown>;
  inputs: Json<unknown>;
}

interface SlaClockTable {
  tenant_id: string;
  id: string;
  assignment_id: string;
  lead_id: string;
  sla_id: string;
  name: string;
  until: string;
  clock: string;
  reps: Json<string[]>;
  within: number;
  passed: number;
  counted_from: Instant;
  started_at: Instant;
  due_at: InstantOrNull;
  steps: Json<unknown[]>;
  next_at: InstantOrNull;
  missed_at: InstantOrNull;
  met_at: InstantOrNull;
  late: NumberOrNull;
  ended_at: InstantOrNull;
  ended_because: TextOrNull;
}

interface ReplyTable {
  tenant_id: string;
  endpoint: string;
  key: string;
  decision_id: string;
  body: JsonOrNull<unknown>;
  created_at: Instant;
}

/** Leads, what was decided of them, and what became of that. */
export interface LeadTables {
  lead: LeadTable;
  lead_record: LeadRecordTable;
  lead_snapshot: LeadSnapshotTable;
  lead_address: LeadAddressTable;
  assignment: AssignmentTable;
  assignment_event: AssignmentEventTable;
  decision: DecisionTable;
  sla_clock: SlaClockTable;
  reply: ReplyTable;
}
