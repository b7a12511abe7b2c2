/**
 * The tables as Kysely sees them, one interface per table of `migrations/tables.sql`. Instants come back as `Date`;
 * bigint as a safe integer; jsonb parsed, and written as text (`JSON.stringify`), so that an array is never taken
 * for a PostgreSQL array.
 */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

type Json<T> = ColumnType<T, string, string>;
type JsonOrDefault<T> = ColumnType<T, string | undefined, string>;
type Instant = ColumnType<Date, Date | string, Date | string>;
type InstantOrDefault = ColumnType<Date, Date | string | undefined, Date | string>;
type InstantOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>;
type TextOrNull = ColumnType<string | null, string | null | undefined, string | null>;
type NumberOrNull = ColumnType<number | null, number | null | undefined, number | null>;

interface TenantTable {
  id: string;
  name: string;
  created_at: InstantOrDefault;
}

interface ApiKeyTable {
  hash: string;
  tenant_id: string;
  name: string;
  created_at: InstantOrDefault;
  revoked_at: InstantOrNull;
}

interface SessionTable {
  hash: string;
  tenant_id: string;
  subject: string;
  role: string;
  expires_at: Instant;
}

interface InstallTable {
  hash: string;
  tenant_id: string;
  vendor: string;
  browser: string;
  details: string;
  expires_at: Instant;
}

interface ParkedInstallTable {
  hash: string;
  vendor: string;
  account: string;
  expires_at: Instant;
}

interface ConnectionTable {
  id: string;
  tenant_id: string;
  vendor: string;
  external_id: string;
  name: string;
  status: Generated<string>;
  settings: JsonOrDefault<Record<string, unknown>>;
  tokens: TextOrNull;
  token_expires_at: InstantOrNull;
  scopes: Generated<string>;
  generation: Generated<number>;
  created_at: InstantOrDefault;
}

interface InboxTable {
  id: GeneratedAlways<number>;
  connection_id: string;
  kind: string;
  dedupe: string;
  payload: Json<unknown>;
  received_at: InstantOrDefault;
  due_at: InstantOrDefault;
  attempts: Generated<number>;
  done_at: InstantOrNull;
  error: TextOrNull;
}

interface LeaseTable {
  name: string;
  holder: string;
  epoch: number;
  expires_at: Instant;
}

interface LaneTable {
  tenant_id: string;
  mode: Generated<string>;
  paused: Generated<boolean>;
  policy_version: Generated<number>;
  roster_version: Generated<number>;
  state_version: Generated<number>;
  last_instant: InstantOrDefault;
  drain_at: InstantOrNull;
}

interface PolicyTable {
  tenant_id: string;
  version: number;
  document: Json<unknown>;
  hash: string;
  published_at: InstantOrDefault;
  published_by: string;
}

interface RepTable {
  tenant_id: string;
  id: string;
  document: Json<unknown>;
  active: Generated<boolean>;
  paused: Generated<boolean>;
  away_since: InstantOrNull;
  away_until: InstantOrNull;
}

interface RepIdentityTable {
  tenant_id: string;
  connection_id: string;
  kind: string;
  external_id: string;
  rep_id: TextOrNull;
  details: JsonOrDefault<Record<string, unknown>>;
}

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

interface OrgCredentialTable {
  hash: string;
  connection_id: string;
  created_at: InstantOrDefault;
  revoked_at: InstantOrNull;
}

interface PollMarkTable {
  connection_id: string;
  cursor: string;
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

interface LedgerEntryTable {
  tenant_id: string;
  seq: GeneratedAlways<number>;
  pool_id: string;
  decision_id: TextOrNull;
  assignment_id: TextOrNull;
  at: Instant;
  kind: string;
  previous_at: InstantOrNull;
  owed: Json<Record<string, number>>;
  charged: Json<Record<string, number>>;
  banked: JsonOrDefault<Record<string, number>>;
  released: JsonOrDefault<Record<string, number>>;
}

interface PoolMemberTable {
  tenant_id: string;
  pool_id: string;
  rep_id: string;
  lag: number;
  banked: Generated<number>;
  released_on: TextOrNull;
  released_today: Generated<number>;
  last_at: InstantOrNull;
  received: Generated<number>;
}

interface RepLoadTable {
  tenant_id: string;
  rep_id: string;
  open: Generated<number>;
  windows: JsonOrDefault<Record<string, unknown>>;
  crm_open: JsonOrDefault<Record<string, unknown>>;
}

interface ReplyTable {
  tenant_id: string;
  endpoint: string;
  key: string;
  decision_id: string;
  body: JsonOrNull<unknown>;
  created_at: Instant;
}

interface DeliveryTable {
  tenant_id: string;
  id: string;
  seq: GeneratedAlways<number>;
  connection_id: string;
  kind: string;
  priority: Generated<number>;
  key: string;
  assignment_id: TextOrNull;
  version: Generated<number>;
  body: Json<unknown>;
  state: Generated<string>;
  attempts: Generated<number>;
  due_at: Instant;
  last_code: TextOrNull;
  remedy: TextOrNull;
  created_at: Instant;
  done_at: InstantOrNull;
  detail: JsonOrNull<Record<string, unknown>>;
  told_at: InstantOrNull;
  failures: Generated<number>;
}

interface WriteIntentTable {
  tenant_id: string;
  seq: GeneratedAlways<number>;
  connection_id: string;
  object_type: string;
  record_id: string;
  delivery_id: string;
  owner_id: string;
  expected_owner_id: TextOrNull;
  version: number;
  written_at: Instant;
  ended_at: InstantOrNull;
}

interface SlackMessageTable {
  tenant_id: string;
  assignment_id: string;
  rep_id: string;
  connection_id: string;
  delivery_id: string;
  channel: TextOrNull;
  ts: TextOrNull;
  version: Generated<number>;
  reminder_delivery_id: TextOrNull;
  reminder_ts: TextOrNull;
}

interface SlackHomeTable {
  tenant_id: string;
  rep_id: string;
  connection_id: string;
  slack_user_id: string;
  opened_at: Instant;
}

interface AlertTable {
  tenant_id: string;
  id: string;
  kind: string;
  subject: string;
  detail: JsonOrDefault<Record<string, unknown>>;
  opened_at: Instant;
  closed_at: InstantOrNull;
}

/** Every table by its name. */
export interface Schema {
  tenant: TenantTable;
  api_key: ApiKeyTable;
  session: SessionTable;
  connection: ConnectionTable;
  inbox: InboxTable;
  install: InstallTable;
  parked_install: ParkedInstallTable;
  lease: LeaseTable;
  lane: LaneTable;
  policy: PolicyTable;
  rep: RepTable;
  rep_identity: RepIdentityTable;
  lead: LeadTable;
  lead_record: LeadRecordTable;
  org_credential: OrgCredentialTable;
  poll_mark: PollMarkTable;
  lead_snapshot: LeadSnapshotTable;
  assignment: AssignmentTable;
  assignment_event: AssignmentEventTable;
  decision: DecisionTable;
  ledger_entry: LedgerEntryTable;
  pool_member: PoolMemberTable;
  rep_load: RepLoadTable;
  reply: ReplyTable;
  delivery: DeliveryTable;
  write_intent: WriteIntentTable;
  slack_message: SlackMessageTable;
  slack_home: SlackHomeTable;
  alert: AlertTable;
}
