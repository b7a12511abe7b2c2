import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../server/routing/hash/canonical-json.ts';
import { digestLead } from '../../server/routing/hash/decision-hash.ts';

test('canonical JSON is that of RFC 8785', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(canonicalJson(value)).toBe(canonicalize(value));
    }),
    { numRuns: 500 },
  );
});

test('keys in order, out of order, and like numbers', () => {
  for (const value of [
    { a: 1, b: [{ c: null, d: 1e21 }] },
    { b: 1, a: { z: 1, y: -0 } },
    { 10: 'a', 9: 'b', a: 'c' },
    { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 },
    ['"\\\u0008\u001f', '\u2028', 333333333.3333333, 1e-27, 4.5],
  ])
    expect(canonicalJson(value)).toBe(canonicalize(value));
  expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
});

test('what JSON cannot say is refused', () => {
  for (const value of [
    Number.NaN,
    { a: Number.POSITIVE_INFINITY },
    { b: 1, a: Number.NaN },
    [undefined],
    { a: () => 1 },
  ])
    expect(() => canonicalJson(value)).toThrow(TypeError);
});

test('a digest depends on values and salt, not on the order of fields', () => {
  expect(digestLead({ a: 1, b: 'x' }, 's')).toBe(digestLead({ b: 'x', a: 1 }, 's'));
  expect(digestLead({ a: 1 }, 's')).not.toBe(digestLead({ a: 1 }, 't'));
  expect(digestLead({ a: 1 }, 's')).not.toBe(digestLead({ a: 2 }, 's'));
});
