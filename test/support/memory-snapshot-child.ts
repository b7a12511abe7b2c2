/** Run by `memorySnapshot` in a process of its own: `node memory-snapshot-child.ts FILE`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { openStorage } from '../../server/storage/open-storage.ts';

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Say which file the snapshot is to be written to.');

const folder = await mkdtemp(join(tmpdir(), 'fairlead-snapshot-'));
try {
  const storage = await openStorage({ dataDir: folder });
  await storage.close();
  const database = await PGlite.create(join(folder, 'database'));
  // What the log holds of the migration is in the tables now: a smaller archive opens faster.
  await database.exec('checkpoint');
  const archive = await database.dumpDataDir('none');
  await database.close();
  await writeFile(path, Buffer.from(await archive.arrayBuffer()));
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.disconnect?.();
