import fc from 'fast-check';
import { HOSTILE_TEXTS, spoilt, spoiltBytes } from './hostile.ts';
import type { Route } from './routes.ts';
import { SLACK_BODIES } from './slack-bodies.ts';
import { valuesNamed, valuesOf } from './values-of.ts';

/** A request as it is put on the wire. */
export interface Attempt {
  /** Path and query, encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** More is announced than sent, then the connection is cut. */
  readonly cut: boolean;
}

const TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'text/yaml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/json, text/plain',
  'application/jsonx',
  '',
  ';;;',
];

const header = fc.oneof(
  fc.constantFrom(
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'identity' },
    { 'idempotency-key': '' },
    { 'idempotency-key': 'x'.repeat(5_000) },
    { 'idempotency-key': 'same' },
    { 'last-event-id': '../../0' },
    { 'last-event-id': '99999999999999999999999:1' },
    { 'accept-language': ';;q=,*;q=2,x'.repeat(50) },
    { accept: 'text/html' },
    { expect: 'nonsense' },
    { 'x-fairlead-timezone': 'Mars/Olympus' },
    { 'x-forwarded-for': '::1, evil, 300.300.300.300' },
    { cookie: '__proto__=1; fairlead_session=; =; fairlead_session=x=y' },
    { origin: 'null' },
    { te: 'trailers' },
  ),
  fc.record({
    'x-unknown': fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[^\t\x20-\x7e]/g, '')),
  }),
);

/** Once in `times` what is given, else `nil`. */
const rarely = <T, N>(times: number, given: fc.Arbitrary<T>, nil: N): fc.Arbitrary<T | N> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(nil) }, { weight: 1, arbitrary: given });

const mostly = <T, N>(times: number, given: fc.Arbitrary<T>, nil: N): fc.Arbitrary<T | N> =>
  fc.oneof({ weight: times - 1, arbitrary: given }, { weight: 1, arbitrary: fc.constant(nil) });

const rarelySpoilt = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: values }, { weight: 1, arbitrary: spoilt(values) });

/** Ids by the kind of thing that a path names before them. */
const KINDS: Readonly<Record<string, RegExp>> = {
  decisions: /^dec_/,
  explanation: /^(dana|sam)$/,
  assignments: /^asg_/,
  pools: /^(all|large)$/,
  reps: /^(dana|sam|leaving)$/,
  drafts: /^drf_/,
  offboardings: /^off_/,
  connections: /^con_/,
  versions: /^1$/,
};

const fitting = (path: string, name: string, known: readonly string[]): readonly string[] => {
  const kind = KINDS[path.split(`/{${name}}`)[0]?.split('/').at(-1) ?? ''];
  const found = [...known, '1'].filter((one) => kind?.test(one) ?? true);
  return found.length > 0 ? found : known;
};

/** Percent-encodes any text, lone halves of a pair too. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed()) || '%20';

const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const pathText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS.filter((one) => one.length < 600)).map(encode) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('%', '%zz', '%ff%fe', '%c0%af', '%00', '..%2f..', '%2e%2e', 'a%0d%0ab'),
  },
);

/** What Salesforce asks about: its records, by ids of its own. */
const RECORDS: readonly string[] = ['00Q000000000001AAA', '003000000000001AAA', '00Q000000000001'];

/** Attempts at a route: what its schema takes, and what it must refuse. `known`: ids that stand for something. */
export const attemptsAt = (route: Route, known: readonly string[]): fc.Arbitrary<Attempt> => {
  const ids = route.security === 'orgCredential' ? RECORDS : known.length > 0 ? known : ['unknown'];
  const ofPlace = (place: 'path' | 'query' | 'header') => route.parameters.filter((one) => one.in === place);
  const path = fc
    .tuple(
      ...ofPlace('path').map(({ name, schema }) =>
        fc.oneof(
          { weight: 12, arbitrary: fc.constantFrom(...fitting(route.path, name, ids)).map(encode) },
          { weight: 2, arbitrary: fc.constantFrom(...ids).map(encode) },
          { weight: 6, arbitrary: valuesNamed(name, schema, ids).map((value) => encode(text(value))) },
          { weight: 1, arbitrary: pathText },
        ),
      ),
    )
    .map((values) => {
      let n = 0;
      return route.path.replaceAll(/\{\w+\}/g, () => String(values[n++]));
    });
  const query = fc
    .tuple(
      ...ofPlace('query').map(({ name, schema }) =>
        mostly(
          5,
          rarelySpoilt(valuesNamed(name, schema, ids)).map(
            (value) => `${name}=${encode(text(value).slice(0, 3_000))}`,
          ),
          null,
        ),
      ),
      rarely(
        12,
        fc.constantFrom(
          'a=1',
          '__proto__=1',
          '%=%',
          'x[y][z]=1',
          'limit=1&limit=2',
          'a'.repeat(6_000),
          '&&&==',
        ),
        null,
      ),
    )
    .map((parts) => parts.filter((part) => part !== null).join('&'));
  const named = fc
    .tuple(
      ...ofPlace('header').map(({ name, schema }) =>
        rarely(
          3,
          valuesNamed(name, schema, ids).map((value) => ({
            [name.toLowerCase()]: text(value)
              .replaceAll(/[^\x20-\x7e]/g, '?')
              .slice(0, 1_000),
          })),
          {},
        ),
      ),
      rarely(12, header, {}),
    )
    .map((parts) => Object.assign({}, ...parts) as Record<string, string>);
  const body =
    route.body === null
      ? rarely(10, fc.constant(Buffer.from('{"unasked": true}')), null)
      : route.security === 'slackSignature'
        ? SLACK_BODIES
        : spoilt(valuesOf(route.body, ids)).chain(spoiltBytes);
  const type = fc.oneof(
    {
      weight: 16,
      arbitrary: fc.constantFrom(...(route.types.length > 0 ? route.types : ['application/json'])),
    },
    { weight: 1, arbitrary: fc.constantFrom(...TYPES) },
  );
  const large = fc.constant(Buffer.alloc(3 * 1024 * 1024, 0x20));
  return fc
    .record({
      path,
      query,
      named,
      type,
      body: fc.oneof({ weight: 300, arbitrary: body }, { weight: 1, arbitrary: large }),
      cut: fc.constantFrom(...Array<boolean>(99).fill(false), true),
    })
    .map((made) => ({
      target: made.query === '' ? made.path : `${made.path}?${made.query}`,
      headers: made.body === null ? made.named : { 'content-type': made.type, ...made.named },
      body: made.body,
      cut: made.cut && made.body !== null,
    }));
};
