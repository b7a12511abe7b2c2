import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { LeadPerson, RecordRef } from '../../assignments/types.ts';
import { asText } from '../as-text.ts';
import { askable } from '../askable.ts';
import type { CallZoho } from './client.ts';
import { CLOSED_STATUSES, CONVERTED_FIELD } from './facts.ts';
import { inParts, listed, queryRows, type Row } from './query.ts';
import { factsOf } from './to-snapshot.ts';

type Asked = Pick<LeadPerson, 'email' | 'phone'>;

/** Where people stand, and what is looked into. */
const PLACES = ['lead', 'contact'] as const;
const FIELDS = { email: ['Email', 'Secondary_Email'], phone: ['Phone', 'Mobile'] } as const;

interface Standing {
  readonly ref: RecordRef;
  /** Lower comes first: open leads, contacts, leads that are done with. */
  readonly rank: number;
  readonly createdAt: number;
  readonly texts: Readonly<Record<keyof typeof FIELDS, readonly string[]>>;
}

/**
 * The record that already stands for each person, by e-mail and else phone; open leads before the rest, newest first.
 * By query, not by search, whose index is behind. Numbers are compared as they are written.
 */
export const findPeople = async (
  call: CallZoho,
  connection: ConnectionInfo,
  given: readonly Asked[],
  until?: number,
): Promise<readonly (RecordRef | null)[]> => {
  const people = given.map(askable);
  const standing: Standing[] = [];
  for (const objectType of PLACES)
    for (const by of ['email', 'phone'] as const)
      for (const part of inParts(people.flatMap((one) => one[by] || [])))
        standing.push(...(await readPlace(call, connection, { objectType, by, values: part }, until)));
  const ranked = standing.toSorted((a, b) => a.rank - b.rank || b.createdAt - a.createdAt);
  const holding = (by: keyof typeof FIELDS, value: string | null) =>
    value === null ? undefined : ranked.find(({ texts }) => texts[by].includes(value.toLowerCase()));
  return people.map(({ email, phone }) => (holding('email', email) ?? holding('phone', phone))?.ref ?? null);
};

interface Place {
  readonly objectType: (typeof PLACES)[number];
  readonly by: keyof typeof FIELDS;
  readonly values: readonly string[];
}

const readPlace = async (
  call: CallZoho,
  connection: ConnectionInfo,
  { objectType, by, values }: Place,
  until?: number,
): Promise<readonly Standing[]> => {
  const { module, converts } = factsOf(objectType);
  const [first, second] = FIELDS[by];
  const columns = [
    'Created_Time',
    ...FIELDS.email,
    ...FIELDS.phone,
    ...(converts ? [CONVERTED_FIELD, 'Lead_Status'] : []),
  ];
  const rows = await queryRows(call, connection, {
    query: `select ${columns.join(', ')} from ${module} where (${first} in ${listed(values)} or ${second} in ${listed(values)})`,
    purpose: 'delivery',
    ...(until !== undefined && { until }),
  });
  return rows.map((row) => ({
    ref: { connectionId: connection.id, objectType, recordId: asText(row.id) ?? '' },
    rank: rankOf(objectType, row),
    createdAt: Date.parse(String(row.Created_Time)),
    texts: { email: textsOf(row, FIELDS.email), phone: textsOf(row, FIELDS.phone) },
  }));
};

const textsOf = (row: Row, fields: readonly string[]): readonly string[] =>
  fields.flatMap((field) => asText(row[field])?.toLowerCase() ?? []);

const rankOf = (objectType: string, row: Row): number => {
  if (objectType === 'contact') return 1;
  const done = row[CONVERTED_FIELD] === true || CLOSED_STATUSES.includes(String(row.Lead_Status) as never);
  return done ? 2 : 0;
};
