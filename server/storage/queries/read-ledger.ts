import type { PostedEntry } from '../../routing/ledger/ledger-lines.ts';
import type { Storage, Trx } from '../storage.ts';

/** Entries read at once. */
const PAGE = 5000;

/** A pool's entries, oldest first, some thousand at a time and each time in a transaction of its own. */
export async function* readLedger(
  storage: Storage,
  tenantId: string,
  poolId: string,
): AsyncGenerator<readonly PostedEntry[]> {
  for (let after = 0; ; ) {
    const from = after;
    const page = await storage.withTenant(tenantId, (trx) => readPage(trx, tenantId, poolId, from));
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.seq;
  }
}

const readPage = async (
  trx: Trx,
  tenantId: string,
  poolId: string,
  after: number,
): Promise<readonly PostedEntry[]> => {
  const rows = await trx
    .selectFrom('ledger_entry')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('pool_id', '=', poolId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(PAGE)
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at.getTime(),
    kind: row.kind,
    decisionId: row.decision_id,
    posting: {
      pool: row.pool_id,
      owed: row.owed,
      charged: row.charged,
      banked: row.banked,
      released: row.released,
      previousAt: row.previous_at?.getTime() ?? null,
    },
  }));
};

/** Whether a pool has any entry. */
export const hasEntries = async (trx: Trx, tenantId: string, poolId: string): Promise<boolean> =>
  (await trx
    .selectFrom('ledger_entry')
    .select('seq')
    .where('tenant_id', '=', tenantId)
    .where('pool_id', '=', poolId)
    .limit(1)
    .executeTakeFirst()) !== undefined;
