import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeNewId } from '../../../server/base/ids.ts';
import { ALL_PERMISSIONS } from '../../../server/base/permissions.ts';
import { composeService } from '../../../server/compose.ts';
import { readConfig } from '../../../server/config.ts';
import { type Keyring, readKeyring } from '../../../server/installs/keyring.ts';
import { createPushSecrets } from '../../../server/installs/push-secrets.ts';
import { createApiKeys } from '../../../server/storage/directory/api-keys.ts';
import { createSessions } from '../../../server/storage/directory/sessions.ts';
import { createTenants } from '../../../server/storage/directory/tenants.ts';
import type { Storage } from '../../../server/storage/storage.ts';
import { POLICY, REPS } from '../../http/open-service.ts';
import { roundRobin } from '../round-robin.ts';
import { createUnderWay } from './under-way.ts';

const KEYS = `k:${Buffer.alloc(32, 9).toString('base64')}`;
export const SECRETS = {
  hubspot: 'attacked-hubspot-secret',
  slack: 'attacked-slack-secret',
  pipedriveId: 'attacked-pipedrive-id',
  pipedrive: 'attacked-pipedrive-secret',
} as const;

/** One of the two tenants: its key, session, accounts and what it holds. */
export interface AttackedTenant {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly keyId: string;
  readonly session: string;
  readonly accounts: Readonly<Record<Vendor, { readonly connection: string; readonly externalId: string }>>;
  /** Of its Salesforce org. */
  readonly orgCredential: () => string;
  /** Puts accounts, reps, policy and credential back as they were, with a lead of each fate and an open draft. */
  readonly restore: () => Promise<void>;
  /** Nowhere but in this tenant's data; whoever else reads it has broken in. */
  readonly marker: string;
}

const VENDORS = ['hubspot', 'salesforce', 'dynamics', 'zoho', 'pipedrive', 'slack'] as const;
type Vendor = (typeof VENDORS)[number];

/** Every vendor at once: it refuses whatever it is asked, at once. */
const openRefusingVendor = async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end('{"error": "invalid_grant", "status": "BAD_REFRESH_TOKEN", "ok": false}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
};

const policyOf = (marker: string) => ({
  ...POLICY,
  name: `${marker} inbound`,
  queues: [{ id: 'holding', name: `${marker} queue` }],
  pools: [
    roundRobin('all', `${marker} everybody`, 'dana', 'sam'),
    roundRobin('large', `${marker} enterprise`, 'dana'),
  ],
  rules: [
    ...POLICY.rules,
    {
      id: 'offered',
      name: `${marker} offered`,
      when: { field: 'country', op: 'eq', value: 'GB' },
      then: [
        {
          pool: 'all',
          give: 'offer',
          claimWithin: 'PT1H',
          clock: 'elapsed',
          meanwhile: { queue: 'holding' },
        },
      ],
    },
  ],
});

/**
 * The whole service with two tenants full of data, listening on this machine. Nothing runs by itself: what changes,
 * a request changed.
 */
