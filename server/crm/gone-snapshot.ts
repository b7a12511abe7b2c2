import type { RecordRef, RecordSnapshot } from '../assignments/types.ts';

/** What stands in for a record that is no more. */
export const goneSnapshot = (ref: RecordRef, gone: NonNullable<RecordSnapshot['gone']>): RecordSnapshot => ({
  ref,
  raw: {},
  person: { name: null, company: null, email: null, phone: null, source: null, message: null, url: null },
  ownerId: null,
  gone,
});
