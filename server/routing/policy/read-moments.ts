import { Refusal, shown } from './refusal.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const EPOCH = /^-?\d{9,14}$/;
const DATETIME = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:[Zz]|[+-]\d{2}:?\d{2})$/;

const isDate = (text: string): boolean => {
  const instant = DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
};

const wrongDate = (given: unknown) => new Refusal(`${shown(given)} is no date; write it like 2026-11-24`);

/** A calendar date `YYYY-MM-DD`. */
export const readDateJson = (given: unknown): string | Refusal =>
  typeof given === 'string' && isDate(given.trim()) ? given.trim() : wrongDate(given);

/** As a CRM writes it: a date, a midnight UTC in epoch milliseconds (HubSpot), or an ISO instant's UTC date. */
export const readDate = (text: string): string | Refusal => {
  if (isDate(text)) return text;
  const instant = readInstant(text);
  return instant === null ? wrongDate(text) : new Date(instant).toISOString().slice(0, 10);
};

/** Epoch milliseconds of an ISO 8601 instant with its offset. */
export const readDatetimeJson = (given: unknown): number | Refusal =>
  (typeof given === 'string' ? isoInstant(given.trim()) : null) ??
  new Refusal(`${shown(given)} is no instant; write it with its offset, like 2026-11-24T15:00:00Z`);

/** As a CRM writes it: an ISO 8601 instant, or epoch milliseconds (HubSpot). */
export const readDatetime = (text: string): number | Refusal =>
  readInstant(text) ??
  new Refusal(`${shown(text)} is no instant; write it with its offset, like 2026-11-24T15:00:00Z`);

const readInstant = (text: string): number | null => (EPOCH.test(text) ? Number(text) : isoInstant(text));

const isoInstant = (text: string): number | null => {
  if (!DATETIME.test(text) || !isDate(text.slice(0, 10))) return null;
  // Salesforce writes +0000 for +00:00; Date.parse wants the colon.
  const instant = Date.parse(
    text
      .replace(' ', 'T')
      .replace(/ ?([+-]\d{2})(\d{2})$/, '$1:$2')
      .toUpperCase(),
  );
  return Number.isNaN(instant) ? null : instant;
};
