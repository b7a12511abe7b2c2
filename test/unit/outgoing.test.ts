import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '../../server/base/app-error.ts';
import { createOutgoing } from '../../server/base/outgoing/create-outgoing.ts';
import { isPublicAddress } from '../../server/base/outgoing/special-addresses.ts';
import { isVendorHost, outgoingRules } from '../../server/compose/outgoing-hosts.ts';
import { readConfig } from '../../server/config.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
});

/** A server on this machine, and how often it was connected to. */
const serve = async (listener: RequestListener = (_request, response) => response.end('here')) => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, connections: () => connections };
};

/** What the guard says of a call: `refused`, or what came back. */
const call = async (
  url: string,
  options: { named?: readonly string[]; addresses?: readonly string[]; redirect?: RequestRedirect } = {},
): Promise<string> => {
  const { named = [], addresses = [], redirect = 'follow' } = options;
  const dispatcher = createOutgoing({
    trusts: isVendorHost,
    named: new Set(named),
    lookup: (_host, _options, answer) =>
      answer(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
  });
  try {
    const init = { dispatcher, redirect, signal: AbortSignal.timeout(3_000) } as RequestInit;
    const reply = await fetch(url, init);
    return `${reply.status} ${await reply.text()}`;
  } catch (error) {
    const cause = (error as Error).cause;
    return cause instanceof AppError ? cause.code : String(cause ?? error);
  }
};

describe('nothing is sent to', () => {
  test.each([
    'http://127.0.0.1:3999/',
    'http://localhost:3999/',
    'https://localhost/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://0/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'https://169.254.169.254/',
    'https://[fd00:ec2::254]/',
    'https://metadata.google.internal/',
    'https://8.8.8.8/',
    'https://attacker.example/',
    // The vendor's host in the wrong place, by the wrong scheme, at a port of somebody else's.
    'https://acme.my.salesforce.com.attacker.example/',
    'https://attacker.example/acme.my.salesforce.com',
    'https://acme.my.salesforce.com@attacker.example/',
    'https://notsalesforce.com/',
    'https://accounts.zoho.com.attacker.example/',
    'https://pipedrive.com.attacker.example/',
    'http://acme.my.salesforce.com/',
    'https://acme.my.salesforce.com:8443/',
    'https://hooks.slack.com.attacker.example/',
    'https://api.hubapi.com.attacker.example/',
  ])('%s', async (url) => {
    const said = await call(url, { addresses: ['93.184.215.14'] });
    // A URL with a user is refused by fetch itself.
    expect(said).toMatch(/^address_refused|includes credentials/);
  });

  test.each([
    ['127.0.0.1'],
    ['10.0.0.5'],
    ['192.168.1.1', '172.16.0.1'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['::1'],
    ['fd12::1'],
    ['fe80::1'],
    ['::ffff:10.0.0.1'],
    ['2002:7f00:1::'],
    [],
  ])('a vendor’s name that answers %j', async (...addresses) => {
    expect(await call('https://acme.my.salesforce.com/', { addresses })).toBe('address_refused');
  });

  test('the second address of a name, once the first was good', async () => {
    const asked: string[] = [];
    const dispatcher = createOutgoing({
      trusts: isVendorHost,
      named: new Set(),
      lookup: (host, _options, answer) => {
        asked.push(host);
        answer(null, [{ address: asked.length === 1 ? '192.0.2.1' : '127.0.0.1', family: 4 }]);
      },
    });
    for (let round = 0; round < 2; round++) {
      const failed = await fetch('https://acme.my.salesforce.com/', { dispatcher } as RequestInit).catch(
        (error: Error) => error.cause,
      );
      expect(failed).toMatchObject({ code: 'address_refused' });
    }
    // Each connection asks anew: there is no answer that was good a moment ago.
    expect(asked).toHaveLength(2);
  });

  test('where a redirect leads, though the first hop was named', async () => {
    const inside = await serve();
    for (const location of ['http://169.254.169.254/', `${inside.url}/`, 'https://attacker.example/']) {
      const first = await serve((_request, response) => response.writeHead(302, { location }).end());
      expect([location, await call(first.url, { named: [first.url] })]).toEqual([
        location,
        'address_refused',
      ]);
    }
    expect(inside.connections()).toBe(0);
  });
});

test('an origin that the settings name is called, and its neighbour on another port is not', async () => {
  const [named, other] = [await serve(), await serve()];
  expect(await call(named.url, { named: [named.url] })).toBe('200 here');
  expect(await call(other.url, { named: [named.url] })).toBe('address_refused');
  expect(other.connections()).toBe(0);
});

describe('the rules of a process', () => {
  const rulesOf = (settings: Record<string, string>) =>
    outgoingRules(readConfig({ FAIRLEAD_KEYS: `k:${Buffer.alloc(32).toString('base64')}`, ...settings }));

  test('name nothing beside the vendors where no setting does', () => {
    expect([...rulesOf({}).named]).toEqual([]);
  });

  test('name a stand-in on this machine under each of its names, and hosts an operator adds', () => {
    const { named } = rulesOf({
      HUBSPOT_API_URL: 'http://127.0.0.1:3001/hubspot',
      OUTGOING_HOSTS: 'login.example.com:8443, proxy.internal',
    });
    expect([...named].sort()).toEqual([
      'http://127.0.0.1:3001',
      'http://[::1]:3001',
      'http://localhost:3001',
      'https://login.example.com:8443',
      'https://proxy.internal',
    ]);
  });

  test('trust every host a vendor is called at by default, and no look-alike', () => {
    const { trusts } = rulesOf({});
    for (const host of [
      'api.hubapi.com',
      'login.salesforce.com',
      'acme--uat.sandbox.my.salesforce.com',
      'contoso.crm4.dynamics.com',
      'contoso.api.crm.dynamics.com',
      'login.microsoftonline.com',
      'accounts.zoho.eu',
      'www.zohoapis.com.au',
      'acme.pipedrive.com',
      'oauth.pipedrive.com',
      'slack.com',
      'hooks.slack.com',
    ])
      expect([host, trusts(host)]).toEqual([host, true]);
    for (const host of [
      'xhubapi.com',
      'salesforce.com.evil.example',
      'slack.com.evil.example',
      'evilslack.com',
    ])
      expect([host, trusts(host)]).toEqual([host, false]);
  });
});

test('an IPv4 address is judged alike in every form IPv6 has for it', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      const tail = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      for (const form of [`::ffff:${address}`, `::ffff:${tail}`, `64:ff9b::${tail}`, `[::ffff:${tail}]`])
        expect(isPublicAddress(form)).toBe(isPublicAddress(address));
    }),
  );
});

test.each([
  ['8.8.8.8', true],
  ['93.184.215.14', true],
  ['2606:4700::1111', true],
  ['172.15.255.255', true],
  ['172.32.0.0', true],
  ['172.31.255.255', false],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['224.0.0.1', false],
  ['198.18.0.1', false],
  ['2001::1', false],
  ['2001:db8::1', false],
  ['fe80::1%eth0', false],
  ['localhost', false],
  ['', false],
])('%s is public: %s', (address, is) => {
  expect(isPublicAddress(address)).toBe(is);
});
