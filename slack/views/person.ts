import type { types } from '@slack/bolt';
import type { PersonView } from '../../server/assignments/views.ts';
import { mrkdwn } from './blocks.ts';
import { inline, oneLine } from './text.ts';

const VALUE_LENGTH = 400;

const filled = (text: string | null | undefined): string | null => {
  const line = oneLine(text ?? '');
  return line === '' ? null : line;
};

/** Who the lead is, in a few plain words; not yet safe for mrkdwn. */
export const personTitle = (person: PersonView | null): string => {
  const named = [filled(person?.name), filled(person?.company)].filter((part) => part !== null);
  return named.length > 0
    ? named.join(', ')
    : (filled(person?.email) ?? filled(person?.phone) ?? 'A lead without a name');
};

/** A link that opens the mail program or the phone, where the text is an address of that kind. */
const link = (scheme: 'mailto' | 'tel', target: string, label: string): string =>
  `<${scheme}:${target}|${inline(label, VALUE_LENGTH)}>`;

const EMAIL = /^[^\s@<>|&?%]{1,64}@[^\s@<>|&?%]{1,190}$/;

const emailText = (email: string): string =>
  EMAIL.test(email) ? link('mailto', encodeURI(email), email) : inline(email, VALUE_LENGTH);

const phoneText = (phone: string): string => {
  const digits = phone.replace(/[^\d]/g, '');
  const dialled = `${phone.startsWith('+') ? '+' : ''}${digits}`;
  const isNumber = /^\+?[\d\s()./-]+$/.test(phone) && digits.length >= 4 && digits.length <= 20;
  return isNumber ? link('tel', dialled, phone) : inline(phone, VALUE_LENGTH);
};

/** Source, e-mail and phone as far as they are known. */
export const personFields = (person: PersonView | null): types.MrkdwnElement[] => {
  const [source, email, phone] = [filled(person?.source), filled(person?.email), filled(person?.phone)];
  return [
    ...(source === null ? [] : [mrkdwn(`*Source*\n${inline(source, VALUE_LENGTH)}`)]),
    ...(email === null ? [] : [mrkdwn(`*E-mail*\n${emailText(email)}`)]),
    ...(phone === null ? [] : [mrkdwn(`*Phone*\n${phoneText(phone)}`)]),
  ];
};
