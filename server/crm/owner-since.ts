import type { RecordSnapshot } from '../assignments/types.ts';

/** A vendor's instant as a snapshot has it; nothing where there is none. */
export const ownerSince = (instant: string | null | undefined): Pick<RecordSnapshot, 'ownerSince'> => {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? {} : { ownerSince: at };
};
