import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { LeadPerson, RecordRef } from '../../assignments/types.ts';
import { addressParts } from '../address-parts.ts';
import { askable } from '../askable.ts';
import type { CallDynamics } from './client.ts';
import { LEAD_STATES } from './facts.ts';
import { isIn, queryRows, quoted, type Row, textOf } from './query.ts';

type Who = Pick<LeadPerson, 'email' | 'phone'>;

/** Columns that hold an e-mail address, and a phone number. */
const EMAILS = ['emailaddress1', 'emailaddress2'] as const;
const PHONES = ['telephone1', 'mobilephone'] as const;
/** Values of one question: its address stays well below what is allowed. */
const AT_ONCE = 50;

/** The lead that stands for each person, by e-mail and else phone: open ones first, the newest of them; null: none. */
export const findLeads = async (
  call: CallDynamics,
  connection: ConnectionInfo,
  given: readonly Who[],
): Promise<readonly (RecordRef | null)[]> => {
  const people = given.map(askable);
  const rows = [
    ...(await having(call, connection, EMAILS, wantedOf(people, 'email'))),
    ...(await having(call, connection, PHONES, wantedOf(people, 'phone'))),
  ].toSorted(openAndNewestFirst);
  const has = (row: Row, columns: readonly string[], wanted: string | null): boolean =>
    wanted !== null && columns.some((column) => textOf(row[column])?.toLowerCase() === wanted.toLowerCase());
  return people.map(({ email, phone }) => {
    const found = rows.find((row) => has(row, EMAILS, email)) ?? rows.find((row) => has(row, PHONES, phone));
    if (found === undefined) return null;
    return { connectionId: connection.id, objectType: 'lead', recordId: String(found.leadid).toLowerCase() };
  });
};

const wantedOf = (people: readonly Who[], what: keyof Who): readonly string[] => [
  ...new Set(people.flatMap((person) => person[what]?.toLowerCase() ?? [])),
];

const having = async (
  call: CallDynamics,
  connection: ConnectionInfo,
  columns: readonly string[],
  values: readonly string[],
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  const written = (value: string): string => columns.map(() => quoted(value)).join(',');
  for (const part of addressParts(values, AT_ONCE, written)) {
    const holds = columns.map((column) => isIn(column, part)).join(' or ');
    rows.push(
      ...(await queryRows(call, connection, {
        path: 'leads',
        query: {
          $select: ['leadid', 'statecode', 'createdon', ...columns].join(','),
          $filter: `merged eq false and (${holds})`,
        },
        purpose: 'delivery',
      })),
    );
  }
  return rows;
};

const openAndNewestFirst = (left: Row, right: Row): number => {
  const open = (row: Row): number => (row.statecode === LEAD_STATES.open ? 0 : 1);
  return open(left) - open(right) || String(right.createdon).localeCompare(String(left.createdon));
};
