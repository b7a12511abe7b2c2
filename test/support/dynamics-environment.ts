import type { Sandbox } from '../../sandbox/create-sandbox.ts';
import type { Row } from '../../sandbox/dynamics/types.ts';
import type { AccessTokens, ConnectionInfo } from '../../server/assignments/ports.ts';
import { createAddresses } from '../../server/crm/dynamics/addresses.ts';
import { createDynamicsClient } from '../../server/crm/dynamics/client.ts';
import { createColumns } from '../../server/crm/dynamics/columns.ts';
import { CONNECTION } from './delivery-rows.ts';

const people = ['1', '2', '3', '9'].map((number) => ({
  email: `owner.${number}@example.com`,
  firstName: 'Owner',
  lastName: number,
  // The last one has left.
  active: number !== '9',
}));

/** Whose the website's form makes its leads. */
const FORM = { email: 'form@example.com', firstName: 'Web', lastName: 'Form' };

let nextEnvironment = 0;

/** A fresh Dataverse environment with the app installed, and our client for it. */
export const openDynamicsEnvironment = (
  sandbox: Sandbox,
  options: { solution?: boolean; now?: () => number } = {},
) => {
  const name = `env-${++nextEnvironment}`;
  const { dynamics } = sandbox;
  dynamics.addEnvironment({
    name,
    friendlyName: `Environment ${name}`,
    users: [FORM, ...people],
    teams: [{ name: 'Holding', members: ['owner.1@example.com'] }],
    campaigns: ['Autumn fair'],
    solution: options.solution ?? true,
  });
  const installed = dynamics.install(name);
  let token = installed.accessToken;
  const tokens: AccessTokens = {
    get: async () => token,
    refused: async () => {
      token = dynamics.install(name).accessToken;
    },
  };
  const clock = { now: options.now ?? Date.now };
  const addresses = createAddresses(installed.loginUrl);
  const connection: ConnectionInfo = {
    ...CONNECTION,
    vendor: 'dynamics',
    externalId: installed.organizationId,
    settings: { url: installed.url, tenantId: installed.tenantId },
  };
  const call = createDynamicsClient({ addresses, tokens, clock, requestTimeoutMs: 3_000 });
  const rows = (table: string): readonly Row[] => dynamics.rows(table, name);
  /** The id of a user by e-mail, or of a team by name. */
  const idOf = (who: string): string =>
    [...rows('systemuser'), ...rows('team')].find(
      ({ values }) => values.internalemailaddress === who || values.name === who,
    )?.id ?? '';
  const ownerOf = ({ values }: Row): string => {
    const owner = values.ownerid;
    return typeof owner === 'object' && owner !== null ? owner.id : '';
  };
  return {
    name,
    connection,
    call,
    tokens,
    addresses,
    columns: createColumns(call, clock),
    clock,
    installed,
    dynamics,
    rows,
    idOf,
    ownerOf,
    nobody: idOf(FORM.email),
    lead: (values: Readonly<Record<string, unknown>> = {}): string =>
      dynamics.create({
        name,
        by: FORM.email,
        values: { subject: 'Interested', lastname: 'Lovelace', ...values },
      }).id,
    record: (id: string): Row => dynamics.record({ name, id }),
    ref: (recordId: string) => ({ connectionId: connection.id, objectType: 'lead', recordId }),
  };
};

export type DynamicsEnvironment = ReturnType<typeof openDynamicsEnvironment>;
