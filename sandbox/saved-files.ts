import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';

/** Saved after this long without a change, and at least this often while changes keep coming. Milliseconds. */
const QUIET_MS = 1500;
const LONGEST_MS = 15_000;

/** A part of the state that is kept in a file of its own, so that only what changed is written. */
export interface SavedPart {
  readonly name: string;
  readonly dump: () => unknown;
}

/** Readable JSON files in one folder, written off the hot path; without a folder nothing is kept. */
export const createSavedFiles = (folder: string | null) => {
  if (folder) mkdirSync(folder, { recursive: true });
  const dirty = new Map<string, SavedPart>();
  let timer: NodeJS.Timeout | null = null;
  let firstAt = 0;
  let writing: Promise<void> = Promise.resolve();

  const fileOf = (name: string, initial: unknown) =>
    new Low<unknown>(new JSONFile(join(folder ?? '', `${name}.json`)), initial);

  const writeAll = async () => {
    const parts = [...dirty.values()];
    dirty.clear();
    for (const part of parts) {
      const file = fileOf(part.name, null);
      file.data = part.dump();
      await file.write();
    }
  };

  const flush = (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    writing = writing.then(writeAll);
    return writing;
  };

  return {
    /** What was saved under this name, or null. */
    load: async (name: string): Promise<unknown> => {
      if (!folder) return null;
      const file = fileOf(name, null);
      await file.read();
      return file.data;
    },
    /** Notes that a part changed. Cheap enough for every change. */
    touched: (part: SavedPart): void => {
      if (!folder) return;
      if (dirty.size === 0) firstAt = Date.now();
      dirty.set(part.name, part);
      if (timer && Date.now() - firstAt < LONGEST_MS) timer.refresh();
      else if (!timer) timer = setTimeout(flush, QUIET_MS);
    },
    flush,
  };
};

export type SavedFiles = ReturnType<typeof createSavedFiles>;
