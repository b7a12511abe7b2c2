import { sql } from 'kysely';
import type { Storage } from '../../../server/storage/storage.ts';

/** A tenant's own ids of every kind, read out of every table that holds its rows: at most `each` of a column. */
export const knownIds = async (
  storage: Storage,
  tenantId: string,
  each: number,
): Promise<readonly string[]> => {
  const { rows } = await storage.executeSql(
    `select c.table_name as "table", c.column_name as "column" from information_schema.columns c
     where c.table_schema = 'public' and c.data_type = 'text'
       and c.column_name <> 'tenant_id' and (c.column_name = 'id' or c.column_name like '%\\_id')
       and exists (select from information_schema.columns o
                   where o.table_schema = 'public' and o.table_name = c.table_name and o.column_name = 'tenant_id')
     order by 1, 2`,
  );
  const columns = rows as { table: string; column: string }[];
  // As who may read all of a tenant: the owner of the database sees no row of anybody.
  return storage.snapshot(tenantId, async (trx) => {
    const found = new Set<string>();
    for (const { table, column } of columns) {
      const { rows: values } = await sql<{ value: string }>`
        select distinct ${sql.ref(column)} as value from ${sql.table(table)}
        where tenant_id = ${tenantId} and ${sql.ref(column)} is not null limit ${sql.lit(each)}`.execute(trx);
      for (const { value } of values) if (value !== '') found.add(value);
    }
    return [...found];
  });
};
