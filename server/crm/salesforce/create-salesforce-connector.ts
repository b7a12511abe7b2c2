import type { Alerts } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Connector, ConnectorParts, GivenConnection } from '../connector.ts';
import { toLongId } from '../long-id.ts';
import type { Addresses } from './addresses.ts';
import { createBudget } from './budget.ts';
import { createSalesforceClient, VENDOR } from './client.ts';
import { createSalesforceDirectory } from './directory.ts';
import { createSalesforceEntry } from './entry/create-entry.ts';
import { firstActivity } from './first-activity.ts';
import { countOpenWork } from './open-work.ts';
import { createSalesforceChanges } from './poll.ts';
import { createSalesforceReader } from './reader.ts';
import { createSalesforceSender } from './sender.ts';
import { createSalesforceStream } from './stream/create-salesforce-stream.ts';
import { createReadVisible } from './visible-fields.ts';

export interface SalesforceSettings {
  readonly addresses: Addresses;
  /** Where the Pub/Sub API tells of changes; null: nobody is asked to. */
  readonly pubsubUrl: string | null;
  /** How often an org that does not tell is asked what changed. Milliseconds. */
  readonly pollMs: number;
  /** Told of fields that its user may not see. */
  readonly alerts: Alerts;
}

/** Salesforce. What the org's own Apex does not ask about is heard by its stream of changes, and else found by looking. */
export const createSalesforceConnector = (
  { addresses, pubsubUrl, pollMs, alerts }: SalesforceSettings,
  { tokens, clock }: ConnectorParts,
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
    ...(pubsubUrl !== null && { stream: createSalesforceStream({ url: pubsubUrl, addresses, tokens }) }),
    countOpenWork: (connection) => countOpenWork(call, connection),
    entry: createSalesforceEntry(call, clock),
    firstActivity: (connection, wanted) => firstActivity(call, connection, wanted),
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
