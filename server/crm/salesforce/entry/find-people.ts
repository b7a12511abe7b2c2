import type { ConnectionInfo } from '../../../assignments/ports.ts';
import type { LeadPerson, RecordRef } from '../../../assignments/types.ts';
import { addressParts } from '../../address-parts.ts';
import { askable } from '../../askable.ts';
import type { CallSalesforce } from '../client.ts';
import { CLOSED_STATUSES } from '../facts.ts';
import { listed, queryRows, quoted, type Row } from '../query.ts';

type Sought = Pick<LeadPerson, 'email' | 'phone'>;

/** People of one query, so that its address stays below 16 KB. */
const AT_ONCE = 50;
/** Digits that tell a phone from another, whatever stands before them. */
const TELLING = 7;

/**
 * The lead that stands for each person: the same e-mail, or where there is none the same phone; open ones first, then
 * the newest. Converted ones are contacts by now. In order.
 */
export const findPeople = async (
  call: CallSalesforce,
  connection: ConnectionInfo,
  given: readonly Sought[],
): Promise<readonly (RecordRef | null)[]> => {
  const people = given.map(askable);
  const rows: Row[] = [];
  for (const part of addressParts(people, AT_ONCE, (one) => conditionOf([one]) ?? '')) {
    const condition = conditionOf(part);
    if (condition === null) continue;
    const found = await queryRows(call, connection, {
      soql: `SELECT Id, Email, Phone, MobilePhone, Status FROM Lead WHERE IsConverted = false AND (${condition}) ORDER BY CreatedDate DESC, Id DESC`,
      purpose: 'delivery',
    });
    rows.push(...found);
  }
  const best = rows.toSorted((a, b) => Number(isClosed(a)) - Number(isClosed(b)));
  return people.map((person) => {
    const row = best.find((one) => isOf(one, person));
    return row === undefined
      ? null
      : { connectionId: connection.id, objectType: 'lead', recordId: String(row.Id) };
  });
};

const conditionOf = (people: readonly Sought[]): string | null => {
  const emails = people.flatMap(({ email }) => (email === null ? [] : [email]));
  const phones = people.flatMap(({ email, phone }) => (email === null && phone !== null ? [phone] : []));
  const parts = [
    ...(emails.length > 0 ? [`Email IN ${listed(emails)}`] : []),
    ...phones
      .map(patternOf)
      .flatMap((like) => (like === null ? [] : [`Phone LIKE ${like}`, `MobilePhone LIKE ${like}`])),
  ];
  return parts.length === 0 ? null : parts.join(' OR ');
};

const digitsOf = (text: unknown): string => String(text ?? '').replace(/\D/g, '');

/** Phones stand there in any writing: the last digits with anything between them. */
const patternOf = (phone: string): string | null => {
  const digits = digitsOf(phone).slice(-TELLING);
  return digits.length < TELLING ? null : quoted(`%${[...digits].join('%')}`);
};

const isClosed = ({ Status }: Row): boolean => CLOSED_STATUSES.includes(String(Status) as never);

const isOf = (row: Row, { email, phone }: Sought): boolean => {
  if (email !== null) return String(row.Email ?? '').toLowerCase() === email.toLowerCase();
  return (
    phone !== null &&
    [row.Phone, row.MobilePhone].some((known) => isSamePhone(digitsOf(known), digitsOf(phone)))
  );
};

/** Equal as far as both go: one may lack the country's code, or have a 0 in its place. */
const isSamePhone = (one: string, other: string): boolean => {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const telling = short.replace(/^0+/, '');
  return telling.length >= TELLING && long.endsWith(telling);
};
