import { setTimeout as sleep } from 'node:timers/promises';
import type { Sender } from '../../assignments/ports.ts';
import { type CrmSenderParts, createCrmSender } from '../delivery/create-crm-sender.ts';
import type { CallSalesforce } from './client.ts';
import { BATCH_LIMIT, BATCHES_AT_ONCE, BULK } from './facts.ts';
import { createPackaged } from './packaged.ts';
import { writeRecords } from './record-writes.ts';
import { makeTasks } from './tasks.ts';

export interface SalesforceSenderParts extends CrmSenderParts {
  readonly call: CallSalesforce;
  /** Waits while a bulk job runs. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** Sends owner writes, reasons and tasks to Salesforce: two hundred at once, thousands where as many owners wait. */
export const createSalesforceSender = ({ call, wait = sleep, ...parts }: SalesforceSenderParts): Sender => {
  const packaged = createPackaged(call, parts.clock);
  return createCrmSender(
    {
      vendor: 'salesforce',
      batchLimit: BATCH_LIMIT,
      atOnce: BATCHES_AT_ONCE,
      bulk: BULK,
      records: (writes, sending) =>
        writeRecords(writes, { ...sending, call, packaged, wait, now: parts.clock.now }),
      tasks: (tasks, sending) => makeTasks(tasks, { ...sending, call }),
    },
    parts,
  );
};
