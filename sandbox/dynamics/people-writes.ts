import type { Environment } from './environment.ts';
import { rowsOf } from './environment.ts';
import { noRecord, refused } from './errors.ts';
import { checkValues } from './rows/check-values.ts';
import { insertRow } from './rows/insert-row.ts';
import { mergeLeads } from './rows/merge-leads.ts';
import { qualifyLead } from './rows/qualify-lead.ts';
import { removeRow } from './rows/remove-row.ts';
import { type Transaction, transact } from './rows/transaction.ts';
import { updateRow } from './rows/update-row.ts';
import type { Table } from './schema/column.ts';
import { lead } from './schema/lead.ts';
import { tableNamed } from './schema/tables.ts';
import { personOf, systemUserId } from './seed.ts';
import type { Ref, Row } from './types.ts';

/** Whose it is: a user's or a team's id. Throws DynamicsError. */
const ownerRef = (tx: Transaction, id: string): Ref => {
  const table = (['systemuser', 'team'] as const).find((name) => tx.get(name, id));
  if (!table) throw noRecord('systemuser', id);
  return { table, id };
};

interface Where {
  readonly name?: string;
  readonly table?: string;
  readonly id: string;
  readonly by?: string;
}

/** A record as it is stored. Throws DynamicsError. */
export const storedRow = (environment: Environment, table: string, id: string): Row => {
  const row = rowsOf(environment, table).get(id);
  if (!row) throw noRecord(table, id);
  return row;
};

const knownTable = (name: string): Table => {
  const table = tableNamed(name);
  if (!table) throw refused(`There is no table ${name}.`);
  return table;
};

/** What people do in one environment's pages, and visitors on its website. */
export const createPeopleWrites = (environmentNamed: (name?: string) => Environment) => {
  const write = <T>({ name, by }: { name?: string; by?: string }, work: (tx: Transaction) => T): T => {
    const environment = environmentNamed(name);
    // Nobody: the website, which runs as the platform's first user would.
    const user = by === undefined ? personOf(environment)?.id : personOf(environment, by)?.id;
    if (by !== undefined && user === undefined) throw noRecord('systemuser', by);
    return transact(environment, { userId: user ?? systemUserId(environment), tag: null }, work);
  };
  return {
    /** Creates a record as the website would, or as the person `by`. Values as the Web API takes them. */
    create: (what: {
      readonly name?: string;
      readonly table?: string;
      readonly values: Readonly<Record<string, unknown>>;
      readonly by?: string;
    }): Row =>
      write(what, (tx) => {
        const table = knownTable(what.table ?? 'lead');
        return insertRow(tx, { table, values: checkValues(what.values, table, tx) });
      }),
    update: (where: Where & { readonly values: Readonly<Record<string, unknown>> }): void =>
      write(where, (tx) => {
        const table = knownTable(where.table ?? 'lead');
        const row = storedRow(tx.environment, table.name, where.id);
        updateRow(tx, table, row, checkValues(where.values, table, tx));
      }),
    /** A person gives the record to somebody, or to a team. */
    changeOwner: (where: Where & { readonly ownerId: string }): void =>
      write(where, (tx) => {
        const table = knownTable(where.table ?? 'lead');
        const row = storedRow(tx.environment, table.name, where.id);
        updateRow(tx, table, row, { ownerid: ownerRef(tx, where.ownerId) });
      }),
    remove: (where: Where): void =>
      write(where, (tx) => {
        const table = knownTable(where.table ?? 'lead');
        removeRow(tx, table, storedRow(tx.environment, table.name, where.id));
      }),
    /** Merges another lead into this one. */
    merge: (where: Where & { readonly mergeId: string }): void =>
      write(where, (tx) =>
        mergeLeads(
          tx,
          storedRow(tx.environment, 'lead', where.id),
          storedRow(tx.environment, 'lead', where.mergeId),
          {},
        ),
      ),
    /** Qualifies a lead into an account, a contact and an opportunity. */
    convert: (where: Where): readonly Ref[] =>
      write(where, (tx) =>
        qualifyLead(tx, storedRow(tx.environment, 'lead', where.id), {
          account: true,
          contact: true,
          opportunity: true,
          status: 3,
          campaignId: null,
        }),
      ),
    disqualify: (where: Where & { readonly status?: number }): void =>
      write(where, (tx) => {
        const row = storedRow(tx.environment, 'lead', where.id);
        updateRow(tx, lead, row, { statecode: 2, statuscode: where.status ?? 4 });
      }),
  };
};
