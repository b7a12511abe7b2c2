import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressParts } from '../../server/crm/address-parts.ts';
import { askable } from '../../server/crm/askable.ts';
import { plainLine } from '../../server/routing/render/plain-line.ts';
import { hostileEmail, hostileText } from '../support/attack/query-values.ts';

test('a name in a sentence is one short line that turns nothing round', () => {
  const marks = fc.string({
    unit: fc.constantFrom('\u202e', '\u2067', '\u0301', '\n', '\u0007', 'x', '😀'),
    maxLength: 300,
  });
  fc.assert(
    fc.property(fc.oneof(hostileText, marks), (text) => {
      const line = plainLine(text);
      expect(line.length).toBeLessThanOrEqual(200);
      expect(line).not.toMatch(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{M}{7}/u);
      expect(line.isWellFormed()).toBe(true);
    }),
  );
  for (const name of ['Zoë O’Neil-Łukasz', 'ליلى', 'Nguyễn Thị Ánh', 'สมชาย', '👩‍👩‍👧'])
    expect(plainLine(name)).toBe(name);
});

test('a question holds all of its values, each once, and stays short unless one alone is long', () => {
  fc.assert(
    fc.property(
      fc.array(hostileEmail, { maxLength: 80 }),
      fc.integer({ min: 1, max: 50 }),
      (values, most) => {
        const parts = addressParts(values, most, (value) => value);
        expect(parts.flat()).toEqual(values);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(most);
          const bytes = encodeURIComponent(part.join('')).length;
          expect(bytes <= 12_000 || part.length === 1).toBe(true);
        }
      },
    ),
  );
});

test('what somebody could have is asked for as they wrote it, and nothing else is', () => {
  for (const email of ["o'brien+x@example.com", 'zoë@exämple.de', '"a"@example.com'])
    expect(askable({ email: ` ${email} `, phone: null }).email).toBe(email);
  expect(askable({ email: null, phone: ' +44 (0)20 7946-0018 x5 ' }).phone).toBe('+44 (0)20 7946-0018 x5');
  for (const none of [
    '',
    'nobody',
    'a@b@c',
    'a b@example.com',
    'a@example.com\nb',
    `${'a'.repeat(250)}@example.com`,
  ])
    expect(askable({ email: none, phone: null }).email).toBeNull();
  for (const none of ['', '1\n2', '9'.repeat(51)])
    expect(askable({ email: null, phone: none }).phone).toBeNull();
});
