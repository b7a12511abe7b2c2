import type { Selectable } from 'kysely';
import type { DraftChange, PolicyDrafts, StoredDraft } from '../../assignments/publishing/ports.ts';
import type { Schema } from '../schema.ts';
import type { Storage } from '../storage.ts';

type Row = Selectable<Schema['policy_draft']>;

/** Drafts of policies in the tenant's rows. */
export const createPolicyDrafts = (storage: Storage): PolicyDrafts => ({
  add: (tenantId, draft) =>
    storage.withTenant(tenantId, async (trx) => {
      const { id, revision, source, createdAt } = draft;
      const columns = { ...columnsOf(draft), source, authors: JSON.stringify(draft.authors) };
      const at = new Date(createdAt);
      await trx
        .insertInto('policy_draft')
        .values({ tenant_id: tenantId, id, revision, ...columns, created_at: at, changed_at: at })
        .execute();
    }),
  find: (tenantId, id) =>
    storage.withTenant(tenantId, async (trx) => {
      const row = await trx
        .selectFrom('policy_draft')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : toDraft(row);
    }),
  list: (tenantId) =>
    storage.withTenant(tenantId, async (trx) => {
      const rows = await trx
        .selectFrom('policy_draft')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('state', 'in', ['open', 'scheduled'])
        .orderBy('changed_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(toDraft);
    }),
  due: (tenantId, now) =>
    storage.withTenant(tenantId, async (trx) => {
      const rows = await trx
        .selectFrom('policy_draft')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('state', '=', 'scheduled')
        .where('publish_at', '<=', new Date(now))
        .orderBy('publish_at')
        .orderBy('id')
        .execute();
      return rows.map(toDraft);
    }),
  change: (tenantId, { id, revision }, change, at) =>
    storage.withTenant(tenantId, async (trx) => {
      const changed = await trx
        .updateTable('policy_draft')
        .set({ ...columnsOf(change), revision: revision + 1, changed_at: new Date(at) })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return changed.numUpdatedRows === 1n;
    }),
});

const instant = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** The columns of what is given; what is not stays. */
const columnsOf = (change: DraftChange) => ({
  ...(change.state !== undefined && { state: change.state }),
  ...(change.source !== undefined && { source: change.source }),
  ...(change.note !== undefined && { note: change.note }),
  ...(change.authors !== undefined && { authors: JSON.stringify(change.authors) }),
  ...(change.approvedBy !== undefined && { approved_by: change.approvedBy }),
  ...(change.approvedAt !== undefined && { approved_at: instant(change.approvedAt) }),
  ...(change.simulation !== undefined && {
    simulation: change.simulation === null ? null : JSON.stringify(change.simulation),
  }),
  ...(change.publishAt !== undefined && { publish_at: instant(change.publishAt) }),
  ...(change.askedBy !== undefined && { asked_by: change.askedBy }),
  ...(change.refusal !== undefined && { refusal: change.refusal }),
});

const toDraft = (row: Row): StoredDraft => ({
  id: row.id,
  revision: row.revision,
  state: row.state,
  source: row.source,
  note: row.note,
  authors: row.authors,
  approvedBy: row.approved_by,
  approvedAt: row.approved_at?.getTime() ?? null,
  simulation: row.simulation,
  publishAt: row.publish_at?.getTime() ?? null,
  askedBy: row.asked_by,
  version: row.version,
  refusal: row.refusal,
  createdAt: row.created_at.getTime(),
  changedAt: row.changed_at.getTime(),
});
