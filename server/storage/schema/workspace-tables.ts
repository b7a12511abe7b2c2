import type { Generated } from 'kysely';
import type { ErasedBecause, Retention } from '../../assignments/lifecycle/ports.ts';
import type { MoveState, StoredOffboarding } from '../../assignments/offboarding/ports.ts';
import type { DraftSimulation, PublishingRules, StoredDraft } from '../../assignments/publishing/ports.ts';
import type {
  Instant,
  InstantOrDefault,
  InstantOrNull,
  Json,
  JsonOrDefault,
  JsonOrNull,
  NumberOrNull,
  TextOrNull,
} from './columns.ts';

interface LaneTable {
  tenant_id: string;
  mode: Generated<string>;
  paused: Generated<boolean>;
  policy_version: Generated<number>;
  roster_version: Generated<number>;
  state_version: Generated<number>;
  last_instant: InstantOrDefault;
  drain_at: InstantOrNull;
  publishing: JsonOrDefault<Partial<PublishingRules>>;
  retention: JsonOrDefault<Partial<Retention>>;
  retained_at: InstantOrNull;
}

interface ErasureTable {
  tenant_id: string;
  id: string;
  at: Instant;
  asked_by: string;
  because: ErasedBecause;
  leads: Generated<number>;
  removed: JsonOrDefault<Readonly<Record<string, number>>>;
}

interface PolicyTable {
  tenant_id: string;
  version: number;
  document: Json<unknown>;
  hash: string;
  published_at: InstantOrDefault;
  published_by: string;
  source: TextOrNull;
  note: TextOrNull;
  approved_by: TextOrNull;
  restores: NumberOrNull;
}

interface PolicyDraftTable {
  tenant_id: string;
  id: string;
  revision: Generated<number>;
  state: Generated<StoredDraft['state']>;
  source: string;
  note: TextOrNull;
  authors: Json<readonly string[]>;
  approved_by: TextOrNull;
  approved_at: InstantOrNull;
  simulation: JsonOrNull<DraftSimulation>;
  publish_at: InstantOrNull;
  asked_by: TextOrNull;
  version: NumberOrNull;
  refusal: TextOrNull;
  created_at: Instant;
  changed_at: Instant;
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

interface OffboardingTable {
  tenant_id: string;
  id: string;
  rep_id: string;
  state: StoredOffboarding['state'];
  document: Json<unknown>;
  asked_by: string;
  at: Instant;
  undone_by: TextOrNull;
  undone_at: InstantOrNull;
}

interface OffboardingMoveTable {
  tenant_id: string;
  offboarding_id: string;
  assignment_id: string;
  to_rep: TextOrNull;
  state: Generated<MoveState>;
  version: NumberOrNull;
}

interface NoRepTable {
  tenant_id: string;
  email: string;
  said_by: string;
  at: Instant;
}

interface ComparisonTable {
  tenant_id: string;
  lead_id: string;
  seq: number;
  decision_id: string;
  connection_id: string;
  object_type: string;
  record_id: string;
  decided_at: Instant;
  owner_id: TextOrNull;
  owned_at: InstantOrNull;
  looks: Generated<number>;
  look_at: InstantOrNull;
  shares: JsonOrNull<Readonly<Record<string, number>>>;
  pool_id: TextOrNull;
  rep_id: TextOrNull;
}

/** What an administrator sets: the policy and its drafts, the reps, and those who leave. */
export interface WorkspaceTables {
  lane: LaneTable;
  policy: PolicyTable;
  policy_draft: PolicyDraftTable;
  rep: RepTable;
  rep_identity: RepIdentityTable;
  offboarding: OffboardingTable;
  offboarding_move: OffboardingMoveTable;
  erasure: ErasureTable;
  no_rep: NoRepTable;
  comparison: ComparisonTable;
}
