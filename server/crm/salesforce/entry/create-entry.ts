import type { Clock } from '../../../base/clock.ts';
import type { EntryWays } from '../../connector.ts';
import type { CallSalesforce } from '../client.ts';
import { BATCH_LIMIT } from '../facts.ts';
import { createPackaged } from '../packaged.ts';
import { convertLeads } from './convert-leads.ts';
import { createLeads } from './create-leads.ts';
import { fillLead } from './fill-lead.ts';
import { findPeople } from './find-people.ts';

/** How leads that come in elsewhere enter Salesforce: as leads. */
export const createSalesforceEntry = (call: CallSalesforce, clock: Clock): EntryWays => {
  const packaged = createPackaged(call, clock);
  return {
    objectType: 'lead',
    batchLimit: BATCH_LIMIT,
    find: (connection, people) => findPeople(call, connection, people),
    create: (connection, records, until) => createLeads(records, { call, connection, until, packaged }),
    fill: (connection, ref, values, until) => fillLead(ref, values, { call, connection, until, packaged }),
    convert: (connection, leads, until) => convertLeads(leads, { call, connection, until, packaged }),
  };
};
