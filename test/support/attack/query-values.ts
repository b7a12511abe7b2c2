/** What ends a text, a segment or a statement in some query language, and what forms are filled in with to do so. */
import fc from 'fast-check';
import { HOSTILE_TEXTS } from './hostile.ts';

const SIGNS = [
  ...'\'"`\\%_*?()[]{}<>=!&|,;:/#+-.~^$@ \n\r\t\b\f\u0001\u0085\u2028’＇ʼ´',
  '%27',
  '%2F',
  "\\'",
  '..',
];

const ATTEMPTS: readonly string[] = [
  "' OR Id != '",
  "') OR (Id != '",
  "\\' OR Id != \\'",
  "\\') OR Name LIKE ('%",
  "x' LIMIT 0 FOR UPDATE --",
  "' or 1 eq 1 or lastname eq '",
  "']) or (leadid ne null and Microsoft.Dynamics.CRM.In(PropertyName='leadid',PropertyValues=['",
  "' or Email is not null or Email = '",
  "x' limit 0, 2000; select Email from Contacts where Email = 'x",
  '%',
  '_______',
  '&$filter=true',
  '&exact_match=false&term=a',
  '../../users',
  '..',
  '.',
  '%2e%2e/%2e%2e',
  '..\\..\\users',
  'x/actions/convert?',
  'x)/Microsoft.Dynamics.CRM.Merge(',
  'x#',
  '//evil.example/',
  '@evil.example',
  '__proto__',
  'constructor',
];

/** Text from outside that does not mean to stay one. Whole characters: halves are refused at the door. */
export const hostileText: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom(...ATTEMPTS) },
    { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom(...SIGNS, 'a', '1'), maxLength: 20 }) },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
  )
  .map((text) => text.replaceAll('\0', '').toWellFormed());

/** The same as somebody's address: a part before the @, or after it. */
export const hostileEmail: fc.Arbitrary<string> = fc.oneof(
  hostileText,
  hostileText.map((text) => `${text}@example.com`),
  hostileText.map((text) => `dana@${text}.example`),
);
