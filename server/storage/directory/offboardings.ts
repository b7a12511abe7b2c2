import { type Selectable, sql } from 'kysely';
import type { Offboardings, StoredOffboarding } from '../../assignments/offboarding/ports.ts';
import type { Schema } from '../schema.ts';
import type { Storage, Trx } from '../storage.ts';
import { matchPeople, raiseRoster } from './match-people.ts';

/** Reps who left, and where their leads went. */
export const createOffboardings = (storage: Storage): Offboardings => ({
  begin: (tenantId, { id, repId, by, at }, moves) =>
    storage.withTenant(tenantId, async (trx) => {
      // First the lane's row, which orders this with decisions under way.
      await raiseRoster(trx, tenantId);
      const left = await sql<{ document: unknown }>`
        update rep set active = false, document = jsonb_build_object('id', id, 'name', coalesce(document->>'name', id))
        from (select document as before from rep where tenant_id = ${tenantId} and id = ${repId} and active) as known
        where rep.tenant_id = ${tenantId} and rep.id = ${repId} returning known.before as document`.execute(
        trx,
      );
      const document = left.rows[0]?.document;
      if (document === undefined) return false;
      const entry = { tenant_id: tenantId, id, rep_id: repId, state: 'moving', asked_by: by } as const;
      await trx
        .insertInto('offboarding')
        .values({ ...entry, document: JSON.stringify(document), at: new Date(at) })
        .execute();
      if (moves.length > 0)
        await trx
          .insertInto('offboarding_move')
          .values(
            moves.map(({ assignmentId, to }) => ({
              tenant_id: tenantId,
              offboarding_id: id,
              assignment_id: assignmentId,
              to_rep: to,
            })),
          )
          .execute();
      return true;
    }),
  find: (tenantId, id) =>
    storage.withTenant(tenantId, async (trx) => {
      const row = await trx
        .selectFrom('offboarding')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : withMoves(trx, row);
    }),
  latest: (tenantId, repId) =>
    storage.withTenant(tenantId, async (trx) => {
      const row = await trx
        .selectFrom('offboarding')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('rep_id', '=', repId)
        .orderBy('at', 'desc')
        .executeTakeFirst();
      return row === undefined ? null : withMoves(trx, row);
    }),
  underWay: (tenantId) =>
    storage.withTenant(tenantId, async (trx) => {
      const rows = await trx
        .selectFrom('offboarding')
        .select('id')
        .where('tenant_id', '=', tenantId)
        .where('state', 'in', ['moving', 'undoing'])
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    }),
  end: (tenantId, id, state) =>
    storage.withTenant(tenantId, async (trx) => {
      await raiseRoster(trx, tenantId);
      await trx
        .updateTable('offboarding')
        .set({ state })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('state', '=', state === 'done' ? 'moving' : 'undoing')
        .execute();
      await matchPeople(trx, tenantId);
    }),
  beginUndo: (tenantId, id, by, at) =>
    storage.withTenant(tenantId, async (trx) => {
      const done = await trx
        .selectFrom('offboarding')
        .select('id')
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('state', '=', 'done')
        .executeTakeFirst();
      if (done === undefined) return false;
      // The lane first, as everywhere; what was done a moment ago is looked at again behind it.
      await raiseRoster(trx, tenantId);
      const undone = await trx
        .updateTable('offboarding')
        .set({ state: 'undoing', undone_by: by, undone_at: new Date(at) })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('state', '=', 'done')
        .returning(['rep_id'])
        .executeTakeFirst();
      if (undone === undefined) return false;
      // Who was put back into the directory meanwhile is as it says now.
      await sql`
        update rep set active = true, document = left_as.document
        from (select document from offboarding where tenant_id = ${tenantId} and id = ${id}) as left_as
        where rep.tenant_id = ${tenantId} and rep.id = ${undone.rep_id} and not rep.active`.execute(trx);
      await matchPeople(trx, tenantId);
      return true;
    }),
});

const withMoves = async (trx: Trx, row: Selectable<Schema['offboarding']>): Promise<StoredOffboarding> => {
  const moves = await trx
    .selectFrom('offboarding_move')
    .selectAll()
    .where('tenant_id', '=', row.tenant_id)
    .where('offboarding_id', '=', row.id)
    .orderBy('assignment_id')
    .execute();
  return {
    id: row.id,
    repId: row.rep_id,
    state: row.state,
    by: row.asked_by,
    at: row.at.getTime(),
    undoneBy: row.undone_by,
    undoneAt: row.undone_at?.getTime() ?? null,
    moves: moves.map((move) => ({
      assignmentId: move.assignment_id,
      to: move.to_rep,
      state: move.state,
      version: move.version,
    })),
  };
};
