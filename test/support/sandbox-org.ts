import { Connection, OAuth2 } from 'jsforce';
import { createSandbox, type SandboxOptions } from '../../sandbox/create-sandbox.ts';
import type { SeedOrg } from '../../sandbox/salesforce/company.ts';
import { apiCaller } from './api-caller.ts';

export const CLIENT = 'sandbox-salesforce-client';
export const SECRET = 'sandbox-salesforce-secret';

export const TEST_ORG: SeedOrg = {
  domain: 'test',
  name: 'Test org',
  timezone: 'Europe/London',
  users: [
    { email: 'anna@example.com', firstName: 'Anna', lastName: 'Rep', timezone: 'Europe/London' },
    { email: 'ben@example.com', firstName: 'Ben', lastName: 'Rep', manager: 'anna@example.com' },
    { email: 'grace@example.com', firstName: 'Grace', lastName: 'Left', active: false },
  ],
  queues: [
    { developerName: 'EMEA_Team', name: 'EMEA team', members: ['anna@example.com'] },
    {
      developerName: 'Inbound_Holding',
      name: 'Inbound holding',
      owns: ['Lead'],
      members: ['EMEA_Team', 'ben@example.com'],
    },
    { developerName: 'Cases', name: 'Cases', owns: ['Case'] },
  ],
};

/** A stand-in with one small org and the app installed in it; `connection` is a real jsforce client of it. */
export const openOrg = async (options: Partial<SandboxOptions> = {}) => {
  const sandbox = await createSandbox({ port: 0, orgs: [TEST_ORG], ...options });
  const { salesforce } = sandbox;
  const installed = salesforce.install();

  const connect = (callOptions: Record<string, string> = { client: 'Fairlead' }) =>
    new Connection({
      instanceUrl: installed.instanceUrl,
      accessToken: installed.accessToken,
      refreshToken: installed.refreshToken,
      oauth2: new OAuth2({ loginUrl: installed.loginUrl, clientId: CLIENT, clientSecret: SECRET }),
      version: '67.0',
      callOptions,
    });

  /** A call of the REST API below /services/data/v67.0; the reply with its body parsed. */
  const call = apiCaller(
    (path) => `${installed.instanceUrl}/services/data/v67.0${path}`,
    `Bearer ${installed.accessToken}`,
  );

  const query = (soql: string) => call('GET', `/query?q=${encodeURIComponent(soql)}`);

  /** The id of the user with that e-mail, or of the queue with that developer name. */
  const idOf = (name: string): string => {
    const { tables } = salesforce.org();
    const user = [...(tables.get('User')?.values() ?? [])].find((one) => one.Email === name);
    const group = [...(tables.get('Group')?.values() ?? [])].find((one) => one.DeveloperName === name);
    return user?.Id ?? group?.Id ?? '';
  };

  const lead = (values: Readonly<Record<string, unknown>> = {}): string =>
    salesforce.create({ values: { LastName: 'Lovelace', Company: 'Engines', ...values } }).Id;

  return { ...sandbox, installed, connect, connection: connect(), call, query, idOf, lead };
};

export type OpenOrg = Awaited<ReturnType<typeof openOrg>>;
