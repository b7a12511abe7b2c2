import fc from 'fast-check';

const deep = (depth: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
};

/** Keys that JSON may hold and an object literal may not. */
const PROTOTYPES: readonly unknown[] = [
  JSON.parse('{"__proto__": {"admin": true, "may": ["administer"]}}'),
  JSON.parse('{"constructor": {"prototype": {"admin": true}}}'),
  { toString: 1, valueOf: null, hasOwnProperty: 'no', toJSON: 'no', then: 'no', length: 1e9 },
];

/** What programs choke on. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfffy',
  '\uffff',
  '\u202etxt.exe',
  '\r\nSet-Cookie: a=b',
  "'; drop table lead; --",
  '" or ""="',
  '$1',
  '%s%n%00',
  '../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '=cmd()',
  '<img src=x onerror=alert(1)>',
  '{{7*7}}',
  '9'.repeat(400),
  '1e999',
  '-0',
  'NaN',
  '+275760-09-13T00:00:00.000Z',
  '+275760-09-13T00:00:00.001Z',
  '-271821-04-20T00:00:00Z',
  '0000-00-00T00:00:00Z',
  '2026-02-30T25:61:61Z',
  'P99999999999999999999D',
  'fairlead: 1\nname: "a\\0b"',
  'fairlead: 1\nname: "\\uD800"',
  '&a [*a, *a]',
  'é'.repeat(500),
  'x'.repeat(2_500),
  'x'.repeat(20_000),
];

const HOSTILE_VALUES: readonly unknown[] = [
  ...HOSTILE_TEXTS,
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  5e-324,
  2 ** 31,
  2 ** 53 + 2,
  [],
  {},
  [[]],
  Array(3_000).fill(0),
  deep(200, (inner) => [inner]),
  deep(200, (inner) => ({ all: [inner] })),
  deep(3_000, (inner) => [inner]),
  ...PROTOTYPES,
];

interface Mutation {
  readonly at: number;
  readonly how: 'replace' | 'drop' | 'add' | 'swap' | 'wrap' | 'repeat';
  readonly value: unknown;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'replace', 'replace', 'drop', 'add', 'swap', 'wrap', 'repeat'),
  value: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_VALUES) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  ),
});

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

const placesIn = (value: unknown, depth = 0): Place[] => {
  if (typeof value !== 'object' || value === null || depth > 12) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder)
    .slice(0, 40)
    .flatMap((key) => [{ holder, key }, ...placesIn(holder[key], depth + 1)]);
};

const apply = (root: { it: unknown }, { at, how, value: shared }: Mutation): void => {
  const value: unknown = structuredClone(shared);
  const places = placesIn(root);
  const { holder, key } = places[at % places.length]!;
  const found = holder[key];
  switch (how) {
    case 'replace':
      holder[key] = value;
      return;
    case 'drop':
      if (holder === (root as unknown)) holder[key] = null;
      else delete holder[key];
      return;
    case 'add':
      if (typeof found === 'object' && found !== null && !Array.isArray(found))
        Object.assign(found, { unknown_member: value });
      return;
    case 'swap':
      holder[key] = typeof found === 'string' ? [found] : textOf(found).slice(0, 100);
      return;
    case 'wrap':
      holder[key] = [found, found];
      return;
    case 'repeat':
      // What stands in hundreds of places already would, repeated too, be longer than a text can be.
      if (Array.isArray(found) && textOf(root.it).length < 20_000)
        holder[key] = Array.from({ length: 400 }, (_, n) => found[n % found.length]);
      return;
    default:
      how satisfies never;
  }
};

/** Values of an arbitrary, some of them spoilt in up to three places. */
export const spoilt = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(values, fc.oneof(fc.constant([]), fc.array(mutation, { minLength: 1, maxLength: 3 })))
    .map(([value, mutations]) => {
      const root = { it: structuredClone(value) };
      for (const one of mutations) apply(root, one);
      return root.it;
    });

/** Nesting deeper than the serializer goes is nothing JSON.stringify can write. */
const textOf = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return '['.repeat(10_000);
  }
};

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

/** How a body is spoilt as text: cut short, keys twice, not UTF-8, other encodings, numbers no double holds. */
const SPOILINGS: readonly ((text: string) => Buffer)[] = [
  () => bytes(''),
  (text) => bytes(text.slice(0, Math.floor(text.length / 2))),
  (text) => bytes(`${text}${text}`),
  (text) => bytes(`${text}\0`),
  (text) => bytes(`\ufeff${text}`),
  (text) => bytes(text.replace('{"', '{"unknown_member":1,"unknown_member":2,"')),
  (text) => bytes(text.replace(/"(\w+)":/, '"$1":{"a":1},"$1":')),
  (text) => bytes(text.replace(/:\d+/, ':1e999')),
  (text) => bytes(text.replace(/:\d+/, ':-0')),
  (text) => bytes(text.replace(/"([^"]*)"/, '"$1\\u0000\\ud800"')),
  (text) => bytes(text.replaceAll('"', "'")),
  (text) => bytes(`${text.slice(0, -1)},${text.slice(-1)}`),
  (text) => Buffer.from(text, 'utf16le'),
  (text) =>
    Buffer.concat([bytes(text.slice(0, 5)), Buffer.from([0xff, 0xfe, 0xc0, 0xaf]), bytes(text.slice(5))]),
  () => Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]),
  () => bytes('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
  () => bytes('a: &a [1]\nb: [*a, *a, *a]\n? {x: 1}\n: y\n'),
  () => bytes('&a [*a]'),
  () => bytes('!!js/function "x"'),
  () => bytes('[[[['.repeat(2_000)),
  () => bytes('{"a":'.repeat(5_000)),
];

/** The text of a body, some of it spoilt. */
export const spoiltBytes = (value: unknown): fc.Arbitrary<Buffer> =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constant(null).map(() => bytes(textOf(value))) },
    { weight: 5, arbitrary: fc.constantFrom(...SPOILINGS).map((spoil) => spoil(textOf(value))) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some)) },
  );
