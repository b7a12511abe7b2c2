import { ENGINE } from '../../../routing/decision.ts';
import { SCHEMA_VERSION } from '../../migrations/migrate.ts';
import { COLUMN_MEANINGS } from './columns.ts';
import { type Beginning, type Reading, readPages } from './read-pages.ts';
import { EXPORTED, type ExportedTable, NOT_EXPORTED } from './tables.ts';

/** What an export is written as: raised when a reader of the one before could not read it. */
const FORMAT = 2;

/** What its moment is, said in it. */
const AS_OF =
  'Read in pages from `at` on, while work went on. Everything that was there at `at` is here, unless it was removed before its page was read. Tables with an `until` only grow and end where they ended at `at`. Rows of the others stand as they stood when they were read: they may be newer than `at` and name what is not here.';

/**
 * A tenant's export as lines of JSON: first what it is, then of each table what its columns mean, its rows, and how many
 * those were, and at the end how many in all.
 */
export async function* exportLines(
  read: Reading,
  tenantId: string,
  beginning: Beginning,
): AsyncGenerator<string> {
  yield headLine(tenantId, beginning);
  let all = 0;
  for (const [table, exported] of Object.entries(EXPORTED)) {
    yield tableLine(table, exported, beginning);
    let rows = 0;
    for await (const page of readPages(read, tenantId, table, beginning)) {
      rows += page.length;
      yield page.map((row) => `{"in":"${table}","row":${row}}\n`).join('');
    }
    yield line({ ended: table, rows });
    all += rows;
  }
  yield line({ end: true, tables: Object.keys(EXPORTED).length, rows: all });
}

const line = (content: object): string => `${JSON.stringify(content)}\n`;

const headLine = (tenantId: string, { name, at }: Beginning): string =>
  line({
    fairlead: 'export',
    format: FORMAT,
    workspace: { id: tenantId, name },
    at: at.toISOString(),
    asOf: AS_OF,
    schema: SCHEMA_VERSION,
    engine: ENGINE,
    notExported: NOT_EXPORTED,
  });

/** What a table's columns mean. */
export const meaningsOf = ({ columns, meaning = {} }: ExportedTable): Readonly<Record<string, string>> =>
  Object.fromEntries(
    columns.split(' ').map((name) => [name, meaning[name] ?? COLUMN_MEANINGS[name] ?? name]),
  );

const tableLine = (table: string, exported: ExportedTable, { ends }: Beginning): string => {
  const { what, grows, leftOut } = exported;
  const until = grows && { seq: ends[table] };
  return line({
    table,
    what,
    ...(until && { until }),
    columns: meaningsOf(exported),
    ...(leftOut && { leftOut }),
  });
};
