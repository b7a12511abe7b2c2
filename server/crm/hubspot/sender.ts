import type { Sender } from '../../assignments/ports.ts';
import { type CrmSenderParts, createCrmSender } from '../delivery/create-crm-sender.ts';
import { asResult } from '../delivery/record-write.ts';
import { completeCallbacks } from './callbacks.ts';
import type { CallHubspot } from './client.ts';
import { makeEngagements } from './engagements.ts';
import { BATCH_LIMIT, BATCHES_AT_ONCE } from './facts.ts';
import type { OwnFields } from './reason-fields.ts';
import { writeRecords } from './record-writes.ts';

export interface HubspotSenderParts extends CrmSenderParts {
  readonly call: CallHubspot;
  readonly reasonFields: OwnFields;
}

/** Sends owner writes, reasons, tasks and callback completions to HubSpot, a hundred at once. */
export const createHubspotSender = ({ call, reasonFields, ...parts }: HubspotSenderParts): Sender =>
  createCrmSender(
    {
      vendor: 'hubspot',
      batchLimit: BATCH_LIMIT,
      atOnce: BATCHES_AT_ONCE,
      records: (writes, sending) => writeRecords(writes, { ...sending, call, reasonFields }),
      tasks: async (tasks, sending) => (await makeEngagements(tasks, { ...sending, call })).map(asResult),
      callbacks: async (callbacks, sending) =>
        (await completeCallbacks(callbacks, { ...sending, call })).map(asResult),
    },
    parts,
  );
