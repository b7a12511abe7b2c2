import { AppError } from '../../base/app-error.ts';
import type { Connector, ConnectorParts, GivenConnection } from '../connector.ts';
import { toLongId } from '../long-id.ts';
import type { Addresses } from './addresses.ts';
import { createBudget } from './budget.ts';
import { createSalesforceClient, VENDOR } from './client.ts';
import { createSalesforceDirectory } from './directory.ts';
import { countOpenWork } from './open-work.ts';
import { createSalesforceChanges } from './poll.ts';
import { createSalesforceReader } from './reader.ts';
import { createSalesforceSender } from './sender.ts';
import { createReadVisible } from './visible-fields.ts';

export interface SalesforceSettings {
  readonly addresses: Addresses;
  /** How often an org is asked what changed, as nothing pushes it here. Milliseconds. */
  readonly pollMs: number;
}

/** Salesforce. What the org's own Apex does not ask about is found by looking. */
export const createSalesforceConnector = (
  { addresses, pollMs }: SalesforceSettings,
  { tokens, clock, alerts }: ConnectorParts,
): Connector => {
  const budget = createBudget(clock);
  const call = createSalesforceClient({ addresses, tokens, clock, budget });
  const readVisible = createReadVisible(call, alerts, clock);
  return {
    vendor: 'salesforce',
    name: VENDOR,
    reader: createSalesforceReader(call, addresses, readVisible),
    directory: createSalesforceDirectory(call),
    sender: (parts) => createSalesforceSender({ call, ...parts }),
    changes: createSalesforceChanges(call, addresses, pollMs, readVisible),
    countOpenWork: (connection) => countOpenWork(call, connection),
    usage: ({ externalId }) => budget.usage(externalId),
    checkSettings: (given) => checkSettings(given, addresses),
  };
};

/** The org's id in its long form, and addresses that are Salesforce's. */
const checkSettings = (given: GivenConnection, addresses: Addresses): GivenConnection => {
  addresses.instance(given);
  addresses.login(given);
  const externalId = toLongId(given.externalId);
  if (externalId !== null) return { ...given, externalId };
  throw new AppError('invalid_settings', 'externalId must be the org’s id, of 15 or 18 characters.', {
    status: 422,
  });
};
