import type { Storage } from '../../../server/storage/storage.ts';

/** One text for all rows of a tenant, or of everybody: equal where nothing was changed but the lane's clock and counter. */
export const digestOf = async (storage: Storage, tenantId: string | null): Promise<string> => {
  const { rows } = await storage.executeSql(
    `select c.relname as name, exists (
       select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as owned
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`,
  );
  const tables = (rows as { name: string; owned: boolean }[]).filter(
    ({ owned }) => owned || tenantId === null,
  );
  const parts = tables.map(
    ({ name, owned }) =>
      `select '${name}' as name, count(*) as n, coalesce(sum(hashtextextended((to_jsonb(t) - 'last_instant' - 'state_version')::text, 0)), 0)::text as sum
       from "${name}" t ${owned && tenantId !== null ? `where tenant_id = '${tenantId}'` : ''}`,
  );
  const { rows: found } = await storage.executeSql(parts.join(' union all '));
  return (found as { name: string; n: number; sum: string }[])
    .map(({ name, n, sum }) => `${name} ${n} ${sum}`)
    .join('\n');
};

/** Moves on with every transaction that could have written something. */
export const writesSeen = async (storage: Storage): Promise<string> => {
  const { rows } = await storage.executeSql('select pg_snapshot_xmax(pg_current_snapshot())::text as at');
  return (rows as { at: string }[])[0]!.at;
};
