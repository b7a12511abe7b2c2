import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Fewer digits identify nobody. */
const LEAST = 6;

/**
 * A phone number to compare by: E.164 where its country is known (`country`: ISO 3166, for national numbers), else its
 * digits. null: too few to know anybody by. An extension is not part of it.
 */
export const readPhoneNumber = (text: string | null | undefined, country?: string | null): string | null => {
  const trimmed = (text ?? '').trim();
  if (trimmed.length < LEAST) return null;
  const known = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const parsed = parsePhoneNumberFromString(trimmed.replace(/^00/, '+'), known);
  if (parsed?.isPossible() === true) return parsed.number;
  const digits = trimmed.replace(/\s*(ext|x|#).*$/i, '').replace(/\D/g, '');
  return digits.length < LEAST ? null : digits;
};
