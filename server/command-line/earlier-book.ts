import type { CompiledPolicy } from '../routing/decide/compiled-policy.ts';
import type { EarlierLead, LeadValues } from '../routing/lead.ts';
import { earlierKeys, type GivenPerson } from '../routing/match/person-key.ts';
import type { Fields, FieldType } from '../routing/policy/fields.ts';

/** Who had leads of which people, as the rows above say. Kept in memory. */
export interface EarlierBook {
  /** A person's earlier leads, latest first; null: the policy does not ask. */
  readonly of: (values: LeadValues) => readonly EarlierLead[] | null;
  readonly add: (lead: string, values: LeadValues, rep: string) => void;
}

/** Earlier leads that are remembered of one person. */
const MOST = 20;

const ASKS_NOTHING: EarlierBook = { of: () => null, add: () => undefined };

export const createEarlierBook = ({ earlierBy, policy }: CompiledPolicy): EarlierBook => {
  if (earlierBy === null) return ASKS_NOTHING;
  const personOf = personReader(policy.fields);
  const leads = new Map<
    string,
    readonly { readonly lead: string; readonly rep: string; readonly at: number }[]
  >();
  let rows = 0;
  return {
    of: (values) => {
      const found = new Map<string, EarlierLead & { readonly at: number }>();
      for (const { code, email, phone } of earlierKeys(personOf(values), earlierBy))
        for (const one of leads.get(`${email} ${phone}`) ?? [])
          if (!found.has(one.lead)) found.set(one.lead, { code, open: true, ...one });
      return [...found.values()]
        .sort((a, b) => b.at - a.at)
        .map(({ code, lead, open, rep }) => ({ code, lead, open, rep }));
    },
    add: (lead, values, rep) => {
      const at = rows++;
      for (const { email, phone } of earlierKeys(personOf(values), earlierBy)) {
        const key = `${email} ${phone}`;
        leads.set(key, [{ lead, rep, at }, ...(leads.get(key) ?? [])].slice(0, MOST));
      }
    },
  };
};

const personReader = (fields: Fields) => {
  const names = (type: FieldType) => Object.keys(fields).filter((name) => fields[name]!.type === type);
  const [emails, phones] = [names('email'), names('phone')];
  const first = (values: LeadValues, of: readonly string[]) => {
    const value = of.map((name) => values[name]).find((one) => one !== undefined);
    return typeof value === 'string' ? value : null;
  };
  return (values: LeadValues): GivenPerson => ({
    email: first(values, emails),
    phone: first(values, phones),
  });
};
