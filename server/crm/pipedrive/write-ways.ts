import type { Sending } from '../delivery/create-crm-sender.ts';
import type { CallPipedrive } from './client.ts';
import { CUSTOM_KEY } from './facts.ts';
import type { KnownNotes } from './notes.ts';

/** How a batch is written. */
export interface WriteWays extends Sending {
  readonly call: CallPipedrive;
  readonly notes: KnownNotes;
}

/** Records written at once. */
export const WRITERS = 4;

/** The custom field that is to hold the reason: `reasonField` of the connection's settings, its 40-digit key; null: none. */
export const reasonFieldOf = ({ connection }: Pick<Sending, 'connection'>): string | null => {
  const { reasonField } = connection.settings;
  return typeof reasonField === 'string' && CUSTOM_KEY.test(reasonField) ? reasonField : null;
};
