import type { RecordRef } from '../../assignments/types.ts';
import type { DecisionView } from '../../assignments/views.ts';
import { cutText } from '../../routing/render/cut-text.ts';
import type { Written } from '../bisect.ts';
import { marked, markOf } from './engagement-mark.ts';
import { PATHS, REASON_LENGTH } from './facts.ts';
import { factsOf } from './to-snapshot.ts';
import { type Ways, writeRows } from './write-rows.ts';

/** A reason to stand on a record as a note, once. */
export interface NoteWrite {
  readonly record: RecordRef;
  readonly decision: DecisionView;
  /** An earlier try may have made it: look first. */
  readonly mayExist: boolean;
}

const TITLE = 'Fairlead: why this owner';

/** Makes the notes that are not there yet. One outcome for each, in order. Notes set off no workflows: none are named. */
export const makeNotes = async (notes: readonly NoteWrite[], ways: Ways): Promise<readonly Written[]> => {
  const unsure = notes.filter(({ mayExist }) => mayExist);
  const there = await marked(
    unsure,
    ({ decision }) => decision.id,
    { lists: ['Notes'], field: 'Note_Content' },
    ways,
  );
  const wanted = notes.filter((note) => !there.has(note));
  const made = await writeRows(
    wanted,
    { method: 'POST', path: PATHS.records('Notes'), toRow, more: {} },
    ways,
  );
  return notes.map((note) => made[wanted.indexOf(note)]?.outcome ?? { kind: 'written' });
};

const toRow = ({ record, decision }: NoteWrite) => ({
  Note_Title: TITLE,
  Note_Content: `${cutText(decision.reason, REASON_LENGTH - 100)}\n${markOf(decision.id)}`,
  Parent_Id: { id: record.recordId, module: { api_name: factsOf(record.objectType).module } },
});
