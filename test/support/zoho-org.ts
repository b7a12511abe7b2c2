import type { Sandbox } from '../../sandbox/create-sandbox.ts';
import type { SeedZohoOrg } from '../../sandbox/zoho/company.ts';
import { userNamed } from '../../sandbox/zoho/org.ts';
import type { AccessTokens } from '../../server/assignments/ports.ts';
import { createAddresses } from '../../server/crm/zoho/addresses.ts';
import { createBudget } from '../../server/crm/zoho/budget.ts';
import { createZohoClient } from '../../server/crm/zoho/client.ts';
import { createFieldCatalog } from '../../server/crm/zoho/fields.ts';
import { CONNECTION } from './delivery-rows.ts';

const people = ['1', '2', '3', '4', '5', '9'].map((number) => ({
  email: `owner.${number}@example.com`,
  firstName: 'Owner',
  lastName: number,
  timezone: 'America/New_York',
  // The last one has left.
  status: number === '9' ? ('disabled' as const) : ('active' as const),
}));

/** Whoever connected the org: it owns what nobody was given. */
const INTEGRATION = { email: 'integration@example.com', firstName: 'Inte', lastName: 'Gration' };

let nextOrg = 0;

/** A fresh Zoho org with the app installed, and our client for it. */
export const openZohoOrg = (
  sandbox: Sandbox,
  options: Partial<SeedZohoOrg> & { readonly now?: () => number; readonly scopes?: readonly string[] } = {},
) => {
  const { now, scopes, ...seed } = options;
  const domain = `org-${++nextOrg}`;
  const { zoho } = sandbox;
  zoho.addOrg({
    domain,
    name: `Org ${domain}`,
    timezone: 'America/New_York',
    ...seed,
    users: [INTEGRATION, ...people, ...(seed.users ?? [])],
  });
  const install = () => zoho.install(domain, INTEGRATION.email, scopes);
  const installed = install();
  let token = installed.accessToken;
  const tokens: AccessTokens = {
    get: async () => token,
    refused: async () => {
      token = install().accessToken;
    },
  };
  const clock = { now: now ?? Date.now };
  const addresses = createAddresses(installed.accountsServer);
  const connection = {
    ...CONNECTION,
    vendor: 'zoho' as const,
    externalId: installed.orgId,
    settings: { apiDomain: installed.apiDomain, accountsServer: installed.accountsServer },
  };
  const budget = createBudget(clock);
  const call = createZohoClient({ addresses, tokens, clock, budget, requestTimeoutMs: 3_000 });
  const org = zoho.org(domain);
  /** The id of a user by e-mail. */
  const idOf = (email: string): string => userNamed(org, email)?.id ?? '';
  const lead = (values: Readonly<Record<string, unknown>> = {}): string =>
    zoho.create({
      domain,
      by: INTEGRATION.email,
      values: { Last_Name: 'Lovelace', Company: 'Engines', ...values },
    }).id;
  return {
    domain,
    org,
    zoho,
    connection,
    call,
    addresses,
    budget,
    clock,
    installed,
    fields: createFieldCatalog(call, clock),
    idOf,
    lead,
    nobody: idOf(INTEGRATION.email),
    rows: (module: string) => [...(org.tables.get(module)?.values() ?? [])],
    record: (id: string) => zoho.record({ domain, id }),
    ownerOf: (id: string): string => (zoho.record({ domain, id }).Owner as { id: string }).id,
  };
};

export type TestZohoOrg = ReturnType<typeof openZohoOrg>;
