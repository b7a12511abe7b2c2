import { z } from 'zod';
import { readName } from '../match/company-name.ts';
import { readDomain } from '../match/domain-class.ts';
import { countryCode } from './country-code.ts';
import { shown } from './refusal.ts';
import { id, name } from './scalars.ts';
import { strictObject } from './strict-object.ts';

/** A list of named accounts: companies that rules know by name. */
export interface AccountList {
  readonly id: string;
  readonly name: string;
  /** The field that holds a lead's company; null: none does, so that only domains tell. */
  readonly company: string | null;
  readonly entries: readonly Account[];
}

/** One company of a list. */
export interface Account {
  /** As written, or its first domain, or its name in plain letters. */
  readonly id: string;
  readonly name: string | null;
  /** Registrable and corporate. */
  readonly domains: readonly string[];
  /** A rep's id or e-mail address, as written. */
  readonly owner: string | null;
  /** ISO 3166 alpha-2. */
  readonly country: string | null;
}

/** Words that conditions say of any list. */
const STATES = ['matched', 'unmatched', 'review'] as const;

const domain = z.string().transform((text, ctx): string => {
  const read = readDomain(text);
  if (read?.class === 'corporate') return read.name;
  const message =
    read === null
      ? `${shown(text)} is no domain; write it like example.com`
      : `${shown(text)} is anybody's (${read.class}) and tells no company; remove it`;
  ctx.addIssue({ code: 'custom', message, input: text });
  return z.NEVER;
});

const country = z.string().transform((text, ctx): string => {
  const code = countryCode(text);
  if (code !== null) return code;
  ctx.addIssue({
    code: 'custom',
    message: `${shown(text)} is no country; write its ISO 3166 code such as US, or its name`,
    input: text,
  });
  return z.NEVER;
});

const entry = strictObject({
  id: id.optional(),
  name: name
    .refine((text) => readName(text) !== null, 'has no letters or digits; write the name of the company')
    .optional(),
  domains: z.array(domain).min(1, 'is empty; list domains such as example.com').optional(),
  owner: z.string().trim().min(1, 'is empty; write a rep').optional(),
  country: country.optional(),
}).transform((given, ctx): Account => {
  if (given.name === undefined && given.domains === undefined)
    ctx.addIssue({ code: 'custom', message: 'an account needs a name, domains or both', input: given });
  return {
    id: given.id ?? given.domains?.[0] ?? readName(given.name)?.full.replaceAll(' ', '-') ?? '',
    name: given.name ?? null,
    domains: [...new Set(given.domains)],
    owner: given.owner ?? null,
    country: given.country ?? null,
  };
});

/** One entry of `accounts:`. `company` undefined: the field of that name, where there is one. */
export const accountList = strictObject({
  id: id.refine((text) => !STATES.some((word) => word === text), {
    error: (issue) => `${shown(issue.input)} is a word of conditions; choose another id`,
  }),
  name: name.optional(),
  company: z.string().optional(),
  entries: z
    .array(entry)
    .min(1, 'is empty; list at least one account')
    .max(100_000, 'has more than 100,000 accounts'),
});
export type AccountListDocument = z.output<typeof accountList>;

/** What `{account: …}` may ask besides a list's id. */
export const ACCOUNT_STATES: readonly string[] = STATES;
