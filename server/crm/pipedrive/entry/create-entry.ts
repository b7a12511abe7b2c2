import type { Clock } from '../../../base/clock.ts';
import type { EntryWays } from '../../connector.ts';
import type { CallPipedrive } from '../client.ts';
import { convertLeads } from './convert.ts';
import { createLeads } from './create.ts';
import { fillLead } from './fill.ts';
import { findLeads } from './find.ts';

/** About fifty tokens each, and searches are ten in two seconds. */
const BATCH_LIMIT = 10;

/** How leads that come in elsewhere enter Pipedrive: as a lead with its person and its organisation. */
export const createPipedriveEntry = (call: CallPipedrive, clock: Clock): EntryWays => ({
  objectType: 'lead',
  batchLimit: BATCH_LIMIT,
  find: (connection, people) => findLeads(people, { call, connection }),
  create: (connection, records, until) => createLeads(records, { call, connection, until }),
  fill: (connection, ref, values, until) => fillLead(ref, values, { call, connection, until }),
  convert: (connection, leads, until) => convertLeads(leads, { call, connection, until, clock }),
});
