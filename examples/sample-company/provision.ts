import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Api, createApi } from './api.ts';
import { type DynamicsEnvironment, grantDynamics } from './grants/dynamics.ts';
import type { Granted, VendorApp } from './grants/granted.ts';
import { grantHubSpot } from './grants/hubspot.ts';
import { grantPipedrive } from './grants/pipedrive.ts';
import { grantSalesforce, type SalesforceApp } from './grants/salesforce.ts';
import { grantSlack } from './grants/slack.ts';
import { grantZoho } from './grants/zoho.ts';

export interface ProvisionOptions {
  readonly fairleadUrl: string;
  readonly apiKey: string;
  readonly hubspot: VendorApp;
  readonly slack: VendorApp;
  readonly salesforce: SalesforceApp & {
    /** Puts what Fairlead gave for the org into its named credential. */
    readonly keepCredential: (credential: string) => Promise<void>;
  };
  readonly dynamics: {
    /** The administrator agrees to the app and makes its application user. */
    readonly install: () => Promise<DynamicsEnvironment>;
  };
  readonly zoho: VendorApp;
  readonly pipedrive: VendorApp;
  /** Told what is being done, for people who wait. */
  readonly say: (line: string) => void;
}

/** What was put in place. */
export interface Provisioned {
  readonly reps: number;
  readonly people: number;
  readonly policyVersion: number;
}

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

/** Connects each account and imports its people, all at once. The number of people of the first. */
const connectAll = async (api: Api, options: ProvisionOptions): Promise<number> => {
  const { hubspot, salesforce, dynamics, zoho, pipedrive, slack } = options;
  const connected = [
    grantHubSpot(hubspot).then((granted) => connect(api, 'hubspot', granted)),
    connectSalesforce(api, salesforce),
    dynamics.install().then((made) => connect(api, 'dynamics', grantDynamics(made))),
    grantZoho(zoho).then((granted) => connect(api, 'zoho', granted)),
    grantPipedrive(pipedrive).then((granted) => connect(api, 'pipedrive', granted)),
    grantSlack(slack).then((granted) => connect(api, 'slack', granted)),
  ];
  const [people = 0] = await Promise.all(connected.map(async (id) => syncPeople(api, await id)));
  return people;
};

/**
 * Sets Harbour Software up through Fairlead's HTTP API alone: reps, the five CRMs and Slack, people, policy. Running it
 * again renews the connections' tokens and leaves reps and policy as people have them.
 */
export const provision = async (options: ProvisionOptions): Promise<Provisioned> => {
  const { fairleadUrl, apiKey, say } = options;
  const api = createApi(fairleadUrl, `Bearer ${apiKey}`);
  const reps = await ensureReps(api);
  say(`${reps} reps`);
  const people = await connectAll(api, options);
  say(`five CRMs and Slack connected, ${people} people found`);
  const policyVersion = (await livePolicy(api)) || (await publishPolicy(api));
  say(`policy version ${policyVersion} in force`);
  return { reps, people, policyVersion };
};
