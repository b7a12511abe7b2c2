import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AttackedTenant,
  type AttackedWorld,
  openAttackedWorld,
} from '../support/attack/attacked-world.ts';
import type { Attempt } from '../support/attack/attempts.ts';
import { digestOf } from '../support/attack/digest.ts';
import { knownIds } from '../support/attack/known-ids.ts';
import { prove, SESSION } from '../support/attack/prove.ts';
import { everyRoute, nameOf, ofTenants, type Route } from '../support/attack/routes.ts';
import { send } from '../support/attack/send.ts';
import { valuesNamed, valuesOf } from '../support/attack/values-of.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';

let database: OwnedDatabase;
let world: AttackedWorld;
beforeAll(async () => {
  database = await openTestDatabase('pglite');
  world = await openAttackedWorld(database.storage);
}, 120_000);
afterAll(async () => {
  await world?.close();
  await database?.storage.close();
  await database?.drop();
});

const ROUTES = everyRoute();
/** What anybody may ask: how to sign in, whether the process lives, and numbers without a tenant in them. */
const OPEN = [
  'GET /oauth/sign-in',
  'POST /oauth/sign-in/owner',
  'GET /oauth/{provider}/sign-in',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
];

/** Where the proof is a part of what is parsed, or names whose it must be. */
const PROOF_WITHIN: ReadonlySet<string> = new Set([
  '/pipedrive/panel',
  '/dynamics/webhooks',
  '/zoho/notifications',
]);

const SEED = 20_261_126;

/** A well-formed request to a route, with `id` in every place of its address. */
const plain = (route: Route, id: string, body?: unknown): Attempt => {
  const query = route.parameters
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name, schema }) => {
      const [value] = fc.sample(valuesNamed(name, schema, [id]), { numRuns: 1, seed: SEED });
      return `${name}=${encodeURIComponent(String(value))}`;
    });
  const path = route.path.replaceAll(/\{\w+\}/g, encodeURIComponent(id));
  const sent =
    body ??
    (route.body === null ? null : fc.sample(valuesOf(route.body, [id]), { numRuns: 1, seed: SEED })[0]);
  return {
    target: query.length > 0 ? `${path}?${query.join('&')}` : path,
    headers: { 'content-type': 'application/json' },
    body: route.body === null ? null : Buffer.from(JSON.stringify(sent)),
    cut: false,
  };
};

const isRefused = (status: number): boolean => status === 401 || status === 403;

describe('without a proof', () => {
  test('nothing is open but what is named here', () => {
    expect(ROUTES.filter(({ security }) => security === null).map(nameOf)).toEqual(OPEN);
  });

  test.each(
    ROUTES.filter(({ security }) => security !== null).map((route) => [nameOf(route), route] as const),
  )('%s', async (_name, route) => {
    const before = await digestOf(world.storage, null);
    const id = route.path.includes('{vendor}') ? 'hubspot' : 'any';
    const answer = (await send(world.port, route.method, plain(route, id)))!;
    if (route.security === 'browserSession' || route.security === 'installState') {
      // A person is sent to sign in, or told that nothing was connected.
      expect([302, 303, 400]).toContain(answer.status);
      if (answer.status === 400) return;
      expect(answer.headers.location).toMatch(/^\/(connections\?(connect|failed)=|oauth\/slack\/install$)/);
    } else if (PROOF_WITHIN.has(route.path)) expect([400, 401]).toContain(answer.status);
    else expect(isRefused(answer.status)).toBe(true);
    expect(await digestOf(world.storage, null)).toBe(before);
  });

  test.each(ROUTES.filter(ofTenants).map((route) => [nameOf(route), route] as const))(
    '%s, but with one that is somebody else’s or nobody’s',
    async (_name, route) => {
      const [alpha] = world.tenants;
      const before = await digestOf(world.storage, null);
      for (const headers of [
        { authorization: `Bearer ${alpha.orgCredential()}` },
        { authorization: `Bearer ${alpha.key}x` },
        { authorization: `Bearer ${alpha.key.slice(0, -1)}` },
        { authorization: `Basic ${Buffer.from(`${alpha.key}:`).toString('base64')}` },
        { authorization: `Bearer ${alpha.session}` },
        { cookie: `${SESSION}=${alpha.key}`, origin: world.url },
        { cookie: `${SESSION}=${alpha.session}x`, origin: world.url },
        { authorization: 'Bearer undefined' },
        { 'x-api-key': alpha.key },
      ]) {
        const attempt = {
          ...plain(route, 'any'),
          headers: { 'content-type': 'application/json', ...headers },
        };
        const answer = (await send(world.port, route.method, attempt))!;
        expect([headers, answer.status]).toEqual([headers, 401]);
      }
      expect(await digestOf(world.storage, null)).toBe(before);
    },
  );
});

describe('another site’s page', () => {
  test.each(
    ROUTES.filter((route) => ofTenants(route) && route.method !== 'GET').map(
      (route) => [nameOf(route), route] as const,
    ),
  )('cannot have a browser send %s with its cookie', async (_name, route) => {
    const before = await digestOf(world.storage, null);
    const cookie = `${SESSION}=${world.tenants[0].session}`;
    for (const headers of [
      { cookie },
      { cookie, origin: 'https://attacker.example' },
      { cookie, origin: 'null' },
      { cookie, origin: `${world.url}.attacker.example` },
      { cookie, origin: world.url.replace('127.0.0.1', 'localhost') },
      { cookie, 'sec-fetch-site': 'same-site' },
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie, origin: 'https://attacker.example', 'sec-fetch-site': 'same-origin' },
    ]) {
      const attempt = { ...plain(route, 'any'), headers: { 'content-type': 'text/plain', ...headers } };
      const answer = (await send(world.port, route.method, attempt))!;
      expect([headers, answer.status, JSON.parse(answer.text).code]).toEqual([
        headers,
        403,
        'foreign_origin',
      ]);
    }
    expect(await digestOf(world.storage, null)).toBe(before);
  });
});

