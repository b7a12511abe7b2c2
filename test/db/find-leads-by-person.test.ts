import { expect, test } from 'vitest';
import { statement } from '../../server/storage/lane-store/statements.ts';
import { eachDatabase } from '../support/databases.ts';

const MANY = 3_000;

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** Rows of tables that a plan has read, those it dropped again included. */
const rowsRead = (node: PlanNode): number => {
  const dropped = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  const own = node['Relation Name'] === undefined ? 0 : node['Actual Rows'] + dropped;
  return own * node['Actual Loops'] + (node.Plans ?? []).reduce((sum, plan) => sum + rowsRead(plan), 0);
};

eachDatabase('leads by whom they are about', (open) => {
  // As the owner, whom row security holds to a tenant's rows too.
  const MAKE = `begin; select set_config('fairlead.tenant', 't', true); insert into lead_snapshot (tenant_id, id, lead_id, taken_at, salt, digest, person)
    select 't', 's' || i, 'l' || i, now(), '', '',
      jsonb_build_object('email', 'Visitor.' || i || '@example.org', 'phone', '+1 415 ' || i) from generate_series(1, ${MANY}) i; commit`;

  /** What a look-up reads, in the tenant's role: as the lane makes it. */
  const readBy = async (emails: readonly string[], people: readonly object[], analysed: boolean) => {
    const { storage } = await open();
    await storage.executeSql(MAKE);
    if (analysed) await storage.executeSql('analyze lead_snapshot');
    const asked = statement(
      'find-leads',
      't',
      '[]',
      '[]',
      JSON.stringify(emails),
      JSON.stringify(people),
      '[]',
    );
    return storage.withTenant('t', async (_trx, tx) => {
      const [explained] = await tx.pipeline([
        { ...asked, sql: `explain (analyze, format json) ${asked.sql}` },
      ]);
      const [{ Plan }] = explained!.rows[0]['QUERY PLAN'] as readonly [{ readonly Plan: PlanNode }];
      return rowsRead(Plan);
    });
  };

  test.each([false, true])(
    'are looked up, however many others there are; the table analysed: %s',
    async (analysed) => {
      const person = { email: 'visitor.7@example.org', phone: '+1415', entering: false };
      const read = await readBy(['visitor.8@example.org', 'nobody@example.org'], [person], analysed);
      expect(read).toBeGreaterThan(0);
      expect(read).toBeLessThan(20);
    },
  );
});
