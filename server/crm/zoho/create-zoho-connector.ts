import { AppError } from '../../base/app-error.ts';
import type { Connector, ConnectorParts, GivenConnection } from '../connector.ts';
import type { Addresses } from './addresses.ts';
import { createBudget } from './budget.ts';
import { createZohoChanges } from './changes.ts';
import { createZohoClient } from './client.ts';
import { createZohoDirectory } from './directory.ts';
import { createZohoEntry } from './entry.ts';
import { VENDOR } from './failures.ts';
import { createFieldCatalog } from './fields.ts';
import { readFirstActivity } from './first-activity.ts';
import { createPushKeeper } from './keep-push.ts';
import { missingSources } from './missing-sources.ts';
import { countOpenWork } from './open-work.ts';
import { createZohoReader } from './reader.ts';
import { createZohoSender } from './sender.ts';

export interface ZohoSettings {
  readonly addresses: Addresses;
  /** How often an org is asked what no notification told. Milliseconds. */
  readonly pollMs: number;
}

/** Zoho CRM, API v8. */
export const createZohoConnector = (
  { addresses, pollMs }: ZohoSettings,
  { tokens, clock, push }: ConnectorParts,
): Connector => {
  const budget = createBudget(clock);
  const call = createZohoClient({ addresses, tokens, clock, budget });
  const fields = createFieldCatalog(call, clock);
  const channel = createPushKeeper(call, { push, clock });
  return {
    vendor: 'zoho',
    name: VENDOR,
    reader: createZohoReader(call, addresses),
    directory: createZohoDirectory(call, (connection, credits) =>
      budget.allow(connection.externalId, credits),
    ),
    sender: (parts) => createZohoSender({ call, fields, ...parts }),
    changes: createZohoChanges(call, addresses, pollMs),
    countOpenWork: (connection) => countOpenWork(call, connection),
    keepPush: channel.keep,
    dropPush: channel.drop,
    checkSettings: (given) => checkSettings(given, addresses),
    entry: createZohoEntry(call, { fields, clock }),
    missingSources: (connection, sources) => missingSources(fields, connection, sources),
    usage: ({ externalId }) => budget.usage(externalId),
    firstActivity: (connection, wanted, until) => readFirstActivity(call, connection, wanted, until),
  };
};

/** The org's number, and hosts that are Zoho's, both of one data centre. */
const checkSettings = (given: GivenConnection, addresses: Addresses): GivenConnection => {
  addresses.check(given);
  if (/^\d{4,20}$/.test(given.externalId)) return given;
  throw new AppError('invalid_settings', 'externalId must be the org’s number, as Zoho shows it (zgid).', {
    status: 422,
  });
};
