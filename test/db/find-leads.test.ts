import { expect, test } from 'vitest';
import { statement } from '../../server/storage/lane-store/statements.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';

const LEADS = 2_000;

/** Leads that were each given to a rep whose name was written once, as a burst leaves them. */
const FILL = `
  select set_config('fairlead.tenant', 't', true);
  insert into lead_record (tenant_id, connection_id, object_type, record_id, lead_id)
    select 't', 'con_1', 'contact', to_char(i, 'FM00000'), 'lead' || i from generate_series(1, ${LEADS}) i;
  insert into lead_snapshot (tenant_id, id, lead_id, taken_at, salt, digest)
    select 't', 'snapshot' || i, 'lead' || i, now(), '', '' from generate_series(1, ${LEADS}) i;
  insert into assignment (tenant_id, id, lead_id, state, version, decision_id, history, opened_at, changed_at)
    select 't', 'assignment' || i, 'lead' || i, 'assigned', 1, 'decision' || i, '[]', now(), now()
    from generate_series(1, ${LEADS}) i;
  insert into decision (tenant_id, id, lead_id, assignment_id, snapshot_id, source, decided_at, outcome, policy_version, engine, hash, result, inputs)
    select 't', 'decision' || i, 'lead' || i, 'assignment' || i, 'snapshot' || i, 'api', now(), 'assigned', 1, 1, '', '{}', '{}'
    from generate_series(1, ${LEADS}) i;
  insert into write_intent (tenant_id, connection_id, object_type, record_id, delivery_id, owner_id, version, written_at)
    select 't', 'con_1', 'contact', to_char(i, 'FM00000'), 'delivery' || i, 'owner', 1, now()
    from generate_series(1, ${LEADS}) i;`;

interface Node {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
}

/** How many rows of each table were touched. */
const touched = (node: Node, into = new Map<string, number>()): ReadonlyMap<string, number> => {
  const rows = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  const table = node['Relation Name'];
  if (table !== undefined) into.set(table, (into.get(table) ?? 0) + Math.round(rows));
  for (const child of node.Plans ?? []) touched(child, into);
  return into;
};

/** The look-up as it is carried out once it is prepared for good: planned for any values, not for these. */
const lookUp = async (storage: Storage, assignments: readonly string[]): Promise<Node> => {
  const { sql } = statement('find-leads', 't');
  const { rows } = await storage.executeSql(
    `begin; select set_config('fairlead.tenant', 't', true); set local plan_cache_mode = force_generic_plan;
     prepare looked (text, json, jsonb, jsonb, json, jsonb) as ${sql};
     explain (analyze, format json) execute looked ('t', '[]', '${JSON.stringify(assignments)}', '[]', '[]', '[]');
     deallocate looked; commit`,
  );
  const plans = rows.flatMap(
    (row) => (row as { 'QUERY PLAN'?: readonly { Plan: Node }[] })['QUERY PLAN'] ?? [],
  );
  return plans[0]!.Plan;
};

eachDatabase('leads looked up by their assignments', (open) => {
  test('touch no more rows than are theirs, however many there are beside them', async () => {
    const { storage } = await open();
    await storage.executeSql(`begin; ${FILL} commit`);
    const wanted = Array.from({ length: 50 }, (_, index) => `assignment${LEADS - index}`);
    const young = touched(await lookUp(storage, wanted));
    // Without statistics of their own, as tables are in a first burst, then those tidied first with them, then all.
    await storage.executeSql('analyze lead_record');
    const half = touched(await lookUp(storage, wanted));
    await storage.executeSql('analyze');
    const known = touched(await lookUp(storage, wanted));
    for (const rows of [young, half, known]) {
      expect(rows.get('write_intent')).toBe(50);
      expect(Math.max(...rows.values())).toBeLessThanOrEqual(100);
    }
  });
});
