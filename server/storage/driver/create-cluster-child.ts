/** Run by `createCluster` in a process of its own: `node create-cluster-child.ts DIRECTORY`. */
import { PGlite } from '@electric-sql/pglite';
import { DurableFS } from './durable-fs.ts';

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('Say which directory the database is to be made in.');

// Smaller log files than the usual 16 MB: a database of one company starts at half the size.
const database = await PGlite.create({
  fs: new DurableFS(directory),
  initDbStartParams: ['--wal-segsize=4'],
});
await database.close();
process.disconnect?.();
