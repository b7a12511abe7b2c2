import type { KyselyPlugin, RootOperationNode } from 'kysely';
import type { Trx } from '../../server/storage/storage.ts';

interface Plan {
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Plan[];
}

/** Rows that the scans of a plan looked at, kept or thrown away. */
const looked = (plan: Plan): number => {
  const thrown = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  const own = ((plan['Actual Rows'] ?? 0) + thrown) * (plan['Actual Loops'] ?? 1);
  return (plan.Plans ?? []).reduce((sum, below) => sum + looked(below), own);
};

/**
 * A transaction whose raw statements are run by `explain analyze`: they do what they do, and what they read is counted.
 * Their results are the plan's, so nothing may hang on them.
 */
export const countingRows = (trx: Trx) => {
  const counted = { rows: 0, ms: 0, plans: [] as string[] };
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (node.kind !== 'RawNode') return node;
      const [first = '', ...rest] = node.sqlFragments;
      return {
        ...node,
        sqlFragments: [`explain (analyze, format json) ${first}`, ...rest],
      } satisfies RootOperationNode;
    },
    transformResult: async ({ result }) => {
      for (const row of result.rows) {
        const said = (row as { 'QUERY PLAN'?: unknown })['QUERY PLAN'];
        if (!Array.isArray(said)) continue;
        const [{ Plan: plan, 'Execution Time': ms }] = said as [{ Plan: Plan; 'Execution Time': number }];
        counted.rows += looked(plan);
        counted.ms += ms;
        counted.plans.push(JSON.stringify(plan));
      }
      return { ...result, rows: [] };
    },
  };
  return { trx: trx.withPlugin(plugin), counted };
};
