import type { Generated, GeneratedAlways } from 'kysely';
import type { Leaving } from '../../installs/connection-store.ts';
import type {
  Instant,
  InstantOrDefault,
  InstantOrNull,
  Json,
  JsonOrDefault,
  JsonOrNull,
  TextOrNull,
} from './columns.ts';

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
  leaving: JsonOrNull<Leaving>;
  leaving_due_at: InstantOrNull;
}

interface OrgCredentialTable {
  hash: string;
  connection_id: string;
  created_at: InstantOrDefault;
  revoked_at: InstantOrNull;
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

interface PollMarkTable {
  connection_id: string;
  cursor: string;
}

/** The directory: whose an account, a key or a browser is, and what waits for it. */
export interface DirectoryTables {
  tenant: TenantTable;
  api_key: ApiKeyTable;
  session: SessionTable;
  install: InstallTable;
  parked_install: ParkedInstallTable;
  connection: ConnectionTable;
  org_credential: OrgCredentialTable;
  inbox: InboxTable;
  lease: LeaseTable;
  poll_mark: PollMarkTable;
}
