import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { type Service, startService } from '../support/service.ts';
import { openTokenVendor, type TokenVendor } from '../support/token-vendor.ts';
import { until } from '../support/until.ts';

const API_KEY = 'fl_two-processes-one-refresh';
const FIRST = { access: 'access-0', refresh: 'refresh-0' };
const PARALLEL = 50;

let database: OwnedDatabase;
let vendor: TokenVendor;
let processes: Service[];

const start = () =>
  startService({
    DATABASE_URL: database.url!,
    BOOTSTRAP_API_KEY: API_KEY,
    FAIRLEAD_KEYS: `k:${Buffer.alloc(32, 5).toString('base64')}`,
    HUBSPOT_CLIENT_ID: 'id',
    HUBSPOT_CLIENT_SECRET: 'secret',
    HUBSPOT_API_URL: vendor.url,
    DATA_DIR: '/nonexistent',
  });
const call = async (
  service: Service,
  path: string,
  body?: object,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const reply = await fetch(`${service.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
};

beforeAll(async () => {
  database = await openTestDatabase('postgresql');
}, 120_000);
beforeEach(async () => {
  vendor = await openTokenVendor(FIRST);
  processes = await Promise.all([start(), start()]);
}, 120_000);
afterEach(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  await vendor.close();
});
afterAll(async () => {
  await database.storage.close();
  await database.drop();
});

let accounts = 0;
/** An account whose token is over, and needs another for whatever is asked of it. */
const connect = async (): Promise<string> => {
  const { status, body } = await call(processes[0]!, '/connections', {
    vendor: 'hubspot',
    externalId: String(4_000 + ++accounts),
    name: 'Portal',
    scopes: ['oauth'],
    tokens: { refreshToken: FIRST.refresh },
  });
  expect(status).toBe(200);
  return String(body.id);
};
/** Fifty at once, by turns to each process. */
const atOnce = (id: string, to: readonly Service[]) =>
  Promise.all(
    Array.from({ length: PARALLEL }, (_, n) => call(to[n % to.length]!, `/connections/${id}/sync`)),
  );
const codes = (replies: readonly { readonly status: number }[]) => [
  ...new Set(replies.map(({ status }) => status)),
];
const statusOf = async (id: string): Promise<string> => {
  const { rows } = await database.storage.executeSql('select status from connection where id = $1', [id]);
  return (rows as { status: string }[])[0]!.status;
};

describe('fifty requests at once on two processes, with a token that is over,', () => {
  test('make one refresh', async () => {
    const id = await connect();
    const replies = await atOnce(id, processes);
    expect(codes(replies)).toEqual([200]);
    expect(vendor.asked).toEqual([FIRST.refresh]);
  });

  test('make one more where the vendor slips once, and none of them fails', async () => {
    vendor.set({ failNext: 1 });
    const id = await connect();
    expect(codes(await atOnce(id, processes))).toEqual([200]);
    expect(vendor.asked).toEqual([FIRST.refresh, FIRST.refresh]);
  });

  /** One process has asked the vendor, and is killed before it hears the answer. */
  const killedInTheMiddle = async (strict: boolean) => {
    let answer = () => {};
    const hold = new Promise<void>((resolve) => {
      answer = resolve;
    });
    vendor.set({ strict, hold });
    const id = await connect();
    const [one, two] = processes as [Service, Service];
    const lost = Promise.allSettled([call(one, `/connections/${id}/sync`)]);
    await until('the vendor is asked', () => vendor.asked.length === 1);
    const { rows } = await database.storage.executeSql('select holder from lease where name = $1', [
      `tokens:${id}`,
    ]);
    const { holder } = rows[0] as { holder: string };
    const [killed, left] = holder.startsWith(`${one.pid}-`) ? [one, two] : [two, one];
    await killed.kill();
    answer();
    vendor.set({ strict, hold: Promise.resolve() });
    await lost;
    // What passes by itself after half a minute.
    await database.storage.executeSql(`update lease set expires_at = now() where name = $1`, [
      `tokens:${id}`,
    ]);
    return { id, left };
  };

  test('go on after the process that refreshed was killed, where the token before still serves', async () => {
    const { id, left } = await killedInTheMiddle(false);
    expect(codes(await atOnce(id, [left]))).toEqual([200]);
    expect(vendor.asked).toEqual([FIRST.refresh, FIRST.refresh]);
    expect(await statusOf(id)).toBe('active');
  });

  test('say that the account must be connected again where it does not, without asking on and on', async () => {
    const { id, left } = await killedInTheMiddle(true);
    const replies = await atOnce(id, [left]);
    expect(replies.every(({ status }) => status !== 200)).toBe(true);
    expect(new Set(replies.map(({ body }) => body.code))).toEqual(new Set(['needs_reconnecting']));
    expect(vendor.asked).toEqual([FIRST.refresh, FIRST.refresh]);
    expect(await statusOf(id)).toBe('needs_reconnecting');
  });
}, 120_000);
