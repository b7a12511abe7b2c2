import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPglite } from '../../server/storage/driver/pglite.ts';
import { tidy } from '../../server/storage/driver/tidy.ts';
import { openStorage } from '../../server/storage/open-storage.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairlead-embedded-'));
  const storage = await openStorage({ dataDir: folder });
  await storage.close();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const OPEN_AND_WRITE = `
  import { openStorage } from '${fileURLToPath(new URL('../../server/storage/open-storage.ts', import.meta.url))}';
  const storage = await openStorage({ dataDir: process.argv[1] });
  for (let i = 0; ; i++) {
    await storage.directory((trx) => trx.insertInto('tenant').values({ id: process.argv[2] + i, name: 'x' }).execute());
    console.log(i);
  }`;

/** Another process that writes rows and says which ones are committed. */
const startWriter = (prefix: string) =>
  spawn(process.execPath, ['--input-type=module', '--eval', OPEN_AND_WRITE, folder, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

test('each commit is written through to the disk', async () => {
  const thread = await openPglite({ dataDir: folder });
  const pool = new pg.Pool({
    max: 1,
    user: 'postgres',
    database: 'postgres',
    stream: () => thread.socket() as never,
  });
  const before = await thread.fsyncs();
  for (let i = 0; i < 20; i++) await pool.query(`insert into tenant (id, name) values ('through-${i}', 'x')`);
  expect((await thread.fsyncs()) - before).toBeGreaterThanOrEqual(20);
  await pool.end();
  await thread.close();
});

test('a second process is refused, and told who uses the folder', async () => {
  const storage = await openStorage({ dataDir: folder });
  const second = spawn(process.execPath, ['--input-type=module', '--eval', OPEN_AND_WRITE, folder, 'x'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  second.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const [code] = await once(second, 'close');
  expect(code).toBe(1);
  expect(complaint).toContain(`Process ${process.pid} on `);
  expect(complaint).toContain('DATA_DIR');
  await storage.close();
});

test('after kill -9 the next process takes over and finds every committed row', {
  timeout: 120_000,
}, async () => {
  for (const round of ['a', 'b', 'c']) {
    const writer = startWriter(round);
    let said = '';
    const { promise: wroteEnough, resolve } = Promise.withResolvers<void>();
    writer.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > 30) resolve();
    });
    await wroteEnough;
    writer.kill('SIGKILL');
    await once(writer, 'close');
    const committed = said.split('\n').slice(0, -1).map(Number);
    const storage = await openStorage({ dataDir: folder });
    const rows = await storage.directory((trx) =>
      trx.selectFrom('tenant').select('id').where('id', 'like', `${round}%`).execute(),
    );
    const found = new Set(rows.map(({ id }) => id));
    expect(committed.filter((n) => !found.has(`${round}${n}`))).toEqual([]);
    await storage.close();
  }
});

test('a lock whose process number is another process now is taken over', async () => {
  const lock = join(folder, 'database.lock');
  const stale = { pid: process.pid, started: 'long ago', host: hostname() };
  await writeFile(lock, JSON.stringify(stale));
  const storage = await openStorage({ dataDir: folder });
  expect(JSON.parse(await readFile(lock, 'utf8'))).toMatchObject({ pid: process.pid });
  await storage.close();
  await expect(readFile(lock)).rejects.toThrow('ENOENT');
});

test('long statements do not hold up the process', async () => {
  const storage = await openStorage({ dataDir: folder });
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  await storage.executeSql('select count(*) from generate_series(1, 3000000)');
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(5);
  await storage.close();
});

test('tables that changed much are tidied', async () => {
  const thread = await openPglite({ dataDir: folder });
  const pool = new pg.Pool({
    max: 1,
    user: 'postgres',
    database: 'postgres',
    stream: () => thread.socket() as never,
  });
  await pool.query("insert into lane (tenant_id) select 'many ' || i from generate_series(1, 3000) i");
  await pool.query('delete from lane');
  // Counts reach the statistics with the next statement after a second at the latest.
  await expect.poll(() => tidy(pool), { timeout: 10_000 }).toContain('public.lane');
  await pool.end();
  await thread.close();
});
