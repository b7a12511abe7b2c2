import type { Sender } from '../../assignments/ports.ts';
import { type CrmSenderParts, createCrmSender } from '../delivery/create-crm-sender.ts';
import type { CallPipedrive } from './client.ts';
import type { KnownNotes } from './notes.ts';
import { writeRecords } from './record-writes.ts';
import { makeTasks } from './tasks.ts';

/** Pipedrive writes nothing in bulk: so many one by one fit well into the time a batch has. */
const BATCH_LIMIT = 20;
/** So that the next ones are on their way while what became of these is stored. */
const BATCHES_AT_ONCE = 2;

export interface PipedriveSenderParts extends CrmSenderParts {
  readonly call: CallPipedrive;
}

/** Sends owner writes, reasons and tasks to Pipedrive. */
export const createPipedriveSender = ({ call, ...parts }: PipedriveSenderParts): Sender => {
  const notes: KnownNotes = new Map();
  return createCrmSender(
    {
      vendor: 'pipedrive',
      batchLimit: BATCH_LIMIT,
      atOnce: BATCHES_AT_ONCE,
      records: (writes, sending) => writeRecords(writes, { ...sending, call, notes }),
      tasks: (tasks, sending) => makeTasks(tasks, { ...sending, call, notes }),
    },
    parts,
  );
};
