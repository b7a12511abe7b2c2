/**
 * Which operations of the vendors the connectors use, and what each is held against. Recorded from the connectors
 * themselves at work: leads that come in, enter, are converted, go; people, fields and pushes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PATHS as HUBSPOT_PATHS } from '../../server/crm/hubspot/facts.ts';
import { PATHS as PIPEDRIVE_PATHS } from '../../server/crm/pipedrive/facts.ts';
import { PATHS as ZOHO_PATHS } from '../../server/crm/zoho/facts.ts';
import { SCENARIO_CRMS } from '../scenario/crms/all.ts';
import type { ScenarioCrm } from '../scenario/scenario-crm.ts';
import { openScenarioWorld, type ScenarioWorld } from '../scenario/scenario-world.ts';
import { openTestDatabase } from '../support/databases.ts';
import { vendorSpecs } from '../support/vendor-specs.ts';

type Vendor = ScenarioCrm['vendor'];

/** `GET /v1/leads/{id}` as a vendor's description has it. */
interface Described {
  readonly method: string;
  readonly path: string;
  readonly file: string;
}

const specs = vendorSpecs() ?? '';

const openApi = (vendor: string): readonly Described[] =>
  readdirSync(join(specs, vendor))
    .filter((file) => file.endsWith('.json') && !file.includes('sample'))
    .flatMap((file) => {
      const { paths = {} } = JSON.parse(readFileSync(join(specs, vendor, file), 'utf8')) as {
        paths?: Record<string, object>;
      };
      return Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path, file })),
      );
    });

