import { close } from '../close.ts';
import type { LaneItem } from '../lane.ts';
import type { LaneSession, LeadFile } from '../lane-session.ts';
import type { Erasure } from './ports.ts';

/** Who had it done, and why. `id`: of the erasure; several transactions of one share it. */
export type Why = Pick<Erasure, 'id' | 'by' | 'because'>;

/** Erases what a lead was like. What was decided of it stays, by ids and codes; a lead that is open ends. */
export const forget = (session: LaneSession, file: LeadFile, why: Why): void => {
  session.changes.erased.add(file.id);
  const { erasures } = session.changes;
  const before = erasures.get(why.id)?.leads ?? 0;
  erasures.set(why.id, { ...why, leads: before + 1 });
  if (file.assignment.closedAt === null) close(session, file, 'erased');
};

/** Erases leads by their ids. Says how many there were. */
export const forgetLeads = (leads: readonly string[], why: Why): LaneItem<number> => ({
  kind: 'erase_leads',
  wanted: { leads },
  apply: (session) => {
    const files = leads.flatMap((id) => session.byLead(id) ?? []);
    for (const file of files) forget(session, file, why);
    return files.length;
  },
});
