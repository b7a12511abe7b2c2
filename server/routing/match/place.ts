import { foldText } from './company-name.ts';

/** Where somebody is, as far as it can be compared. */
export interface Place {
  /** The first number of the street address; null: there is none. */
  readonly number: string | null;
  /** Words of the street address without numbers. */
  readonly street: readonly string[];
  /** Letters and digits only, in lower case. */
  readonly postcode: string | null;
  readonly city: readonly string[];
}

/** What is given of an address. */
export interface GivenPlace {
  readonly address?: string | null;
  readonly postcode?: string | null;
  readonly city?: string | null;
}

/** Words of streets that tell none from another: kinds of streets and points of the compass. */
const COMMON =
  /^(st|street|rd|road|ave|avenue|av|blvd|blv|boulevard|dr|drive|ln|lane|la|ct|court|pl|place|pde|cres|cct|hwy|sq|n|s|e|w|ne|nw|se|sw|north|south|east|west|at|the|and|of|strasse|str|rue|via|calle)$/;

/** Reads an address; null: nothing of it is there. */
export const readPlace = ({ address, postcode, city }: GivenPlace): Place | null => {
  const words = wordsOf(address);
  const code = foldText(postcode ?? '').replaceAll(' ', '');
  const place = {
    number: words.find((word) => /^\d/.test(word)) ?? null,
    street: words.filter((word) => !/^\d/.test(word) && !COMMON.test(word)),
    postcode: code === '' ? null : code,
    city: wordsOf(city),
  };
  return words.length + code.length + place.city.length === 0 ? null : place;
};

const wordsOf = (text: string | null | undefined): readonly string[] => {
  const folded = foldText(text ?? '');
  return folded === '' ? [] : folded.split(' ');
};

/**
 * Whether two addresses are of one place: the same number in the same street, or in the same postcode or city where
 * the street is written in another way. null: one of them has no number to tell by.
 */
export const samePlace = (a: Place | null, b: Place | null): boolean | null => {
  if (a?.number == null || b?.number == null) return null;
  if (a.number !== b.number) return false;
  const sharesStreet = a.street.some((word) => b.street.includes(word));
  return sharesStreet || sameArea(a, b);
};

const sameArea = (a: Place, b: Place): boolean => {
  if (a.postcode !== null && b.postcode !== null) return a.postcode === b.postcode;
  const [few, many] = a.city.length <= b.city.length ? [a.city, b.city] : [b.city, a.city];
  return few.length > 0 && few.every((word) => many.includes(word));
};
