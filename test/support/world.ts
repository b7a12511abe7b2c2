/**
 * Fairlead as an operator runs it, between a HubSpot and a Slack that behave: the sandbox in this process, the service in its own,
 * set up through its HTTP API. Used by trials and benches, which kill the service and load it.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/create-sandbox.ts';
import { salesforceConnection } from './salesforce-connection.ts';
import { freePort, type Service, startService } from './service.ts';

export const PORTAL = 4_711_001;
export const HUBSPOT_SECRET = 'world-hubspot-secret';
const SLACK_SECRET = 'world-slack-secret';
const SLACK_TOKEN = 'xoxb-world';
const SLACK_SCOPES = ['chat:write', 'commands', 'users:read', 'users:read.email'];

export interface WorldOptions {
  /** Unset: the embedded database in a folder of its own. */
  readonly databaseUrl?: string;
  /** What the HubSpot account and the org are called; unset: World. */
  readonly name?: string;
  /** A number makes that many alike. */
  readonly reps: number | readonly WorldRep[];
  readonly policy: unknown;
  /** Reps can be reached in Slack; a number: so many of them. */
  readonly slack?: boolean | number;
  /** false: Slack takes messages as fast as they come. */
  readonly slackLimited?: boolean;
  /** The reps are users of a Salesforce org as well, whose Apex calls Fairlead. */
  readonly salesforce?: boolean;
  readonly sandbox?: Partial<SandboxOptions>;
  readonly settings?: Record<string, string>;
}

/** A rep as the directory takes them; HubSpot and Slack know the same person by the same e-mail. */
export interface WorldRep {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly timezone: string;
  readonly teams: readonly string[];
}

export interface World {
  readonly sandbox: Sandbox;
  readonly apiKey: string;
  readonly dataDir: string;
  /** The service as it runs now; another after `restart`. */
  readonly service: () => Service;
  /** Starts the service again on the same data and port, after a kill or a stop. */
  readonly restart: () => Promise<void>;
  /** Calls the service's API; throws on anything but 2xx. */
  readonly api: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  readonly hubspotConnection: string;
  /** Empty without Salesforce. */
  readonly salesforceConnection: string;
  readonly close: () => Promise<void>;
}

export const repId = (index: number): string => `rep-${index}`;
export const ownerId = (index: number): string => String(41_629_000 + index);
const email = (index: number): string => `rep.${index}@example.com`;

const alike = (count: number): readonly WorldRep[] =>
  Array.from({ length: count }, (_, index) => ({
    id: repId(index),
    name: `Rep ${index}`,
    email: email(index),
    timezone: 'America/New_York',
    teams: ['all'],
  }));

const people = (reps: readonly WorldRep[]) =>
  reps.map(({ name, email }, index) => ({
    email,
    firstName: name.split(' ')[0]!,
    lastName: name.split(' ').slice(1).join(' '),
    ownerId: ownerId(index),
    userId: 9_586_000 + index,
  }));

const slackUsers = (reps: readonly WorldRep[]) =>
  reps.map(({ name, email, timezone }, index) => ({
    id: `U${String(index).padStart(8, '0')}`,
    name: `rep${index}`,
    realName: name,
    email,
    tz: timezone,
    deleted: false,
  }));

/** Whoever the integration signs in as: it owns what it makes, and takes no leads. */
export const INTEGRATION_EMAIL = 'integration@example.com';

const orgOf = (name: string, reps: readonly WorldRep[]) => ({
  domain: 'world',
  name,
  timezone: 'America/New_York',
  users: [
    { email: INTEGRATION_EMAIL, firstName: 'Inte', lastName: 'Gration' },
    ...people(reps).map(({ email, firstName, lastName }) => ({
      email,
      firstName,
      lastName: lastName || 'Rep',
    })),
    { email: 'native@example.com', firstName: 'Native', lastName: 'Rule' },
  ],
  queues: [{ developerName: 'Holding', name: 'Holding', owns: ['Lead'], members: [INTEGRATION_EMAIL] }],
});

