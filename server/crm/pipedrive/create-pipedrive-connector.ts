import { AppError } from '../../base/app-error.ts';
import type { Connector, ConnectorParts, GivenConnection } from '../connector.ts';
import type { Addresses } from './addresses.ts';
import { createPipedriveChanges } from './changes.ts';
import { createPipedriveClient, VENDOR } from './client.ts';
import { createPipedriveDirectory } from './directory.ts';
import { createPipedriveEntry } from './entry/create-entry.ts';
import { readFirstActivity } from './first-activity.ts';
import { createDropPush, createKeepPush } from './keep-push.ts';
import { createLeadBehind } from './lead-behind.ts';
import { createLimits } from './limits.ts';
import { createMissingSources } from './missing-sources.ts';
import { countOpenWork } from './open-work.ts';
import { createOrganizations } from './organizations.ts';
import { createPipedriveReader } from './reader.ts';
import { createPipedriveSender } from './sender.ts';

export interface PipedriveSettings {
  readonly addresses: Addresses;
  /** How often a company is asked what its pushes did not tell. Milliseconds. */
  readonly pollMs: number;
}

/** Pipedrive. It pushes what each connection registers for; what never arrived is found by looking. */
export const createPipedriveConnector = (
  { addresses, pollMs }: PipedriveSettings,
  { tokens, clock, push }: ConnectorParts,
): Connector => {
  const limits = createLimits(clock);
  const call = createPipedriveClient({ addresses, tokens, clock, limits });
  const organizations = createOrganizations(clock);
  return {
    vendor: 'pipedrive',
    name: VENDOR,
    reader: createPipedriveReader({ call, addresses, organizations, clock }),
    directory: createPipedriveDirectory(call),
    sender: (parts) => createPipedriveSender({ call, ...parts }),
    changes: createPipedriveChanges({ call, addresses, organizations }, pollMs),
    countOpenWork: (connection) => countOpenWork(call, connection),
    keepPush: createKeepPush(call, push),
    dropPush: createDropPush(call, push),
    checkSettings: (given) => checkSettings(given, addresses),
    usage: ({ externalId }) => {
      const day = limits.day(externalId);
      return day && { limit: 'tokens a day', used: day.used, of: day.max, resetsAt: null };
    },
    missingSources: createMissingSources(call, clock),
    leadBehind: createLeadBehind(call, clock),
    entry: createPipedriveEntry(call, clock),
    firstActivity: (connection, wanted) => readFirstActivity(call, connection, wanted),
  };
};

/** The company's id, and an address that is Pipedrive's. */
const checkSettings = (given: GivenConnection, addresses: Addresses): GivenConnection => {
  addresses.api(given);
  if (/^\d+$/.test(given.externalId)) return given;
  throw new AppError('invalid_settings', 'externalId must be the company’s id, a number.', { status: 422 });
};
