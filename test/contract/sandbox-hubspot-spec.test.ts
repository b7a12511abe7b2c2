/**
 * The stand-in's replies, and the requests it takes, against HubSpot's own OpenAPI files. Prints which operations were
 * checked and which are not served. Without the files (FAIRLEAD_SHARED, or ../shared) nothing can be checked, and says so.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSpecValidator, findOperation, readOperations } from '../support/hubspot-specs.ts';
import { ANNA, type OpenSandbox, openSandbox } from '../support/sandbox-account.ts';
import { vendorSpecs } from '../support/vendor-specs.ts';

const folder = vendorSpecs('hubspot') ?? '';

const FILES = [
  'contacts',
  'companies',
  'deals',
  'leads',
  'users',
  'owners',
  'associations',
  'properties',
  'pipelines',
  'oauth',
  'accountInfo',
  'actionsV4',
  'appUninstalls',
];

/** Not served, and why. Everything else that is not called below is a gap. */
const NOT_SERVED: readonly (readonly [RegExp, string])[] = [
  [/^\/automation\/actions\/2026-03\/\{appId\}/, 'managed by the developer project, never called'],
  [/high-usage-report|private-apps/, 'reports, never called'],
  [/labels/, 'labelled associations, never called'],
  [/associations\/2026-03\/.*(archive|associate\/default)$/, 'associations are not taken away'],
  [/\/associations\/\{toObjectType\}/, 'single associations: the batch endpoints are used'],
  [/\{objectType\}\/search$/, 'served and checked under each object type'],
  [/properties\/.*(archive|batch\/read)$/, 'definitions are not taken away, and read as a list'],
  [/properties\/.*groups\/\{groupName\}$/, 'groups are listed and made'],
  [/pipelines\/.*(stages|audit|\{pipelineId\})/, 'pipelines are read as a list'],
];

