import type { LeadPerson } from '../../../assignments/types.ts';
import { companyDomain } from '../../../routing/match/domain-class.ts';
import { addressParts } from '../../address-parts.ts';
import { containing, queryRows, type Row } from '../query.ts';
import type { Ways } from '../write-collection.ts';

/** The account whose website is of each person's own domain, where exactly one is; null: none, or several. In order. */
export const matchAccounts = async (
  people: readonly Pick<LeadPerson, 'email'>[],
  { call, connection, until }: Ways,
): Promise<readonly (string | null)[]> => {
  const domains = people.map(({ email }) => companyDomain(email));
  const wanted = [...new Set(domains.filter((domain) => domain !== null))];
  const rows: Row[] = [];
  for (const part of addressParts(wanted, wanted.length, like))
    rows.push(
      ...(await queryRows(call, connection, {
        soql: `SELECT Id, Website FROM Account WHERE ${part.map(like).join(' OR ')}`,
        purpose: 'delivery',
        until,
      })),
    );
  const byDomain = Map.groupBy(rows, ({ Website }) => companyDomain(String(Website ?? '')));
  return domains.map((domain) => {
    const [only, ...others] = (domain !== null && byDomain.get(domain)) || [];
    return only !== undefined && others.length === 0 ? String(only.Id) : null;
  });
};

const like = (domain: string): string => `Website LIKE ${containing(domain)}`;