describe('a page of another site', () => {
  test.each(
    ROUTES.filter((route) => ofTenants(route) && route.method === 'GET').map(
      (route) => [nameOf(route), route] as const,
    ),
  )(
    'cannot have a browser go to %s as who is signed in: exports cost, and are told of',
    async (_name, route) => {
      const before = await digestOf(world.storage, null);
      const cookie = `${SESSION}=${world.tenants[0].session}`;
      for (const site of ['cross-site', 'same-site']) {
        const attempt = { ...plain(route, 'any'), headers: { cookie, 'sec-fetch-site': site } };
        const answer = (await send(world.port, route.method, attempt))!;
        expect([answer.status, JSON.parse(answer.text).code]).toEqual([403, 'foreign_origin']);
      }
      expect(await digestOf(world.storage, null)).toBe(before);
    },
  );
});

/** Bodies of a route in which each text, one after another and all together, is `id`. */
const bodiesWith = (route: Route, id: string): readonly unknown[] => {
  if (route.body === null) return [null];
  const made = fc.sample(valuesOf(route.body, [id]), { numRuns: 4, seed: SEED });
  return [...made, ...made.map((one) => replaced(one, id))];
};

const replaced = (value: unknown, id: string): unknown => {
  if (typeof value === 'string') return id;
  if (Array.isArray(value)) return value.map((one) => replaced(one, id));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, id)]));
};

/** Addresses of a route with `id` in the path and in every parameter. */
const targetsWith = (route: Route, id: string): readonly string[] => {
  const path = route.path.replaceAll(/\{\w+\}/g, encodeURIComponent(id));
  const query = route.parameters.filter((one) => one.in === 'query');
  return query.length === 0
    ? [path]
    : [path, `${path}?${query.map(({ name }) => `${name}=${encodeURIComponent(id)}`).join('&')}`];
};

const attemptsWith = (route: Route, id: string): readonly Attempt[] =>
  targetsWith(route, id).flatMap((target) =>
    bodiesWith(route, id).map((body) => ({
      target,
      headers: { 'content-type': 'application/json' },
      body: body === null ? null : Buffer.from(JSON.stringify(body)),
      cut: false,
    })),
  );

/** The vendor itself says in the signed body whose account it speaks of: no tenant can. */
const SAID_BY_VENDOR = new Set(['/hubspot/actions/assign-lead', '/hubspot/webhooks', '/slack/events']);

/** Reads come first: what a tenant writes itself, other tenants' ids among it, it reads again afterwards. */
const IN_ORDER = ROUTES.filter(({ security, path }) => security !== null && !SAID_BY_VENDOR.has(path)).sort(
  (one, other) => Number(one.method !== 'GET') - Number(other.method !== 'GET'),
);

describe('across tenants', () => {
  let [alpha, beta]: AttackedTenant[] = [];
  let ids: readonly string[] = [];
  beforeAll(async () => {
    [alpha, beta] = world.tenants;
    ids = await knownIds(world.storage, alpha!.id, 2);
  });

  test('there is something of every kind to reach for', async () => {
    const kinds = ['dec_', 'asg_', 'con_', 'drf_', 'off_', 'snp_', 'adj_'];
    for (const kind of kinds) expect([kind, ids.some((id) => id.startsWith(kind))]).toEqual([kind, true]);
    // Its owner reaches them: what is refused below is refused for whose it is.
    for (const [path, kind] of [
      ['/api/v1/decisions/', 'dec_'],
      ['/api/v1/policy/drafts/', 'drf_'],
    ] as const) {
      const route = ROUTES.find((one) => one.method === 'GET' && one.path === `${path}{id}`)!;
      const own = ids.find((id) => id.startsWith(kind))!;
      const answer = (await send(world.port, 'GET', prove(route, plain(route, own), alpha!, world)))!;
      expect([path, answer.status]).toEqual([path, 200]);
    }
  });

  test.each(IN_ORDER.map((route) => [nameOf(route), route] as const))(
    '%s shows and changes nothing of another tenant',
    async (_name, route) => {
      const before = await digestOf(world.storage, alpha!.id);
      // Ids that mean the same thing to everybody (the names of pools, of reps) reach the caller's own.
      const secrets = ids.filter((id) => /^[a-z]{3}_/.test(id) && !id.startsWith('ten_'));
      for (const id of ids)
        for (const attempt of attemptsWith(route, id)) {
          const answer = await send(world.port, route.method, prove(route, attempt, beta!, world));
          if (answer === null) continue;
          const said = answer.text.replaceAll(id, '');
          const leaked = [alpha!.marker, ...secrets].filter((secret) => said.includes(secret));
          expect([attempt.target, leaked]).toEqual([attempt.target, []]);
          expect([attempt.target, answer.status < 500 || answer.status === 502]).toEqual([
            attempt.target,
            true,
          ]);
        }
      expect(await digestOf(world.storage, alpha!.id)).toBe(before);
    },
    60_000,
  );
});
