import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exports } from '../../../assignments/lifecycle/ports.ts';
import type { Storage } from '../../storage.ts';
import { exportLines } from './export-lines.ts';

/** Only who runs the service may read what is written here. */
const OWN = 0o600;

/**
 * Exports, each written to a file while the database is read, and sent from there. The file has no name any more once it
 * can be read: it holds everything of a tenant, and is gone whoever leaves, and even if the process dies.
 */
export const createExports = (storage: Storage): Exports => ({
  open: async (tenantId) => {
    const folder = await mkdtemp(join(tmpdir(), 'fairlead-export-'));
    try {
      const path = join(folder, 'workspace.ndjson');
      await writeTo(path, storage, tenantId);
      const written = createReadStream(path);
      await once(written, 'open');
      return written;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
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
