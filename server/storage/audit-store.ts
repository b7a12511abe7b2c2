import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { AuditEntry, AuditFilter, AuditLine, AuditStore } from '../assignments/audit/audit-log.ts';
import type { Storage, Trx } from './storage.ts';
import { createTogether } from './together.ts';

/** What was begun longer ago has lost its process: no request lasts that long. */
const LOST_AFTER = sql<Date>`now() - interval '10 minutes'`;

const toRow = ({ tenantId, who, action, subject }: AuditEntry) => ({
  tenant_id: tenantId,
  who,
  action,
  subject,
});

/** The audit log. */
export const createAuditStore = (storage: Storage): AuditStore => ({
  add: createTogether(
    ({ tenantId }) => tenantId,
    async (entries) => {
      const [first] = entries;
      await storage.withTenant(first!.tenantId, (trx) =>
        trx.insertInto('audit_line').values(entries.map(toRow)).execute(),
      );
    },
  ),
  begin: async (entry) => {
    const id = randomUUID();
    await storage.withTenant(entry.tenantId, (trx) =>
      trx
        .insertInto('audit_begun')
        .values({ id, ...toRow(entry) })
        .execute(),
    );
    return id;
  },
  finish: (id, entry, outcome) =>
    storage.withTenant(entry.tenantId, async (trx) => {
      const begun = await forget(trx, entry.tenantId, id);
      // Told as unknown meanwhile, by somebody who read the log while this took its time: a second line says how it ended.
      if (begun === 0n && (outcome === 'unknown' || !(await stands(trx, entry.tenantId)))) return;
      await trx
        .insertInto('audit_line')
        .values({ ...toRow(entry), outcome })
        .execute();
    }),
  forget: async (id, tenantId) => {
    await storage.withTenant(tenantId, (trx) => forget(trx, tenantId, id));
  },
  list: (tenantId, filter, { limit, before }) =>
    storage.withTenant(tenantId, async (trx) => {
      await tellLost(trx, tenantId);
      const rows = await matching(trx, tenantId, filter)
        .$if(before !== null, (query) => query.where('seq', '<', before!))
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ at, ...line }): AuditLine => ({ ...line, at: at.toISOString() }));
    }),
});

const forget = async (trx: Trx, tenantId: string, id: string): Promise<bigint> => {
  const begun = trx.deleteFrom('audit_begun').where('tenant_id', '=', tenantId).where('id', '=', id);
  return (await begun.executeTakeFirst()).numDeletedRows;
};

/** Whether the workspace is there still: its deletion takes the log along, and nothing of it comes after. */
const stands = async (trx: Trx, tenantId: string): Promise<boolean> =>
  (await trx.selectFrom('tenant').select('id').where('id', '=', tenantId).executeTakeFirst()) !== undefined;

/** Lines of changes whose process ended between the change and its line. */
const tellLost = async (trx: Trx, tenantId: string): Promise<void> => {
  const lost = await trx
    .deleteFrom('audit_begun')
    .where('tenant_id', '=', tenantId)
    .where('at', '<', LOST_AFTER)
    .returning(['tenant_id', 'at', 'who', 'action', 'subject'])
    .execute();
  if (lost.length === 0) return;
  const lines = lost.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  await trx
    .insertInto('audit_line')
    .values(lines.map((line) => ({ ...line, outcome: 'unknown' as const })))
    .execute();
};

const matching = (trx: Trx, tenantId: string, { who, action, without, from, to }: AuditFilter) =>
  trx
    .selectFrom('audit_line')
    .select(['seq', 'at', 'who', 'action', 'subject', 'outcome'])
    .where('tenant_id', '=', tenantId)
    .$if(who !== undefined, (query) => query.where('who', '=', who!))
    .$if(action !== undefined, (query) => query.where(of(action!)))
    .$if(without !== undefined, (query) => query.where(sql<boolean>`not ${of(without!)}`))
    .$if(from !== undefined, (query) => query.where('at', '>=', new Date(from!)))
    .$if(to !== undefined, (query) => query.where('at', '<', new Date(to!)));

/** An action itself, or all that begin so where a dot ends it. */
const of = (action: string) =>
  action.endsWith('.') ? sql<boolean>`starts_with(action, ${action})` : sql<boolean>`(action = ${action})`;
