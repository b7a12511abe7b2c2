import type { Sender } from '../../assignments/ports.ts';
import { type CrmSenderParts, createCrmSender } from '../delivery/create-crm-sender.ts';
import type { CallZoho } from './client.ts';
import { BATCH_LIMIT, BATCHES_AT_ONCE } from './facts.ts';
import type { FieldCatalog } from './fields.ts';
import { writeRecords } from './record-writes.ts';
import { makeTasks } from './tasks.ts';

export interface ZohoSenderParts extends CrmSenderParts {
  readonly call: CallZoho;
  readonly fields: FieldCatalog;
}

/** Sends owner writes, reasons and tasks to Zoho, a hundred at once. */
export const createZohoSender = ({ call, fields, ...parts }: ZohoSenderParts): Sender =>
  createCrmSender(
    {
      vendor: 'zoho',
      batchLimit: BATCH_LIMIT,
      atOnce: BATCHES_AT_ONCE,
      records: (writes, sending) => writeRecords(writes, { ...sending, call, fields }),
      tasks: (tasks, sending) => makeTasks(tasks, { ...sending, call }),
    },
    parts,
  );
