/** The tables as Kysely sees them, one interface per table of the migrations. */

import type { AuditTables } from './schema/audit-tables.ts';
import type { DeliveryTables } from './schema/delivery-tables.ts';
import type { DirectoryTables } from './schema/directory-tables.ts';
import type { LeadTables } from './schema/leads-tables.ts';
import type { LedgerTables } from './schema/ledger-tables.ts';
import type { WorkspaceTables } from './schema/workspace-tables.ts';

/** Every table by its name. */
export interface Schema
  extends DirectoryTables,
    WorkspaceTables,
    LeadTables,
    LedgerTables,
    DeliveryTables,
    AuditTables {}
