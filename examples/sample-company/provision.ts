import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Api, createApi } from './api.ts';
import {
  type Granted,
  grantHubSpot,
  grantSalesforce,
  grantSlack,
  type SalesforceApp,
  type VendorApp,
} from './consent.ts';

export interface ProvisionOptions {
  readonly fairleadUrl: string;
  readonly apiKey: string;
  readonly hubspot: VendorApp;
  readonly slack: VendorApp;
  readonly salesforce: SalesforceApp & {
    /** Puts what Fairlead gave for the org into its named credential. */
    readonly keepCredential: (credential: string) => Promise<void>;
  };
  /** Told what is being done, for people who wait. */
  readonly say: (line: string) => void;
}

/** What was put in place. */
export interface Provisioned {
  readonly reps: number;
  readonly people: number;
  readonly policyVersion: number;
}

const HUBSPOT_SCOPES = [
  'oauth',
  'automation',
  'crm.objects.owners.read',
  'crm.objects.users.read',
  ...['contacts', 'companies', 'deals', 'leads'].flatMap((type) => [
    `crm.objects.${type}.read`,
    `crm.objects.${type}.write`,
  ]),
  ...['contacts', 'companies', 'deals'].map((type) => `crm.schemas.${type}.write`),
];
const SLACK_SCOPES = ['chat:write', 'commands', 'users:read', 'users:read.email'];

const textOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Connects with freshly granted tokens. For an account known already Fairlead replaces them. */
const connect = async (api: Api, vendor: string, granted: Granted): Promise<string> =>
  (await api.post<{ id: string }>('/api/v1/connections', { vendor, ...granted })).id;

/** Reps and policy are put only where there are none: what people edited stays theirs. */
const ensureReps = async (api: Api): Promise<number> => {
  const known = await api.get<readonly unknown[]>('/api/v1/reps');
  if (known.length > 0) return known.length;
  const reps = parse(textOf('reps.yaml')) as readonly unknown[];
  await api.put('/api/v1/reps', reps);
  return reps.length;
};

/** The version in force; 0 is none. */
const livePolicy = async (api: Api): Promise<number> =>
  (await api.get<{ tenant: { policyVersion: number } }>('/api/v1/overview')).tenant.policyVersion;

const publishPolicy = async (api: Api): Promise<number> =>
  (await api.put<{ version: number }>('/api/v1/policy', textOf('policy.yaml'), 'text/yaml')).version;

/** The org's named credential gets a new secret each time: the one before may be lost with the sandbox's data. */
const connectSalesforce = async (api: Api, app: ProvisionOptions['salesforce']): Promise<string> => {
  const id = await connect(api, 'salesforce', await grantSalesforce(app));
  const { credential } = await api.post<{ credential: string }>(`/api/v1/connections/${id}/credential`, {});
  await app.keepCredential(credential);
  return id;
};

const syncPeople = async (api: Api, connection: string): Promise<number> =>
  (await api.post<{ people: number }>(`/api/v1/connections/${connection}/sync`, {})).people;

/**
 * Sets Harbour Software up through Fairlead's HTTP API alone: reps, the three connections, people, policy. Running it
 * again renews the connections' tokens and leaves reps and policy as people have them.
 */
export const provision = async (options: ProvisionOptions): Promise<Provisioned> => {
  const { fairleadUrl, apiKey, hubspot, salesforce, slack, say } = options;
  const api = createApi(fairleadUrl, apiKey);
  const reps = await ensureReps(api);
  say(`${reps} reps`);
  const portal = await connect(api, 'hubspot', await grantHubSpot(hubspot, HUBSPOT_SCOPES));
  const org = await connectSalesforce(api, salesforce);
  const chat = await connect(api, 'slack', await grantSlack(slack, SLACK_SCOPES));
  const [people] = await Promise.all([syncPeople(api, portal), syncPeople(api, org), syncPeople(api, chat)]);
  say(`HubSpot, Salesforce and Slack connected, ${people} people found`);
  const policyVersion = (await livePolicy(api)) || (await publishPolicy(api));
  say(`policy version ${policyVersion} in force`);
  return { reps, people, policyVersion };
};
