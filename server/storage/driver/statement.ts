import { createHash } from 'node:crypto';
import type { ClientBase, QueryResult } from 'pg';

/** A statement ready to run; a compiled Kysely query is one. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Statements kept prepared on each connection. More are not, so that generated SQL cannot fill the server. */
const KEPT = 300;
/** Text longer than this is a migration or the like. */
const LONGEST = 8_000;

const names = new Map<string, string>();

const nameOf = (sql: string): string | undefined => {
  const known = names.get(sql);
  if (known !== undefined || names.size >= KEPT || sql.length > LONGEST) return known;
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 20);
  names.set(sql, name);
  return name;
};

/** Runs a statement, prepared under a name where it has parameters: it is parsed and planned once per connection. */
export const run = (client: ClientBase, statement: Statement): Promise<QueryResult> => {
  const values = statement.parameters as unknown[];
  const name = values.length > 0 ? nameOf(statement.sql) : undefined;
  return client.query({ text: statement.sql, values, ...(name === undefined ? {} : { name }) });
};
