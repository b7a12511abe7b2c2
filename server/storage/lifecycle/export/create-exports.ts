import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exports } from '../../../assignments/lifecycle/ports.ts';
import type { Storage } from '../../storage.ts';
import { exportLines } from './export-lines.ts';

/** Only who runs the service may read what is written here. */
const OWN = 0o600;

/** Exports, each written to a folder of its own while it is sent. */
export const createExports = (storage: Storage): Exports => ({
  open: async (tenantId) => {
    const folder = await mkdtemp(join(tmpdir(), 'fairlead-export-'));
    const path = join(folder, 'workspace.ndjson');
    const done = () => rm(folder, { recursive: true, force: true });
    try {
      await writeTo(path, storage, tenantId);
    } catch (error) {
      await done();
      throw error;
    }
    return readFrom(path, done);
  },
});

const writeTo = async (path: string, storage: Storage, tenantId: string): Promise<void> => {
  const file = await open(path, 'wx', OWN);
  try {
    await storage.snapshot(tenantId, (trx) => writeLines(file, exportLines(trx, tenantId)));
  } finally {
    await file.close();
  }
};

const writeLines = async (file: FileHandle, lines: AsyncIterable<string>): Promise<void> => {
  for await (const text of lines) await file.write(text);
};

async function* readFrom(path: string, done: () => Promise<void>): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } finally {
    await done();
  }
}
