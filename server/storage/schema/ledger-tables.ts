import type { Generated, GeneratedAlways } from 'kysely';
import type { Posting } from '../../routing/state.ts';
import type { Instant, InstantOrNull, Json, JsonOrDefault, JsonOrNull, TextOrNull } from './columns.ts';

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
  released: JsonOrDefault<Posting['released']>;
  adjustment_id: TextOrNull;
  skips: JsonOrNull<unknown>;
}

interface AdjustmentTable {
  tenant_id: string;
  id: string;
  seq: GeneratedAlways<number>;
  pool_id: string;
  rep_id: string;
  kind: string;
  amount: Generated<number>;
  skip: TextOrNull;
  assignment_id: TextOrNull;
  made_by: string;
  reason: TextOrNull;
  request: TextOrNull;
  at: Instant;
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
  skip: TextOrNull;
}

interface RepLoadTable {
  tenant_id: string;
  rep_id: string;
  open: Generated<number>;
  windows: JsonOrDefault<Record<string, unknown>>;
  crm_open: JsonOrDefault<Record<string, unknown>>;
}

/** Who is owed what, and how full each rep is. */
export interface LedgerTables {
  ledger_entry: LedgerEntryTable;
  adjustment: AdjustmentTable;
  pool_member: PoolMemberTable;
  rep_load: RepLoadTable;
}
