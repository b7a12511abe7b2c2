import type { RecordRef } from '../../assignments/types.ts';
import type { DecisionView } from '../../assignments/views.ts';
import type { RecordWrite } from '../delivery/record-write.ts';
import { PATHS, POINTERS } from './facts.ts';
import { readBody, readIfThere } from './failures.ts';
import { anything, noteReply, notesReply } from './shapes.ts';
import type { WriteWays } from './write-ways.ts';

const MOST_KEPT = 20_000;

/** The pinned note of each record, as far as it is known here: a list of notes costs twice as much as a write. */
export type KnownNotes = Map<string, number>;

/**
 * Keeps one pinned note on a record that says why it is whose: a later decision is written over the earlier one, which
 * is looked for where there may be one. Throws AppError.
 */
export const keepNote = async (
  { record, decision, mayBeNoted }: Pick<RecordWrite, 'record' | 'decision' | 'mayBeNoted'>,
  ways: WriteWays,
): Promise<void> => {
  const key = `${record.connectionId} ${record.objectType} ${record.recordId}`;
  const content = contentOf(decision);
  const known = ways.notes.get(key);
  if (known !== undefined && (await rewrite(known, content, ways))) return;
  const standing = mayBeNoted ? await findNote(record, ways) : null;
  const id =
    standing === null
      ? await addNote(record, content, ways)
      : await bringUpToDate(standing, content, decision, ways);
  if (ways.notes.size > MOST_KEPT) ways.notes.clear();
  ways.notes.set(key, id);
};

/** The words by which a note of ours is known; Pipedrive cleans notes of all that people cannot see. */
const MARK = 'Fairlead decision';

const contentOf = ({ id, reason, rule, pool }: DecisionView): string =>
  [
    `<p>${escapeHtml(reason)}</p>`,
    `<p>${escapeHtml([rule && `Rule: ${rule.name}.`, pool && `Pool: ${pool.name}.`].filter(Boolean).join(' '))}</p>`,
    `<p>${MARK} ${id}</p>`,
  ].join('');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

interface Standing {
  readonly id: number;
  readonly content: string;
}

const pointerOf = ({ objectType, recordId }: RecordRef) => {
  const { field, pin } = POINTERS[objectType as keyof typeof POINTERS] ?? POINTERS.lead;
  return { field, pin, id: objectType === 'lead' ? recordId : Number(recordId) };
};

const findNote = async (
  record: RecordRef,
  { call, connection, until }: WriteWays,
): Promise<Standing | null> => {
  const { field, pin, id } = pointerOf(record);
  const reply = await call(connection, {
    method: 'GET',
    path: PATHS.notes,
    query: { [field]: String(id), [pin]: '1' },
    purpose: 'delivery',
    until,
  });
  const { data } = readBody(notesReply, reply);
  return data?.find(({ content }) => content.includes(MARK)) ?? null;
};

const addNote = async (
  record: RecordRef,
  content: string,
  { call, connection, until }: WriteWays,
): Promise<number> => {
  const { field, pin, id } = pointerOf(record);
  const reply = await call(connection, {
    method: 'POST',
    path: PATHS.notes,
    body: { content, [field]: id, [pin]: 1 },
    purpose: 'delivery',
    until,
  });
  return readBody(noteReply, reply).data.id;
};

const bringUpToDate = async (
  { id, content: stands }: Standing,
  content: string,
  decision: DecisionView,
  ways: WriteWays,
): Promise<number> => {
  if (!stands.includes(`${MARK} ${decision.id}`)) await rewrite(id, content, ways);
  return id;
};

/** false: somebody deleted it. */
const rewrite = async (
  id: number,
  content: string,
  { call, connection, until }: WriteWays,
): Promise<boolean> => {
  const reply = await call(connection, {
    method: 'PUT',
    path: PATHS.note(id),
    body: { content },
    purpose: 'delivery',
    until,
  });
  return reply.status !== 404 && readIfThere(anything, reply) !== null;
};
