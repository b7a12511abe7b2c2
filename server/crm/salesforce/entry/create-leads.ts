import type { ConnectionInfo } from '../../../assignments/ports.ts';
import type { Entered, NewRecord } from '../../connector.ts';
import { asResult } from '../../delivery/record-write.ts';
import { ENTRY_FIELDS, PATHS } from '../facts.ts';
import type { Packaged, Writable } from '../packaged.ts';
import { listed, queryRows } from '../query.ts';
import { type RowOutcome, type Ways, writeRows } from '../write-collection.ts';
import { findPeople } from './find-people.ts';
import { matchAccounts } from './match-accounts.ts';
import { newLead } from './new-lead.ts';

type Wanted = NewRecord & { readonly mayExist: boolean };

export interface CreateWays extends Ways {
  readonly connection: ConnectionInfo;
  readonly packaged: Packaged;
}

/**
 * Makes leads, two hundred in one call, each with its owner, its reason and the account of its company. Where the
 * package is installed they are upserted by our key, so that a crash leaves no twin; else those that may stand there are
 * looked for by who they are. A duplicate rule that refuses a lead names the one it takes it for: that one it is.
 */
export const createLeads = async (
  records: readonly Wanted[],
  ways: CreateWays,
): Promise<readonly Entered[]> => {
  const writable = await ways.packaged.writable(ways.connection, 'Lead', ways.until);
  if (writable === null) return records.map(() => failed(NO_LEADS));
  const keyed = writable.get(ENTRY_FIELDS.key)?.createable ?? false;
  const standing = await findStanding(records, keyed, ways);
  const missing = records.filter((_, index) => standing[index] === null);
  const made = await make(missing, writable, keyed, ways);
  const byKey = new Map(missing.map(({ key }, index) => [key, made[index]!]));
  return records.map(({ key }, index) => {
    const recordId = standing[index] ?? null;
    return recordId === null ? byKey.get(key)! : entered(ways, recordId, true);
  });
};

const entered = ({ connection }: CreateWays, recordId: string, existed: boolean): Entered => ({
  kind: 'entered',
  ref: { connectionId: connection.id, objectType: 'lead', recordId },
  existed,
});

const failed = (outcome: Parameters<typeof asResult>[0]): Entered => ({
  kind: 'failed',
  result: asResult(outcome),
});

const NO_LEADS = {
  kind: 'refused',
  code: 'no_leads',
  remedy:
    "Salesforce shows Fairlead's user no leads: give that user the package's permission set, or another one that may create leads; editions without leads cannot take them in.",
} as const;

/** The ids of leads that an earlier try made, in order. */
const findStanding = async (
  records: readonly Wanted[],
  keyed: boolean,
  ways: CreateWays,
): Promise<readonly (string | null)[]> => {
  const unsure = records.filter(({ mayExist }) => mayExist);
  if (unsure.length === 0) return records.map(() => null);
  const found = keyed ? await findByKey(unsure, ways) : await findByPerson(unsure, ways);
  return records.map(({ key }) => found.get(key) ?? null);
};

const findByKey = async (records: readonly Wanted[], { call, connection, until }: CreateWays) => {
  const rows = await queryRows(call, connection, {
    soql: `SELECT Id, ${ENTRY_FIELDS.key} FROM Lead WHERE ${ENTRY_FIELDS.key} IN ${listed(records.map(({ key }) => key))}`,
    purpose: 'delivery',
    until,
  });
  return new Map(rows.map((row) => [String(row[ENTRY_FIELDS.key]), String(row.Id)]));
};

const findByPerson = async (records: readonly Wanted[], { call, connection }: CreateWays) => {
  const found = await findPeople(
    call,
    connection,
    records.map(({ person }) => person),
  );
  return new Map(
    records.flatMap(({ key }, index) => {
      const ref = found[index];
      return ref ? [[key, ref.recordId] as const] : [];
    }),
  );
};

const make = async (
  records: readonly Wanted[],
  writable: Writable,
  keyed: boolean,
  ways: CreateWays,
): Promise<readonly Entered[]> => {
  const links = writable.get(ENTRY_FIELDS.account)?.createable ?? false;
  const people = records.map(({ person }) => person);
  const accounts = links ? await matchAccounts(people, ways) : [];
  const accountOf = new Map(records.map(({ key }, index) => [key, accounts[index] ?? null]));
  const outcomes = await writeRows(
    records,
    {
      ...(keyed
        ? ({ method: 'PATCH', path: PATHS.upsert('Lead', ENTRY_FIELDS.key) } as const)
        : ({ method: 'POST', path: PATHS.collections } as const)),
      toRecord: (record) => {
        const account = accountOf.get(record.key) ?? null;
        return {
          attributes: { type: 'Lead' },
          ...newLead(record, writable),
          ...(account !== null && { [ENTRY_FIELDS.account]: account }),
          ...(keyed && { [ENTRY_FIELDS.key]: record.key }),
        };
      },
    },
    ways,
  );
  return outcomes.map((outcome) => toEntered(outcome, ways));
};

const toEntered = (outcome: RowOutcome, ways: CreateWays): Entered => {
  if (outcome.kind === 'written' && outcome.id !== undefined)
    return entered(ways, outcome.id, outcome.created === false);
  if (outcome.kind === 'refused' && outcome.duplicateOf !== undefined)
    return entered(ways, outcome.duplicateOf, true);
  return failed(outcome);
};
