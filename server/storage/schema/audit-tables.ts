import type { Generated, GeneratedAlways } from 'kysely';
import type { AuditLine } from '../../assignments/audit/audit-log.ts';
import type { InstantOrDefault, TextOrNull } from './columns.ts';

interface AuditLineTable {
  tenant_id: string;
  seq: GeneratedAlways<number>;
  at: InstantOrDefault;
  who: string;
  action: string;
  subject: TextOrNull;
  outcome: Generated<AuditLine['outcome']>;
}

interface AuditBegunTable {
  tenant_id: string;
  id: string;
  at: InstantOrDefault;
  who: string;
  action: string;
  subject: TextOrNull;
}

/** Who changed what. */
export interface AuditTables {
  audit_line: AuditLineTable;
  audit_begun: AuditBegunTable;
}
