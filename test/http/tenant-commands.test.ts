import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXPORTED } from '../../server/storage/lifecycle/export/tables.ts';
import { files, start } from '../support/command-line.ts';
import { rowsWith } from '../support/made-up-row.ts';
import { until } from '../support/until.ts';
import { API_KEY, openService, setUp, type TestService } from './open-service.ts';

const KEY = { FAIRLEAD_API_KEY: API_KEY };
const LEADS = 260;

describe.each(['pglite', 'postgresql'] as const)('the commands for a workspace, on %s', (kind) => {
  let service: TestService;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    service = await openService({}, kind);
    await setUp(service);
    await service.storage.executeSql(`update tenant set name = 'Northwind "Trading"'`);
    for (let at = 0; at < LEADS; at += 130)
      await service
        .api('post', '/api/v1/leads/batch')
        .send({ leads: Array.from({ length: 130 }, (_, i) => ({ fields: { employees: at + i } })) })
        .expect(200);
    server = createServer(service.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, 120_000);
  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    await service?.close();
  });

  /** `fairlead tenant …` as an operator runs it. */
  const tenant = (args: readonly string[], env: Readonly<Record<string, string>> = KEY) =>
    start(['tenant', ...args, '--url', url], env);
  /** A name in a folder of its own, where nothing is yet. */
  const fresh = () => join(files({ beside: '' }).beside, '..', 'workspace.ndjson');
  const deletion = async () =>
    (await service.api('get', '/api/v1/workspace').expect(200)).body.deletion as {
      askedAt: string;
      deletesAt: string;
    } | null;
  const makeKey = async (name: string, scopes: readonly string[]) =>
    (await service.api('post', '/api/v1/keys').send({ name, scopes }).expect(200)).body.key as string;

  test('export: the whole workspace, readable, for this user alone: 0', async () => {
    const out = fresh();
    const { code, out: printed, err } = await tenant(['export', '--out', out]);
    expect([code, printed]).toEqual([0, '']);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    const lines = (await readFile(out, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ fairlead: 'export', workspace: { name: 'Northwind "Trading"' } });
    const tables = lines.filter(({ table }) => table !== undefined);
    expect(tables.map(({ table }) => table)).toEqual(Object.keys(EXPORTED));
    for (const { ended, rows } of lines.filter((line) => line.ended !== undefined))
      expect([ended, lines.filter((line) => line.in === ended).length]).toEqual([ended, rows]);
    const rowsOf = (table: string) => lines.filter((line) => line.in === table).map(({ row }) => row);
    expect(rowsOf('decision')).toHaveLength(LEADS);
    expect(
      rowsOf('lead_snapshot')
        .map((row) => row.field_values.employees)
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: LEADS }, (_, i) => i));
    expect(err).toBe(
      `${lines.at(-1).rows.toLocaleString('en')} rows of ${tables.length} tables are in ${out}.\n`,
    );
  });

  test('export: 2 with the remedy where it cannot be, and nothing is written over or left behind', async () => {
    const [taken, out] = [files({ taken: 'mine' }).taken, fresh()];
    const refused = async (args: readonly string[], says: RegExp, env?: Readonly<Record<string, string>>) => {
      const { code, out: printed, err } = await tenant(['export', ...args], env);
      expect([code, printed]).toEqual([2, '']);
      expect(err).toMatch(says);
    };
    await refused([], /^fairlead: --out is missing; name a file that is not there yet$/m);
    await refused(['--out', taken], /could not be written: .*exist.*name a file that is not there yet/);
    expect(await readFile(taken, 'utf8')).toBe('mine');
    await refused(
      ['--out', out],
      /^fairlead: --key is missing; give an API key, or set FAIRLEAD_API_KEY$/m,
      {},
    );
    await refused(['--out', out], /answers 401: .*Settings, API keys/, { FAIRLEAD_API_KEY: 'fl_nobodys' });
    await refused(['--out', out], /answers 403: .*ask an owner/, {
      FAIRLEAD_API_KEY: await makeKey('admin', ['read', 'administer']),
    });
    await expect(stat(out)).rejects.toThrow('ENOENT');
    await refused(['--out', out, '--at-once'], /--at-once/);
  });

  test('an export that breaks off leaves no file behind, so it is tried again under the same name: 2', async () => {
    const half = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end('{"fairlead":"export"}\n');
    }).listen(0, '127.0.0.1');
    await once(half, 'listening');
    const out = fresh();
    const { code, err } = await start(
      ['tenant', 'export', '--out', out, '--url', `http://127.0.0.1:${(half.address() as AddressInfo).port}`],
      KEY,
    );
    half.close();
    expect(code).toBe(2);
    expect(err).toMatch(/the service stopped before the end; try again/);
    await writeFile(out, '', { flag: 'wx' });
  });

  test('delete: 2 without the name, with another’s, or by who may not; nothing changes', async () => {
    const refused = async (args: readonly string[], says: RegExp, env?: Readonly<Record<string, string>>) => {
      const { code, err } = await tenant(['delete', ...args], env);
      expect(code).toBe(2);
      expect(err).toMatch(says);
    };
    await refused([], /^fairlead: --name is missing; type the name of the workspace/);
    await refused(['--at-once'], /^fairlead: --name is missing/);
    await refused(
      ['--name', 'Northwind'],
      /\/name must be the name of the workspace, "Northwind "Trading"", so that/,
    );
    await refused(['--name', 'Northwind "Trading"'], /answers 403: .*ask an owner/, {
      FAIRLEAD_API_KEY: await makeKey('another admin', ['read', 'administer']),
    });
    const { code, err } = await start(['tenant', 'close']);
    expect([code, err]).toEqual([2, 'fairlead: say what to do: tenant export or tenant delete\n']);
    expect(await deletion()).toBeNull();
  });

  test('delete: seven days in which it can be taken back, and then at once to the last row: 0', async () => {
    const name = ['--name', 'Northwind "Trading"'];
    const asked = await tenant(['delete', ...name]);
    const { askedAt, deletesAt } = (await deletion())!;
    expect(Date.parse(deletesAt) - Date.parse(askedAt)).toBe(7 * 86_400_000);
    expect(asked).toEqual({
      code: 0,
      out: '',
      err: `Nothing is decided or sent any more; every row goes at ${deletesAt}. Until then it can be taken back in the console.\n`,
    });
    const lead = () => service.api('post', '/api/v1/leads').send({ fields: {} });
    expect((await lead().expect(409)).body.code).toBe('workspace_closing');
    // What is to go can still be taken along.
    expect(await tenant(['export', '--out', fresh()])).toMatchObject({ code: 0 });
    await service.api('post', '/api/v1/workspace/deletion/undo').send({}).expect(200);
    await lead().expect(200);

    const atOnce = await tenant(['delete', ...name, '--at-once']);
    expect(atOnce).toEqual({
      code: 0,
      out: '',
      err: 'Nothing is decided or sent any more; every row is gone in a few minutes.\n',
    });
    await service.api('post', '/api/v1/workspace/deletion/undo').send({}).expect(409);
    const tenantId = String(
      ((await service.storage.executeSql('select id from tenant')).rows[0] as { id: string }).id,
    );
    expect((await rowsWith(service.storage, tenantId)).length).toBeGreaterThan(LEADS);
    // Whoever was at work has half a minute to end; here nobody is.
    await service.storage.executeSql("update tenant set deletes_at = deletes_at - interval '1 minute'");
    await service.storage.executeSql("insert into pgboss.job (name, data) values ('end_workspaces', '{}')");
    // Its own row goes last. What looks through everything locks every table, and would meet what removes.
    const gone = `select from tenant where id = '${tenantId}'`;
    await until(
      'the workspace is gone',
      async () => (await service.storage.executeSql(gone)).rows.length === 0,
      180_000,
    );
    await until(
      'no row is left',
      async () => (await rowsWith(service.storage, tenantId)).length === 0,
      180_000,
    );
    // A second time there is nothing to delete, and once this process has forgotten it no such key either.
    const again = await tenant(['delete', ...name]);
    expect([again.code, again.err]).toEqual([
      2,
      expect.stringMatching(/answers 40[14]: .*(no such workspace|API keys)/),
    ]);
  }, 300_000);
});