export const openAttackedWorld = async (storage: Storage, settings: Record<string, string> = {}) => {
  const vendor = await openRefusingVendor();
  const config = readConfig({
    DATA_DIR: '/nonexistent',
    FAIRLEAD_KEYS: KEYS,
    LOG_LEVEL: 'silent',
    PUBLIC_BASE_URL: 'https://leads.example.com',
    HUBSPOT_CLIENT_ID: 'attacked-hubspot-id',
    HUBSPOT_CLIENT_SECRET: SECRETS.hubspot,
    HUBSPOT_API_URL: vendor.url,
    SALESFORCE_CLIENT_ID: 'id',
    SALESFORCE_CLIENT_SECRET: 'secret',
    SALESFORCE_LOGIN_URL: vendor.url,
    DYNAMICS_CLIENT_ID: 'id',
    DYNAMICS_CLIENT_SECRET: 'secret',
    DYNAMICS_LOGIN_URL: vendor.url,
    ZOHO_CLIENT_ID: 'id',
    ZOHO_CLIENT_SECRET: 'secret',
    ZOHO_ACCOUNTS_URL: vendor.url,
    PIPEDRIVE_CLIENT_ID: SECRETS.pipedriveId,
    PIPEDRIVE_CLIENT_SECRET: SECRETS.pipedrive,
    PIPEDRIVE_OAUTH_URL: vendor.url,
    SLACK_SIGNING_SECRET: SECRETS.slack,
    SLACK_CLIENT_ID: 'id',
    SLACK_CLIENT_SECRET: 'secret',
    SLACK_API_URL: `${vendor.url}/`,
    // What is tried here is everything but the limits.
    ...Object.fromEntries(
      ['READS', 'CHANGES', 'EXPENSIVE', 'FAILURES', 'INSTALLS'].map((name) => [
        `LIMIT_${name}`,
        '1000000000',
      ]),
    ),
    ...settings,
  });
  const service = await composeService(config, { storage });
  const underWay = createUnderWay();
  const server = createServer((request, response) => {
    underWay.watch(response);
    service.app(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const tenants = [
    await fillTenant('alpha', 1, { storage, url, vendorUrl: vendor.url }),
    await fillTenant('beta', 2, { storage, url, vendorUrl: vendor.url }),
  ] as const;
  return {
    url,
    port,
    storage,
    tenants,
    pushSecretOf: pushSecretsOf(readKeyring(KEYS)).of,
    /** Resolves once every request has come to its end, also where nobody waits for the answer any more. */
    settled: underWay.settled,
    close: async () => {
      server.closeAllConnections();
      vendor.server.closeAllConnections();
      server.close();
      vendor.server.close();
      await service.stop();
    },
  };
};

export type AttackedWorld = Awaited<ReturnType<typeof openAttackedWorld>>;

/** Those of the keys themselves, which hold beside the root's. */
const pushSecretsOf = (keyring: Keyring) => createPushSecrets(keyring.keys.get(keyring.active)!, keyring);

interface Around {
  readonly storage: Storage;
  readonly url: string;
  readonly vendorUrl: string;
}

const accountOf = (vendor: Vendor, n: number, vendorUrl: string) => {
  const guid = `00000000-0000-4000-8000-00000000000${n}`;
  const accounts = {
    hubspot: { externalId: `100${n}`, settings: {} },
    salesforce: { externalId: `00D00000000000${n}EAA`, settings: { instanceUrl: vendorUrl } },
    dynamics: { externalId: guid, settings: { url: vendorUrl, tenantId: guid, flow: 'delegated' } },
    zoho: { externalId: `300${n}`, settings: { apiDomain: vendorUrl, accountsServer: vendorUrl } },
    pipedrive: { externalId: `400${n}`, settings: { apiDomain: vendorUrl, userId: `90${n}` } },
    slack: { externalId: `T00${n}`, settings: {} },
  };
  return accounts[vendor];
};

const fillTenant = async (
  name: string,
  n: number,
  { storage, url, vendorUrl }: Around,
): Promise<AttackedTenant> => {
  const id = `ten_${name}`;
  const marker = `marker-of-${name}`;
  await createTenants(storage).create({ id, name: marker });
  const made = await createApiKeys(storage, makeNewId()).create({
    tenantId: id,
    name: 'attacked',
    scopes: ALL_PERMISSIONS,
    madeBy: 'console',
    expiresAt: null,
  });
  if (made === null) throw new Error('there is a key of that name');
  const { id: keyId, key } = made;
  const holder = { tenantId: id, subject: 'console', role: 'owner', personId: null, agent: null } as const;
  const session = await createSessions(storage).open(holder, 3_600_000_000);
  const api = async (method: string, path: string, body?: unknown): Promise<Record<string, string>> => {
    const reply = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as Record<string, string>;
  };
  const accounts: Partial<Record<Vendor, { connection: string; externalId: string }>> = {};
  let orgCredential = '';
  const connect = async (vendor: Vendor): Promise<void> => {
    const account = accountOf(vendor, n, vendorUrl);
    const made = await api('POST', '/connections', {
      vendor,
      name: `${marker} ${vendor}`,
      scopes: [],
      tokens: { accessToken: `${marker}-access-${vendor}`, refreshToken: `${marker}-refresh-${vendor}` },
      ...account,
    });
    accounts[vendor] = { connection: made.id ?? '', externalId: account.externalId };
  };
  const person = { name: `${marker} Lead`, company: `${marker} Ltd`, email: `${name}@example.org` };
  const restore = async (): Promise<void> => {
    // Disconnected by an attempt, or left by its vendor: what calls for an account would be refused for that alone.
    for (const vendor of VENDORS) await connect(vendor);
    // Rules of publishing that an attempt set would stop us as well.
    await storage.withTenant(id, (trx) =>
      trx.updateTable('lane').set({ mode: 'live', publishing: '{}' }).execute(),
    );
    await api('PUT', '/reps', [
      ...REPS.map((rep) => ({ ...rep, name: `${marker} ${rep.name}` })),
      { id: 'leaving', name: `${marker} Leaving`, email: 'leaving@example.com' },
    ]);
    await api('PUT', '/policy', policyOf(marker));
    for (const country of ['US', 'DE', 'FR', 'GB'])
      await api('POST', '/leads', { fields: { country, employees: 12 }, person, source: marker });
    await api('POST', '/policy/drafts', { text: JSON.stringify(policyOf(marker)) });
    const issued = await api('POST', `/connections/${accounts.salesforce?.connection}/credential`);
    orgCredential = issued.credential ?? '';
  };
  await restore();
  await api('POST', '/leads', { fields: { country: 'US', employees: 5_000 }, person });
  await api('POST', '/pools/all/adjustments', { rep: 'dana', leads: 1, reason: marker });
  await api('POST', '/reps/leaving/offboarding', {});
  return {
    id,
    name,
    key,
    keyId,
    session,
    marker,
    orgCredential: () => orgCredential,
    restore,
    accounts: accounts as AttackedTenant['accounts'],
  };
};
