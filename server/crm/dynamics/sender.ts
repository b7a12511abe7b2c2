import type { Sender } from '../../assignments/ports.ts';
import { type CrmSenderParts, createCrmSender } from '../delivery/create-crm-sender.ts';
import type { CallDynamics } from './client.ts';
import type { Columns } from './columns.ts';
import { BATCHES_AT_ONCE, WRITE_LIMIT } from './facts.ts';
import { writeRecords } from './record-writes.ts';
import { makeTasks } from './tasks.ts';

export interface DynamicsSenderParts extends CrmSenderParts {
  readonly call: CallDynamics;
  readonly columns: Columns;
}

/** Sends owner writes, reasons and tasks to Dataverse, each on the condition of what was looked at. */
export const createDynamicsSender = ({ call, columns, ...parts }: DynamicsSenderParts): Sender =>
  createCrmSender(
    {
      vendor: 'dynamics',
      batchLimit: WRITE_LIMIT,
      atOnce: BATCHES_AT_ONCE,
      records: (writes, sending) => writeRecords(writes, { ...sending, call, columns }),
      tasks: (tasks, sending) => makeTasks(tasks, { ...sending, call }),
    },
    parts,
  );
