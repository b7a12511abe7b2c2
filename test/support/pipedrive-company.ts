import type { Sandbox } from '../../sandbox/create-sandbox.ts';
import type { AccessTokens } from '../../server/assignments/ports.ts';
import { createAddresses } from '../../server/crm/pipedrive/addresses.ts';
import { createPipedriveClient } from '../../server/crm/pipedrive/client.ts';
import { createPipedriveConnector } from '../../server/crm/pipedrive/create-pipedrive-connector.ts';
import { createLimits } from '../../server/crm/pipedrive/limits.ts';
import { CONNECTION } from './delivery-rows.ts';

let nextCompany = 0;

/** Whoever installed the app owns what it makes. */
const INSTALLER = 'installer@example.com';

/** A fresh Pipedrive company with the app installed, and our client and connector for it. */
export const openPipedriveCompany = (sandbox: Sandbox, options: { now?: () => number } = {}) => {
  const domain = `company-${++nextCompany}`;
  const { pipedrive } = sandbox;
  pipedrive.addCompany({
    domain,
    name: domain,
    users: [
      { email: INSTALLER, name: 'In Staller', admin: true },
      ...['1', '2', '3'].map((number) => ({ email: `owner.${number}@example.com`, name: `Owner ${number}` })),
      { email: 'owner.9@example.com', name: 'Owner 9', active: false },
    ],
  });
  let { accessToken: token } = pipedrive.install(domain, INSTALLER);
  const { apiDomain, companyId, userId } = pipedrive.install(domain, INSTALLER);
  const tokens: AccessTokens = {
    get: async () => token,
    refused: async () => {
      token = pipedrive.install(domain, INSTALLER).accessToken;
    },
  };
  const clock = { now: options.now ?? Date.now };
  const addresses = createAddresses(`${sandbox.url}/pipedrive`);
  const connection = {
    ...CONNECTION,
    vendor: 'pipedrive' as const,
    externalId: String(companyId),
    settings: { apiDomain, userId },
  };
  const push = { origin: () => 'https://leads.example.com', secretOf: () => 's'.repeat(43) };
  const limits = createLimits(clock);
  const call = createPipedriveClient({ addresses, tokens, clock, limits, requestTimeoutMs: 3_000 });
  const connector = createPipedriveConnector({ addresses, pollMs: 1_000 }, { tokens, clock, push });
  const account = pipedrive.account(domain);
  const owner = (number: string): string => String(pipedrive.userId(`owner.${number}@example.com`, domain));
  return {
    domain,
    pipedrive,
    account,
    connection,
    connector,
    call,
    limits,
    owner,
    nobody: String(userId),
    ref: (recordId: string, objectType = 'lead') => ({ connectionId: connection.id, objectType, recordId }),
    rows: (object: keyof typeof account.tables) => [...account.tables[object].values()],
    record: (id: string, objectType = 'lead') => pipedrive.record({ domain, objectType, id }),
    /** A lead with its person and, where it has a name, its organisation; owned by the installer. */
    lead: (values: Readonly<Record<string, unknown>> = {}): string =>
      String(
        pipedrive.create({
          domain,
          values: { title: 'Engines', person: { name: 'Ada Lovelace' }, ...values },
        }).id,
      ),
  };
};

export type TestCompany = ReturnType<typeof openPipedriveCompany>;
