import { type Name, readName } from './company-name.ts';
import { companyDomain } from './domain-class.ts';
import { readEmailAddress } from './email.ts';
import { readPhoneNumber } from './phone.ts';
import { type GivenPlace, type Place, readPlace } from './place.ts';

/** What is known of a company or a person, as written. */
export interface Given extends GivenPlace {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  /** Web addresses or bare domains. */
  readonly websites?: readonly string[];
  /** ISO 3166 alpha-2. */
  readonly country?: string | null;
}

/** The same in the forms it is compared by. */
export interface Profile {
  readonly name: Name | null;
  /** The address without sub-addressing. */
  readonly email: string | null;
  readonly phone: string | null;
  /** Corporate domains of the address and the web addresses; those of mail providers tell no company. */
  readonly domains: readonly string[];
  readonly place: Place | null;
  readonly country: string | null;
}

/** Reads everything once, however often it is compared. */
export const readProfile = (given: Given): Profile => {
  const domains = [given.email, ...(given.websites ?? [])].map(companyDomain);
  const place = readPlace(given);
  return {
    name: readName(withoutPlace(given.name, place)),
    email: readEmailAddress(given.email)?.comparable ?? null,
    phone: readPhoneNumber(given.phone, given.country),
    domains: [...new Set(domains.filter((domain) => domain !== null))],
    place,
    country: given.country ?? null,
  };
};

/** A branch's town in brackets (`Le Chardonnay (Los Angeles)`) is no part of its name. */
const withoutPlace = (name: string | null | undefined, place: Place | null): string => {
  const text = name ?? '';
  if (!text.includes('(')) return text;
  const bare = text.replace(/\(([^)]*)\)/g, (whole, inside: string) =>
    readName(inside)?.tokens.every((word) => place?.city.includes(word)) === true ? ' ' : whole,
  );
  return readName(bare) === null ? text : bare;
};
