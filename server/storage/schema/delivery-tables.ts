import type { Generated, GeneratedAlways } from 'kysely';
import type {
  Instant,
  InstantOrDefault,
  InstantOrNull,
  Json,
  JsonOrDefault,
  JsonOrNull,
  TextOrNull,
} from './columns.ts';

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

interface SlaNoticeTable {
  tenant_id: string;
  delivery_id: string;
  begun_at: InstantOrDefault;
  assignment_id: TextOrNull;
  connection_id: TextOrNull;
  channel: TextOrNull;
  ts: TextOrNull;
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

/** What is written and sent, and what people are told. */
export interface DeliveryTables {
  delivery: DeliveryTable;
  write_intent: WriteIntentTable;
  slack_message: SlackMessageTable;
  slack_home: SlackHomeTable;
  sla_notice: SlaNoticeTable;
  alert: AlertTable;
}