const endpointList = (file: string, prefix: string): readonly Described[] =>
  readFileSync(join(specs, 'pipedrive', file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([, method, path]) => ({ method: method!, path: prefix + path!, file }));

/** Where a vendor publishes a description we have; else why there is none. */
const DESCRIBED: Readonly<Record<Vendor, (() => readonly Described[]) | string>> = {
  hubspot: () => openApi('hubspot'),
  zoho: () => openApi('zoho'),
  pipedrive: () => [
    ...endpointList('endpoints-v1.csv', '/v1'),
    ...endpointList('endpoints-v2.csv', '/api/v2'),
  ],
  salesforce:
    'the REST API has no machine-readable description; its Pub/Sub API is held against pubsub_api.proto',
  dynamics: 'each environment describes its own tables ($metadata); pushes are held against the sample',
};

/** Token endpoints lie outside what the descriptions describe. */
const OAUTH = /\/oauth\/|\/oauth2\//;

const findIn = (described: readonly Described[], method: string, path: string): Described | undefined => {
  const fits = (one: Described) =>
    one.method === method &&
    new RegExp(`^${one.path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path);
  return described.filter(fits).sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
};

/** Where the stand-in stands in for each of the vendor's hosts. */
const MOUNT: Readonly<Record<Vendor, RegExp>> = {
  hubspot: /^\/hubspot(?=\/)/,
  salesforce: /^\/salesforce(\/scenarios)?(?=\/)/,
  dynamics: /^\/dynamics(\/scenarios)?(?=\/)/,
  zoho: /^\/zoho\/[^/]+(?=\/)/,
  pipedrive: /^\/pipedrive(\/scenarios)?(?=\/)/,
};

/** What the connector asks of the stand-in from now on. */
const record = (vendor: Vendor, origin: () => string) => {
  const seen = new Set<string>();
  const real = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const ours = url.origin === origin() && MOUNT[vendor].test(url.pathname);
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
    if (ours) seen.add(`${method} ${url.pathname.replace(MOUNT[vendor], '')}`);
    return real(input, init);
  });
  return seen;
};

interface Row {
  readonly operation: string;
  readonly against: string;
}

/** A row per operation; ids in its address are left out where a description names the place. */
const coverage = (vendor: Vendor, seen: ReadonlySet<string>): readonly Row[] => {
  const known = DESCRIBED[vendor];
  const described = typeof known === 'string' ? [] : known();
  const rows = [...seen].map((operation): Row => {
    const [method = '', path = ''] = operation.split(' ');
    if (OAUTH.test(path)) return { operation, against: 'nothing: a token endpoint' };
    if (typeof known === 'string') return { operation: withoutIds(operation), against: `nothing: ${known}` };
    const found = findIn(described, method, path);
    return found
      ? { operation: `${method} ${found.path}`, against: found.file }
      : { operation, against: 'MISSING' };
  });
  return [...new Map(rows.map((row) => [row.operation, row])).values()].sort((a, b) =>
    a.operation < b.operation ? -1 : 1,
  );
};

const withoutIds = (operation: string): string =>
  operation.replace(/\([^)]*\)|(?<=\/)(00[\w]{13,16}|[\da-f-]{36})(?=\/|$)/g, '{id}');

const settled = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 60_000, interval: 100 });

/** Custom fields are asked for where a policy names some. */
const readCustomField = async (
  { api, pass, alerts }: ScenarioWorld,
  { vendor }: ScenarioCrm,
): Promise<void> => {
  if (vendor !== 'pipedrive') return;
  const { document } = await api<{ document: { fields: object } }>('GET', '/api/v1/policy');
  const custom = Object.fromEntries(
    ['lead', 'person', 'organization'].map((kind) => [
      `own_${kind}`,
      { type: 'text', pipedrive: `${kind}.${'ab'.repeat(20)}` },
    ]),
  );
  await api('PUT', '/api/v1/policy', { ...document, fields: { ...document.fields, ...custom } });
  await settled(async () => {
    await pass(600_000);
    expect((await alerts()).map(({ kind }) => kind)).toContain('source_missing');
  });
};

/** Every path the connectors of described vendors know, whether or not a day with the CRM needs it. */
const KNOWN: Partial<Readonly<Record<Vendor, Readonly<Record<string, unknown>>>>> = {
  hubspot: HUBSPOT_PATHS,
  zoho: ZOHO_PATHS,
  pipedrive: PIPEDRIVE_PATHS,
};
/** What their places are filled with: a type or a module first, then ids and lists. */
const PLACES: Partial<Readonly<Record<Vendor, readonly string[]>>> = {
  hubspot: ['contact', 'company'],
  zoho: ['Leads', '1', 'Notes'],
  pipedrive: ['1', '2'],
};

/** By any method: which one is used is told by who was seen to use it. */
const undescribed = (vendor: Vendor): readonly string[] => {
  const known = DESCRIBED[vendor];
  if (typeof known === 'string') return [];
  const described = known();
  const paths = Object.values(KNOWN[vendor] ?? {}).map((path) =>
    typeof path === 'function' ? String(path(...(PLACES[vendor] ?? []))) : String(path),
  );
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const isDescribed = (path: string) =>
    OAUTH.test(path) || methods.some((method) => findIn(described, method, path) !== undefined);
  return paths.filter((path) => !isDescribed(path));
};

/** A day with the CRM: everything the connector does by itself. */
const liveThrough = async ({ account, api, pass, standing }: ScenarioWorld): Promise<void> => {
  const id = account.arrive({ email: 'one@example.org' });
  await settled(async () => expect(await standing(id)).toMatchObject({ state: 'assigned', written: 'done' }));
  const email = 'two@example.org';
  await api('POST', '/api/v1/leads', { fields: { country: 'US', email }, person: { name: 'Two', email } });
  await settled(() => expect(account.withEmail(email).length).toBeGreaterThan(0));
  account.convert?.(account.arrive({ email: 'three@example.org' }));
  account.remove(account.arrive({ email: 'four@example.org' }));
  for (let hour = 0; hour < 3; hour++) await pass(3_600_000);
};

afterEach(() => vi.restoreAllMocks());

describe.skipIf(specs === '').each(SCENARIO_CRMS)('$name', (crm) => {
  test('every operation used is described, where there is a description', { timeout: 180_000 }, async () => {
    let origin = '';
    const seen = record(crm.vendor, () => origin);
    const settings: ScenarioCrm['settings'] = (sandbox) => {
      origin = sandbox.url;
      return crm.settings(sandbox);
    };
    const world = await openScenarioWorld({ ...crm, settings }, await openTestDatabase('pglite'));
    try {
      await readCustomField(world, crm);
      await liveThrough(world);
      if (crm.vendor === 'hubspot')
        for (const route of Object.keys(world.sandbox.hubspot.stats().byRoute)) seen.add(route);
    } finally {
      await world.close();
    }
    const rows = coverage(crm.vendor, seen);
    console.table(rows);
    expect(rows.length).toBeGreaterThan(4);
    expect(rows.filter(({ against }) => against === 'MISSING')).toEqual([]);
    expect(undescribed(crm.vendor)).toEqual([]);
  });
});