async function openSandbox(
  options: WorldOptions,
  reps: readonly WorldRep[],
  fairleadUrl: string,
): Promise<Sandbox> {
  return createSandbox({
    port: 0,
    fairleadUrl,
    hubspotClientSecret: HUBSPOT_SECRET,
    slackSigningSecret: SLACK_SECRET,
    accounts: [
      {
        portalId: PORTAL,
        name: options.name ?? 'World',
        timezone: 'America/New_York',
        people: people(reps),
        workflows: [],
      },
    ],
    ...(options.salesforce ? { orgs: [orgOf(options.name ?? 'World', reps)] } : {}),
    slack: {
      install: { token: SLACK_TOKEN, scopes: SLACK_SCOPES },
      users: slackUsers(typeof options.slack === 'number' ? reps.slice(0, options.slack) : reps),
      limited: options.slackLimited ?? true,
    },
    ...options.sandbox,
  });
}

/** Opens everything and waits until the service is ready and set up. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-world-'));
  const port = String(await freePort());
  const apiKey = `fl_${randomBytes(32).toString('base64url')}`;
  const reps = typeof options.reps === 'number' ? alike(options.reps) : options.reps;
  const sandbox = await openSandbox(options, reps, `http://127.0.0.1:${port}`);
  const settings = {
    PORT: port,
    DATA_DIR: dataDir,
    BOOTSTRAP_API_KEY: apiKey,
    BOOTSTRAP_TENANT_NAME: 'World',
    HUBSPOT_CLIENT_ID: sandbox.hubspot.app.clientId,
    HUBSPOT_CLIENT_SECRET: HUBSPOT_SECRET,
    HUBSPOT_API_URL: `${sandbox.url}/hubspot`,
    HUBSPOT_APP_URL: sandbox.url,
    ...(options.salesforce
      ? {
          SALESFORCE_CLIENT_ID: sandbox.salesforce.app.clientId,
          SALESFORCE_CLIENT_SECRET: sandbox.salesforce.app.clientSecret,
          SALESFORCE_LOGIN_URL: `${sandbox.url}/salesforce`,
          SALESFORCE_POLL_SECONDS: '5',
        }
      : {}),
    SLACK_SIGNING_SECRET: SLACK_SECRET,
    SLACK_API_URL: `${sandbox.url}/slack/api/`,
    ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
    ...options.settings,
  };
  let service = await startService(settings);

  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(service.url + path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return text === '' ? (undefined as T) : (JSON.parse(text) as T);
  };

  await api('PUT', '/api/v1/reps', reps);
  const hubspotConnection = await connectHubSpot(api, sandbox);
  const salesforceConnection = options.salesforce ? await connectSalesforce(api, sandbox) : '';
  if (options.slack) await connectSlack(api);
  await api('PUT', '/api/v1/policy', options.policy);

  return {
    sandbox,
    apiKey,
    dataDir,
    hubspotConnection,
    salesforceConnection,
    service: () => service,
    restart: async () => {
      service = await startService(settings);
    },
    api,
    close: async () => {
      await service.stop();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

type Api = World['api'];

async function connectHubSpot(api: Api, sandbox: Sandbox): Promise<string> {
  const granted = sandbox.hubspot.install(PORTAL);
  const { id } = await api<{ id: string }>('POST', '/api/v1/connections', {
    vendor: 'hubspot',
    externalId: String(PORTAL),
    name: 'World',
    scopes: granted.scopes,
    tokens: { refreshToken: granted.refreshToken },
  });
  await api('POST', `/api/v1/connections/${id}/sync`);
  return id;
}

async function connectSalesforce(api: Api, sandbox: Sandbox): Promise<string> {
  const granted = sandbox.salesforce.install(undefined, INTEGRATION_EMAIL);
  const { id, credential } = await api<{ id: string; credential: string }>(
    'POST',
    '/api/v1/connections',
    salesforceConnection(granted, 'World org'),
  );
  sandbox.salesforce.org().fairleadCredential = credential;
  await api('POST', `/api/v1/connections/${id}/sync`);
  return id;
}

/** A user's id in the org, by e-mail; empty: there is none. */
export const orgUser = ({ sandbox }: Pick<World, 'sandbox'>, email: string): string =>
  [...(sandbox.salesforce.org().tables.get('User')?.values() ?? [])].find(({ Email }) => Email === email)
    ?.Id ?? '';

async function connectSlack(api: Api): Promise<void> {
  const { id } = await api<{ id: string }>('POST', '/api/v1/connections', {
    vendor: 'slack',
    externalId: 'T0FAIRLEAD',
    name: 'World',
    scopes: SLACK_SCOPES,
    tokens: { accessToken: SLACK_TOKEN },
  });
  await api('POST', `/api/v1/connections/${id}/sync`);
}
