import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Exports } from '../../../assignments/lifecycle/ports.ts';
import { AppError } from '../../../base/app-error.ts';
import type { Storage, Trx } from '../../storage.ts';
import { exportLines } from './export-lines.ts';
import { type Reading, readBeginning } from './read-pages.ts';

/** Only who runs the service may read what is written here. */
const OWN = 0o600;

/**
 * Exports, each written to a file while the database is read, a page at a time, and sent from there. The file has no name any more once it
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

/** How often it is read in pages where people are being erased; then it is read in one transaction. */
const TRIES = 3;

/**
 * Nobody may be in it in part: where somebody was erased meanwhile it is written anew. In the end in one transaction,
 * which everything else waits for on the embedded database, so that erasures without end do not make exports so.
 */
const writeTo = async (path: string, storage: Storage, tenantId: string): Promise<void> => {
  const inPages: Reading = (work) => storage.snapshot(tenantId, work);
  for (let left = TRIES; left > 0; left--) if (await writeOnce(path, inPages, tenantId)) return;
  await storage.snapshot(tenantId, (trx) => writeOnce(path, (work) => work(trx), tenantId));
};

/** Whether it is whole. */
const writeOnce = async (path: string, read: Reading, tenantId: string): Promise<boolean> => {
  const file = await open(path, 'w', OWN);
  try {
    const erased = await read(countErased(tenantId));
    await writeLines(file, exportLines(read, tenantId, await read(readBeginning(tenantId))));
    return erased === (await read(countErased(tenantId)));
  } finally {
    await file.close();
  }
};

/** How many leads were erased ever. Throws AppError `workspace_closing` once rows of the workspace may be gone. */
const countErased =
  (tenantId: string) =>
  async (trx: Trx): Promise<number> => {
    const found = await sql<{ erased: number; going: boolean }>`
      select (select coalesce(sum(leads), 0) from erasure where tenant_id = ${tenantId}) as erased,
        not exists (select from tenant where id = ${tenantId} and (deletes_at is null or deletes_at > clock_timestamp())) as going`.execute(
      trx,
    );
    const { erased, going } = found.rows[0]!;
    if (going)
      throw new AppError(
        'workspace_closing',
        'The rows of this workspace are being deleted: nothing whole is left to be taken along.',
        { status: 409 },
      );
    return erased;
  };

const writeLines = async (file: FileHandle, lines: AsyncIterable<string>): Promise<void> => {
  for await (const text of lines) await file.write(text);
};
