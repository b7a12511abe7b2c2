import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { countryCode } from './country-code.ts';
import { Refusal, shown } from './refusal.ts';

// Readers of text. Each takes trimmed text that is not empty and gives the value's normal form.

export const readCountry = (text: string): string | Refusal =>
  countryCode(text) ??
  new Refusal(`${shown(text)} is no country; write its ISO 3166 code such as US, or its name`);

const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+$/;

export const readEmail = (text: string): string | Refusal =>
  EMAIL.test(text) && text.length <= 254
    ? text.toLowerCase()
    : new Refusal(`${shown(text)} is no e-mail address; write it like name@example.com`);

/** International numbers only: without a country a national number is anybody's guess. */
export const readPhone = (text: string): string | Refusal => {
  const international = text.startsWith('00') ? `+${text.slice(2)}` : text;
  const parsed = international.startsWith('+') ? parsePhoneNumberFromString(international) : undefined;
  return parsed?.isPossible()
    ? parsed.number
    : new Refusal(`${shown(text)} is no international phone number; write it like +14155550123`);
};

/** A bare host is read as https; a lone trailing slash is dropped. */
export const readUrl = (text: string): string | Refusal => {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || !url.hostname.includes('.'))
    return new Refusal(`${shown(text)} is no web address; write it like https://example.com`);
  return url.pathname === '/' && url.search === '' && url.hash === '' ? url.href.slice(0, -1) : url.href;
};
