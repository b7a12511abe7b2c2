import type { Connector, ConnectorParts } from '../connector.ts';
import type { Addresses } from './addresses.ts';
import { createDynamicsChanges } from './changes.ts';
import { createDynamicsClient, VENDOR } from './client.ts';
import { createColumns } from './columns.ts';
import { createDynamicsDirectory } from './directory.ts';
import { createDynamicsEntry } from './entry.ts';
import { USER_LIMIT } from './facts.ts';
import { firstActivity } from './first-activity.ts';
import { createLimits } from './limits.ts';
import { missingSources } from './missing-sources.ts';
import { nativeDecisions } from './native-decisions.ts';
import { countOpenWork } from './open-work.ts';
import { createDynamicsReader } from './reader.ts';
import { createRegistration } from './registration.ts';
import { createDynamicsSender } from './sender.ts';

/** Dynamics 365 Sales. It pushes by a webhook that is registered here; what that loses, change tracking finds. */
export const createDynamicsConnector = (
  { addresses }: { readonly addresses: Addresses },
  { tokens, clock, push }: ConnectorParts,
): Connector => {
  const limits = createLimits(clock);
  const call = createDynamicsClient({ addresses, tokens, clock, limits });
  const columns = createColumns(call, clock);
  const registration = createRegistration(call, push);
  return {
    vendor: 'dynamics',
    name: VENDOR,
    reader: createDynamicsReader(call, addresses),
    directory: createDynamicsDirectory(call, clock),
    sender: (parts) => createDynamicsSender({ call, columns, ...parts }),
    changes: createDynamicsChanges(call, registration),
    countOpenWork: (connection) => countOpenWork(call, connection),
    keepPush: registration.keep,
    dropPush: registration.drop,
    checkSettings: addresses.check,
    entry: createDynamicsEntry(call, columns),
    missingSources: (connection, sources) => missingSources(columns, connection, sources),
    usage: ({ externalId }) => ({
      limit: 'calls in five minutes',
      used: limits.used(externalId),
      of: USER_LIMIT,
      resetsAt: null,
    }),
    firstActivity: (connection, wanted) => firstActivity(call, connection, wanted),
    nativeDecisions: (connection, wanted) => nativeDecisions(call, connection, wanted),
  };
};
