import type { OwnerFound } from '../decision.ts';
import type { OwnerTold } from './catalogue.ts';

/** Of a code, what two had in common, after "found by". */
const BY: Readonly<Record<string, string>> = {
  EMAIL_EXACT: 'the same e-mail address',
  PHONE_EXACT: 'the same phone number',
  DOMAIN_EXACT: 'its domain',
  NAME_EXACT: 'its name',
  'NAME_CLOSE+DOMAIN': 'a name that is close and its domain',
  'NAME_CLOSE+PHONE': 'a name that is close and the same phone number',
  'NAME_CLOSE+ADDRESS': 'a name that is close and the same address',
};

const by = (code: string | undefined): string => `found by ${(code && BY[code]) ?? code}`;

/** Why somebody owns the lead: completes their name. */
const owns = ({ by: looked, code, found }: OwnerTold): string => {
  switch (looked) {
    case 'account':
      return `owns the account ${found}, ${by(code)}`;
    case 'sticky':
      return `had this person last, ${by(code)}`;
    case 'duplicate':
      return `has an earlier lead of this person, ${by(code)}`;
    case 'field':
      return `is named in the lead's ${found}`;
    default:
      return looked satisfies never;
  }
};

const NOBODY: Readonly<Record<OwnerFound['by'], string>> = {
  account: 'No account with an owner was found.',
  sticky: 'Nobody had this person before.',
  duplicate: 'There is no earlier lead of this person with a rep.',
  field: '',
};

/** What an owner step found and did, as a sentence. */
export const ownerSentence = (told: OwnerTold): string => {
  if (told.name === null)
    return told.by === 'field' ? `The lead's ${told.found} names no rep.` : NOBODY[told.by];
  return `${told.name} ${owns(told)}${told.took ? '' : ', and was not free'}.`;
};

/** The same of a candidate, in a few words. */
export const ownerWords: Readonly<Record<OwnerFound['by'], string>> = {
  account: 'owns the account',
  sticky: 'had this person last',
  duplicate: 'has an earlier lead of this person',
  field: 'named in the lead',
};

/** Accounts that it may be, for a person to look at. */
export const reviewSentence = (accounts: readonly string[]): string => {
  const told = accounts.slice(0, 3).join(' or ');
  const more = accounts.length > 3 ? ` or one of ${accounts.length - 3} more` : '';
  return `The company may be the account ${told}${more}: nobody guessed.`;
};