describe.skipIf(folder === '')('against the OpenAPI files', () => {
  const operations = folder === '' ? [] : readOperations(folder, FILES);
  const validate = createSpecValidator();
  const checked = new Map<string, Set<number>>();
  let sandbox: OpenSandbox;

  beforeAll(async () => {
    sandbox = await openSandbox({ limits: { perTenSeconds: null, searchPerSecond: null } });
  });
  afterAll(async () => {
    await sandbox?.close();
    report();
  });

  const note = (method: string, path: string, status: number, sent: unknown, body: unknown): void => {
    const operation = findOperation(operations, method, path);
    if (!operation) throw new Error(`${method} ${path} is in none of HubSpot's files`);
    const key = `${operation.method} ${operation.path}`;
    checked.set(key, (checked.get(key) ?? new Set()).add(status));
    expect(validate.reply(operation, status, body), `reply of ${key} (${status})`).toEqual([]);
    if (status < 300 && sent !== undefined)
      expect(validate.request(operation, sent), `request of ${key}`).toEqual([]);
  };

  /** Calls, expects the status, and checks reply and accepted request. */
  const call = async (
    method: string,
    path: string,
    status: number,
    body?: unknown,
    bearer?: string | null,
  ) => {
    const reply = await sandbox.call(method, path, body, bearer === undefined ? sandbox.token : bearer);
    expect(reply.status, `${method} ${path}: ${JSON.stringify(reply.body)}`).toBe(status);
    note(method, path, reply.status, body, reply.body);
    return reply.body;
  };

  const contactOf = () =>
    sandbox.contact({ email: `c${Math.random()}@example.com`, lifecyclestage: 'customer' });
  const toContact = (id: string, associationTypeId: number) => [
    { to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] },
  ];

  const TYPES: readonly (readonly [
    string,
    () => Readonly<Record<string, unknown>>,
    Readonly<Record<string, string>>,
  ])[] = [
    ['contacts', () => ({ properties: { email: `n${Math.random()}@example.com` } }), { firstname: 'Ada' }],
    ['companies', () => ({ properties: { name: 'Kestrel' } }), { industry: 'Freight' }],
    ['0-3', () => ({ properties: { dealname: 'First', amount: '10' } }), { hubspot_owner_id: ANNA }],
    [
      'leads',
      () => ({ properties: { hs_lead_name: 'L' }, associations: toContact(contactOf(), 578) }),
      { hs_lead_label: 'HOT' },
    ],
  ];

  test.each(TYPES)(
    '%s: create, read, list, change, batches, search, archive',
    async (type, create, change) => {
      const base = `/crm/objects/2026-03/${type}`;
      const { id } = await call('POST', base, 201, create());
      const other = await call('POST', base, 201, create());
      await call(
        'GET',
        `${base}/${id}?propertiesWithHistory=${Object.keys(change)[0]}&associations=companies`,
        200,
      );
      await call('GET', `${base}/99`, 404);
      await call('GET', `${base}?limit=1`, 200);
      await call('PATCH', `${base}/${id}`, 200, { properties: change });
      await call('PATCH', `${base}/${id}`, 400, { properties: { nonsense: '1' } });
      await call('PATCH', `${base}/99`, 404, { properties: change });
      const names = { properties: Object.keys(change), propertiesWithHistory: Object.keys(change) };
      await call('POST', `${base}/batch/read`, 200, { inputs: [{ id }], ...names });
      await call('POST', `${base}/batch/read`, 207, { inputs: [{ id }, { id: '99' }], ...names });
      await call('POST', `${base}/batch/update`, 200, { inputs: [{ id, properties: change }] });
      await call('POST', `${base}/batch/update`, 207, { inputs: [{ id: '99', properties: change }] });
      await call('POST', `${base}/batch/create`, 201, { inputs: [create()] });
      const bad = { ...create(), properties: { nonsense: '1' }, objectWriteTraceId: 'b' };
      await call('POST', `${base}/batch/create`, 207, {
        inputs: [{ ...create(), objectWriteTraceId: 'a' }, bad],
      });
      await call('POST', `${base}/search`, 200, {
        filterGroups: [{ filters: [{ propertyName: 'hs_object_id', operator: 'EQ', value: id }] }],
        properties: ['hubspot_owner_id'],
        sorts: ['-hs_object_id'],
        limit: 1,
        after: '0',
      });
      await call('POST', `${base}/search`, 400, {
        filterGroups: [{ filters: [{ propertyName: 'x', operator: 'ODD' }] }],
      });
      if (type !== 'leads')
        await call('POST', `${base}/merge`, 200, { primaryObjectId: id, objectIdToMerge: other.id });
      await call('DELETE', `${base}/${id}`, 204);
      await call('POST', `${base}/batch/archive`, 204, { inputs: [{ id }] });
    },
  );

  test('upserts by a unique property, for each type', async () => {
    for (const type of ['contacts', 'companies', '0-3', 'leads'] as const) {
      const group = { contacts: 'contact', companies: 'company', '0-3': 'deal', leads: 'lead' }[type];
      const property = {
        name: 'ref',
        label: 'Ref',
        type: 'string',
        fieldType: 'text',
        groupName: `${group}information`,
        hasUniqueValue: true,
      };
      const schemas = sandbox.hubspot.install(undefined, [
        'oauth',
        'crm.objects.leads.write',
        'crm.schemas.contacts.write',
        'crm.schemas.companies.write',
        'crm.schemas.deals.write',
      ]).token;
      await call('POST', `/crm/properties/2026-03/${type}`, 201, property, schemas);
      const base = `/crm/objects/2026-03/${type}`;
      const existing = type === 'leads' ? { hs_lead_name: 'L', ref: 'r1' } : { ref: 'r1' };
      await call('POST', base, 201, {
        properties: existing,
        ...(type === 'leads' ? { associations: toContact(contactOf(), 578) } : {}),
      });
      await call('POST', `${base}/batch/upsert`, 200, {
        inputs: [{ id: 'r1', idProperty: 'ref', properties: {} }],
      });
      await call('POST', `${base}/batch/upsert`, 207, {
        inputs: [{ id: 'r1', idProperty: 'ref', properties: { nonsense: '1' } }],
      });
    }
  });

  test('erasing a contact', async () => {
    await call('POST', '/crm/objects/2026-03/contacts/gdpr-delete', 204, { objectId: contactOf() });
  });

  test('users', async () => {
    const base = '/crm/objects/2026-03/users';
    const page = await call('GET', `${base}?properties=hs_working_hours,hs_internal_user_id&limit=5`, 200);
    const { id } = page.results[0];
    await call('GET', `${base}/${id}`, 200);
    await call('POST', `${base}/batch/read`, 200, {
      inputs: [{ id }],
      properties: ['hs_availability_status'],
      propertiesWithHistory: [],
    });
    await call('POST', `${base}/search`, 200, {
      filterGroups: [],
      properties: [],
      sorts: [],
      limit: 5,
      after: '0',
    });
    await call('PATCH', `${base}/${id}`, 403, { properties: { hs_job_title: 'x' } });
  });

  test('owners, account, pipelines', async () => {
    const page = await call('GET', '/crm/owners/2026-03?limit=1', 200);
    await call('GET', `/crm/owners/2026-03?limit=500&after=${page.paging.next.after}&archived=false`, 200);
    await call('GET', '/crm/owners/2026-03?archived=true', 200);
    await call('GET', `/crm/owners/2026-03/9001?idProperty=userId`, 200);
    await call('GET', '/crm/owners/2026-03/77', 404);
    await call('GET', '/crm/owners/2026-03', 401, undefined, null);
    await call('GET', '/account-info/2026-03/details', 200);
    await call('GET', '/crm/pipelines/2026-03/leads', 200);
    await call('GET', '/crm/pipelines/2026-03/deals', 200);
  });

  test('property definitions and groups', async () => {
    const base = '/crm/properties/2026-03/contacts';
    await call('POST', `${base}/groups`, 201, { name: 'fairlead', label: 'Fairlead' });
    await call('POST', `${base}/groups`, 409, { name: 'fairlead', label: 'Fairlead' });
    await call('GET', `${base}/groups`, 200);
    const input = {
      name: 'fairlead_reason',
      label: 'Why',
      type: 'string',
      fieldType: 'textarea',
      groupName: 'fairlead',
    };
    await call('POST', base, 201, input);
    await call('POST', `${base}/batch/create`, 207, { inputs: [input, { ...input, name: 'fairlead_rule' }] });
    await call('POST', `${base}/batch/create`, 201, { inputs: [{ ...input, name: 'fairlead_pool' }] });
    await call('GET', base, 200);
    await call('GET', `${base}/fairlead_reason`, 200);
    await call('GET', `${base}/nothing`, 404);
    await call('PATCH', `${base}/fairlead_reason`, 200, { label: 'Reason' });
  });

  test('associations', async () => {
    const [contact, company] = [
      contactOf(),
      sandbox.hubspot.create({ objectType: 'companies', properties: {} }).id,
    ];
    const base = '/crm/associations/2026-03/contacts/companies/batch';
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 }];
    await call('POST', `${base}/create`, 201, {
      inputs: [{ from: { id: contact }, to: { id: company }, types }],
    });
    await call('POST', `${base}/read`, 200, { inputs: [{ id: contact }] });
    await call('POST', `${base}/read`, 207, { inputs: [{ id: contact }, { id: contactOf() }] });
    await call(
      'PUT',
      `/crm/objects/2026-03/contacts/${contact}/associations/default/companies/${company}`,
      200,
    );
  });

  test('completions', async () => {
    const outputFields = { hs_execution_state: 'SUCCESS' };
    const base = '/automation/actions/callbacks/2026-03';
    await call('POST', `${base}/ap-1/complete`, 404, { outputFields, typedOutputs: {} });
    await call('POST', `${base}/complete`, 404, {
      inputs: [{ callbackId: 'ap-1', outputFields, typedOutputs: {} }],
    });
  });

  test('tokens and uninstall', async () => {
    const form = async (path: string, fields: Readonly<Record<string, string>>, status: number) => {
      const client = { client_id: 'sandbox-hubspot-client', client_secret: 'sandbox-hubspot-secret' };
      const body = new URLSearchParams({ ...client, ...fields });
      const reply = await fetch(`${sandbox.url}/hubspot${path}`, { method: 'POST', body });
      expect(reply.status).toBe(status);
      const text = await reply.text();
      // Errors of the token endpoint have RFC 6749's shape, which the file does not describe.
      if (status === 200) note('POST', path, status, { ...client, ...fields }, JSON.parse(text));
      return text;
    };
    const granted = sandbox.hubspot.install();
    await form(
      '/oauth/2026-03/token',
      { grant_type: 'refresh_token', refresh_token: granted.refreshToken },
      200,
    );
    await form('/oauth/2026-03/token', { grant_type: 'refresh_token', refresh_token: 'x' }, 400);
    await form(
      '/oauth/2026-03/token/introspect',
      { token_type_hint: 'access_token', token: granted.token },
      200,
    );
    await form(
      '/oauth/2026-03/token/introspect',
      { token_type_hint: 'refresh_token', token: granted.refreshToken },
      200,
    );
    await form(
      '/oauth/2026-03/token/revoke',
      { token_type_hint: 'refresh_token', token: granted.refreshToken },
      204,
    );
    await call('DELETE', '/appinstalls/2026-09/external-install', 204);
  });

  const report = (): void => {
    const unique = [...new Map(operations.map((one) => [`${one.method} ${one.path}`, one])).values()];
    const lines = unique.map(({ method, path }) => {
      const statuses = checked.get(`${method} ${path}`);
      const why = NOT_SERVED.find(([pattern]) => pattern.test(path))?.[1] ?? 'not called by Fairlead';
      return `${method.padEnd(6)} ${path.padEnd(95)} ${statuses ? `checked ${[...statuses].sort().join(', ')}` : `– ${why}`}`;
    });
    console.log(
      `HubSpot stand-in against its OpenAPI files: ${checked.size} of ${unique.length} operations checked\n${lines.join('\n')}`,
    );
  };
});
