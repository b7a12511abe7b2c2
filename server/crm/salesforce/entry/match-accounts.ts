import type { LeadPerson } from '../../../assignments/types.ts';
import { SHARED_DOMAINS } from '../../shared-domains.ts';
import { queryRows, quoted } from '../query.ts';
import type { Ways } from '../write-collection.ts';

/** The company's domain in an address; null: there is none, or it is everybody's. */
const domainOf = ({ email }: Pick<LeadPerson, 'email'>): string | null => {
  const domain = email?.split('@')[1]?.toLowerCase() ?? '';
  return /^[a-z0-9.-]+\.[a-z]{2,}$/.test(domain) && !SHARED_DOMAINS.has(domain) ? domain : null;
};

/** The account whose website is of each person's own domain, where exactly one is; null: none, or several. In order. */
export const matchAccounts = async (
  people: readonly Pick<LeadPerson, 'email'>[],
  { call, connection, until }: Ways,
): Promise<readonly (string | null)[]> => {
  const domains = people.map(domainOf);
  const wanted = [...new Set(domains.filter((domain) => domain !== null))];
  if (wanted.length === 0) return people.map(() => null);
  const rows = await queryRows(call, connection, {
    soql: `SELECT Id, Website FROM Account WHERE ${wanted.map((domain) => `Website LIKE ${quoted(`%${domain}%`)}`).join(' OR ')}`,
    purpose: 'delivery',
    until,
  });
  const byHost = Map.groupBy(rows, ({ Website }) => hostOf(String(Website ?? '')));
  return domains.map((domain) => {
    const [only, ...others] = (domain !== null && byHost.get(domain)) || [];
    return only !== undefined && others.length === 0 ? String(only.Id) : null;
  });
};

const hostOf = (website: string): string | null => {
  const address = website.includes('://') ? website : `https://${website}`;
  return URL.canParse(address) ? new URL(address).hostname.toLowerCase().replace(/^www\./, '') : null;
};
