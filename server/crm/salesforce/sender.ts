import type { Sender } from '../../assignments/ports.ts';
import { type CrmSenderParts, createCrmSender } from '../delivery/create-crm-sender.ts';
import type { CallSalesforce } from './client.ts';
import { BATCH_LIMIT } from './facts.ts';
import { createPackaged } from './packaged.ts';
import { writeRecords } from './record-writes.ts';
import { makeTasks } from './tasks.ts';

export interface SalesforceSenderParts extends CrmSenderParts {
  readonly call: CallSalesforce;
}

/** Sends owner writes, reasons and tasks to Salesforce, two hundred at once. */
export const createSalesforceSender = ({ call, ...parts }: SalesforceSenderParts): Sender => {
  const packaged = createPackaged(call, parts.clock);
  return createCrmSender(
    {
      vendor: 'salesforce',
      batchLimit: BATCH_LIMIT,
      records: (writes, sending) => writeRecords(writes, { ...sending, call, packaged }),
      tasks: (tasks, sending) => makeTasks(tasks, { ...sending, call }),
    },
    parts,
  );
};
