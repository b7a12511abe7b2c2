import type { Values } from '../salesforce/types.ts';

/** Which contact property stands for which lead field. The owner is mapped by e-mail, elsewhere. */
const PAIRS = [
  ['firstname', 'FirstName'],
  ['lastname', 'LastName'],
  ['email', 'Email'],
  ['phone', 'Phone'],
  ['jobtitle', 'Title'],
  ['company', 'Company'],
  ['country', 'Country'],
  ['state', 'State'],
  ['city', 'City'],
  ['zip', 'PostalCode'],
  ['hs_language', 'Language__c'],
  ['message', 'Description'],
] as const;

export const MAPPED_PROPERTIES: readonly string[] = [...PAIRS.map(([name]) => name), 'hubspot_owner_id'];
export const MAPPED_FIELDS: readonly string[] = [...PAIRS.map(([, field]) => field), 'OwnerId'];

type Properties = Readonly<Record<string, string>>;

/** These values of a contact as lead fields; empty ones are left out: they never overwrite. */
export const toLead = (properties: Properties, names: ReadonlySet<string>): Record<string, string> =>
  Object.fromEntries(
    PAIRS.flatMap(([name, field]) =>
      properties[name] && names.has(name) ? [[field, properties[name]] as const] : [],
    ),
  );

/** These values of a lead as contact properties; empty ones are left out. */
export const toContact = (lead: Values, names: ReadonlySet<string>): Record<string, string> =>
  Object.fromEntries(
    PAIRS.flatMap(([name, field]) =>
      lead[field] && names.has(field) ? [[name, String(lead[field])] as const] : [],
    ),
  );
