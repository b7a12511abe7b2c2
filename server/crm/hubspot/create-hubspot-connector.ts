import type { Connector, ConnectorParts } from '../connector.ts';
import { createHubspotClient } from './client.ts';
import { createHubspotDirectory } from './directory.ts';
import { createHubspotEntry } from './entry.ts';
import { firstActivity } from './first-activity.ts';
import { createLimits } from './limits.ts';
import { missingSources } from './missing-sources.ts';
import { countOpenWork } from './open-work.ts';
import { createHubspotChanges } from './poll.ts';
import { createHubspotReader } from './reader.ts';
import { createKeyField, createReasonFields } from './reason-fields.ts';
import { createHubspotSender } from './sender.ts';
import { createStages } from './stages.ts';

export interface HubspotSettings {
  readonly apiUrl: string;
  /** Where records open for people. */
  readonly appUrl: string;
}

/** HubSpot. It pushes by the app's own registration, so that nothing is to be kept up per account. */
export const createHubspotConnector = (
  { apiUrl, appUrl }: HubspotSettings,
  { tokens, clock }: ConnectorParts,
): Connector => {
  const limits = createLimits(clock);
  const call = createHubspotClient({ apiUrl, tokens, clock, limits });
  const stages = createStages(call, clock);
  const reasonFields = createReasonFields(call);
  return {
    vendor: 'hubspot',
    name: 'HubSpot',
    reader: createHubspotReader(call, stages, appUrl),
    directory: createHubspotDirectory(call),
    sender: (parts) => createHubspotSender({ call, reasonFields, ...parts }),
    changes: createHubspotChanges(call),
    countOpenWork: (connection, ownerIds) => countOpenWork(call, stages, connection, ownerIds),
    entry: createHubspotEntry({ call, stages, reasonFields, keyField: createKeyField(call) }),
    firstActivity: (connection, wanted) => firstActivity(call, connection, wanted),
    missingSources: (connection, sources) => missingSources(call, connection, sources),
    usage: ({ externalId }) => limits.usage(externalId),
  };
};
