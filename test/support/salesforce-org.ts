import type { Sandbox } from '../../sandbox/create-sandbox.ts';
import type { AccessTokens } from '../../server/assignments/ports.ts';
import { createAddresses } from '../../server/crm/salesforce/addresses.ts';
import { createBudget } from '../../server/crm/salesforce/budget.ts';
import { createSalesforceClient } from '../../server/crm/salesforce/client.ts';
import { createReadVisible } from '../../server/crm/salesforce/visible-fields.ts';
import { CONNECTION } from './delivery-rows.ts';

const people = ['1', '2', '3', '4', '5', '9'].map((number) => ({
  email: `owner.${number}@example.com`,
  firstName: 'Owner',
  lastName: number,
  timezone: 'America/New_York',
  // The last one has left.
  active: number !== '9',
}));

/** Whoever an integration signs in as: it owns what it makes. */
const INTEGRATION = { email: 'integration@example.com', firstName: 'Inte', lastName: 'Gration' };

let nextOrg = 0;

/** A fresh Salesforce org with the app installed, and our client for it. */
export const openSalesforceOrg = (
  sandbox: Sandbox,
  options: { packageInstalled?: boolean; now?: () => number } = {},
) => {
  const domain = `org-${++nextOrg}`;
  const { salesforce } = sandbox;
  salesforce.addOrg({
    domain,
    name: `Org ${domain}`,
    timezone: 'UTC',
    users: [INTEGRATION, ...people],
    queues: [{ developerName: 'Holding', name: 'Holding', owns: ['Lead'], members: ['owner.1@example.com'] }],
    packageInstalled: options.packageInstalled ?? true,
  });
  const install = () => salesforce.install(domain, INTEGRATION.email);
  const installed = install();
  let token = installed.accessToken;
  const tokens: AccessTokens = {
    get: async () => token,
    refused: async () => {
      token = install().accessToken;
    },
  };
  const clock = { now: options.now ?? Date.now };
  const budget = createBudget(clock);
  const addresses = createAddresses(installed.loginUrl);
  const connection = {
    ...CONNECTION,
    vendor: 'salesforce' as const,
    externalId: installed.orgId,
    settings: { instanceUrl: installed.instanceUrl },
  };
  const call = createSalesforceClient({ addresses, tokens, clock, budget, requestTimeoutMs: 3_000 });
  /** Subjects and texts of the alerts that are open. */
  const alerts = new Map<string, string>();
  const readVisible = createReadVisible(
    call,
    {
      open: async (_tenant, { subject, detail }) => void alerts.set(subject, detail.text),
      close: async (_tenant, _kind, subject) => void alerts.delete(subject),
    },
    clock,
  );
  const rows = (object: string) => [...(salesforce.org(domain).tables.get(object)?.values() ?? [])];
  /** The id of a user by e-mail, or of a queue by developer name. */
  const idOf = (name: string): string =>
    [...rows('User'), ...rows('Group')].find((one) => one.Email === name || one.DeveloperName === name)?.Id ??
    '';
  const lead = (values: Readonly<Record<string, string>> = {}): string =>
    salesforce.create({
      domain,
      by: INTEGRATION.email,
      values: { LastName: 'Lovelace', Company: 'Engines', ...values },
    }).Id;
  return {
    domain,
    connection,
    call,
    readVisible,
    alerts,
    addresses,
    budget,
    clock,
    installed,
    salesforce,
    rows,
    idOf,
    lead,
    nobody: idOf(INTEGRATION.email),
    record: (id: string) => salesforce.record({ domain, id }),
  };
};

export type TestOrg = ReturnType<typeof openSalesforceOrg>;
