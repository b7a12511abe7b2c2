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
  admits: TextOrNull;
  created_at: InstantOrDefault;
  deletion_asked_at: InstantOrNull;
  deletion_asked_by: TextOrNull;
  deletes_at: InstantOrNull;
}

interface ApiKeyTable {
  id: string;
  tenant_id: string;
  name: string;
  scopes: JsonOrNull<readonly string[]>;
  made_by: TextOrNull;
  created_at: InstantOrDefault;
  expires_at: InstantOrNull;
  last_used_at: InstantOrNull;
  revoked_at: InstantOrNull;
}

interface ApiKeySecretTable {
  hash: string;
  tenant_id: string;
  key_id: string;
  prefix: TextOrNull;
  made_by: TextOrNull;
  created_at: InstantOrDefault;
  ends_at: InstantOrNull;
}

interface SealedSecretTable {
  name: string;
  sealed: string;
}

interface SessionTable {
  hash: string;
  tenant_id: string;
  subject: string;
  role: string;
  expires_at: Instant;
  person_id: TextOrNull;
  opened_at: InstantOrDefault;
  seen_at: InstantOrDefault;
  agent: TextOrNull;
  proven_at: InstantOrDefault;
}

interface PersonTable {
  id: string;
  tenant_id: string;
  name: string;
  email: TextOrNull;
  email_verified: Generated<boolean>;
  role: TextOrNull;
  removed_at: InstantOrNull;
  created_at: InstantOrDefault;
  signed_in_at: InstantOrNull;
}

interface IdentityTable {
  issuer: string;
  subject: string;
  provider: string;
  person_id: string;
}

interface InvitationTable {
  id: string;
  tenant_id: string;
  email: string;
  role: string;
  invited_by: string;
  created_at: InstantOrDefault;
  expires_at: Instant;
}

interface SignInTable {
  hash: string;
  provider: string;
  browser: string;
  details: string;
  expires_at: Instant;
}

interface UsedLinkTable {
  hash: string;
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
  api_key_secret: ApiKeySecretTable;
  sealed_secret: SealedSecretTable;
  session: SessionTable;
  person: PersonTable;
  identity: IdentityTable;
  invitation: InvitationTable;
  sign_in: SignInTable;
  used_link: UsedLinkTable;
  install: InstallTable;
  parked_install: ParkedInstallTable;
  connection: ConnectionTable;
  org_credential: OrgCredentialTable;
  inbox: InboxTable;
  lease: LeaseTable;
  poll_mark: PollMarkTable;
}
