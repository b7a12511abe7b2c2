import type { FieldValue, LeadValues } from '../lead.ts';
import type { AccountList } from '../policy/accounts.ts';
import type { Fields, FieldType } from '../policy/fields.ts';
import type { MatchCode, ReviewCode } from './compare-profiles.ts';
import { createMatcher, type Matcher } from './matcher.ts';
import { type Profile, readProfile } from './profile.ts';

/** What one list says of a lead's company: codes and ids, nothing of the lead. Several entries: nobody guesses. */
export interface AccountFinding {
  readonly code: MatchCode | ReviewCode | `AMBIGUOUS_${number}`;
  readonly entries: readonly string[];
  readonly list: string;
  readonly verdict: 'match' | 'review';
}

/** The lists in which a lead's company is, or may be; in the policy's order. */
export type AccountFindings = readonly AccountFinding[];

const kept = new WeakMap<AccountList['entries'], Matcher>();

/** Built once for as long as a list stands, whoever joins or leaves the reps meanwhile. */
const matcherOf = ({ entries }: AccountList): Matcher => {
  const before = kept.get(entries);
  if (before !== undefined) return before;
  const known = entries.map(({ id, name, domains, country }) => ({
    id,
    profile: readProfile({ name, websites: domains, country }),
  }));
  const matcher = createMatcher(known, 'company');
  kept.set(entries, matcher);
  return matcher;
};

/** Finds a lead's company in a policy's lists. What it costs does not grow with the lists. */
export const accountFinder = (
  lists: readonly AccountList[],
  fields: Fields,
): ((values: LeadValues) => AccountFindings) => {
  const profileOf = profileReader(fields);
  const all = lists.map((list) => ({ list, matcher: matcherOf(list) }));
  return (values) => {
    const profiles = new Map<string | null, Profile>();
    const findings: AccountFinding[] = [];
    for (const { list, matcher } of all) {
      const profile = profiles.get(list.company) ?? profileOf(values, list.company);
      profiles.set(list.company, profile);
      const found = matcher.match(profile);
      if (found.verdict === 'none') continue;
      const entries = found.verdict === 'match' ? [found.id] : found.ids;
      findings.push({ code: found.code, entries, list: list.id, verdict: found.verdict });
    }
    return findings;
  };
};

/** Reads a lead's company from its fields: addresses by their types, the name from the field that the list says. */
const profileReader = (fields: Fields) => {
  const ofType = (type: FieldType) => Object.keys(fields).filter((name) => fields[name]!.type === type);
  const emails = ofType('email');
  const urls = ofType('url');
  const [country] = ofType('country');
  return (values: LeadValues, company: string | null): Profile =>
    readProfile({
      name: company === null ? null : text(values[company]),
      websites: [...emails, ...urls].flatMap((name) => text(values[name]) ?? []),
      country: country === undefined ? null : text(values[country]),
    });
};

const text = (value: FieldValue | undefined): string | null => (typeof value === 'string' ? value : null);

/** Owners by `<list>/<account>`, as written. */
export const accountOwners = (lists: readonly AccountList[]): ((id: string) => string | undefined) => {
  const owners = new Map<string, string>(
    lists.flatMap(({ id, entries }) =>
      entries.flatMap((entry) => (entry.owner === null ? [] : [[`${id}/${entry.id}`, entry.owner] as const])),
    ),
  );
  return (id) => owners.get(id);
};
