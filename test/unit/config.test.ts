import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';
import { SECRET_SETTINGS, settings } from '../../server/settings.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fairlead-config-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const mistakesOf = (env: Record<string, string>): Record<string, string> => {
  try {
    readConfig({ DATA_DIR: dataDir, ...env });
  } catch (error) {
    if (error instanceof ConfigError)
      return Object.fromEntries(error.mistakes.map(({ setting, remedy }) => [setting, remedy]));
    throw error;
  }
  throw new Error('nothing was wrong');
};

const KEY = `one:${Buffer.alloc(32, 7).toString('base64')}`;
const PRODUCTION = {
  NODE_ENV: 'production',
  FAIRLEAD_KEYS: KEY,
  PUBLIC_BASE_URL: 'https://leads.example.com/',
  HUBSPOT_CLIENT_ID: 'id',
  HUBSPOT_CLIENT_SECRET: 'secret',
  SLACK_SIGNING_SECRET: 'secret',
  SLACK_CLIENT_ID: 'id',
  SLACK_CLIENT_SECRET: 'secret',
};

describe('settings', () => {
  test('nothing set gives a service on this machine', () => {
    const config = readConfig({ DATA_DIR: dataDir });
    expect(config).toMatchObject({
      production: false,
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: null,
      publicBaseUrl: null,
      bootstrap: null,
      localSignIn: false,
      logLevel: 'info',
    });
  });

  test('every mistake is told at once, with its remedy', () => {
    const mistakes = mistakesOf({
      PORT: '70000',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x/y',
      FAIRLEAD_KEYS: 'a:short',
      BOOTSTRAP_API_KEY: 'short',
      CONSOLE_LOCAL_SIGN_IN: 'yes',
    });
    expect(Object.keys(mistakes).toSorted()).toEqual(
      [
        'BOOTSTRAP_API_KEY',
        'CONSOLE_LOCAL_SIGN_IN',
        'DATABASE_URL',
        'FAIRLEAD_KEYS',
        'LOG_LEVEL',
        'PORT',
      ].toSorted(),
    );
    expect(mistakes.CONSOLE_LOCAL_SIGN_IN).toBe('must be on or off');
    expect(mistakes.FAIRLEAD_KEYS).toContain('openssl rand -base64 32');
  });

  test('half of a pair says which half is missing', () => {
    expect(mistakesOf({ SALESFORCE_CLIENT_ID: 'id', PORT: 'x' })).toMatchObject({
      PORT: expect.anything(),
      SALESFORCE_CLIENT_SECRET: 'is missing: set it, or unset SALESFORCE_CLIENT_ID',
    });
  });

  test('a blank setting is an unset one', () => {
    expect(readConfig({ DATA_DIR: dataDir, DATABASE_URL: '  ', PORT: '' })).toMatchObject({
      databaseUrl: null,
      port: 3000,
    });
  });

  test('keys are made once, kept, and readable by their owner alone', () => {
    const { keys } = readConfig({ DATA_DIR: dataDir });
    const file = join(dataDir, 'fairlead-keys');
    expect(keys).toMatch(/^local:[A-Za-z0-9+/]{43}=$/);
    expect(readFileSync(file, 'utf8').trim()).toBe(keys);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readConfig({ DATA_DIR: dataDir }).keys).toBe(keys);
  });

  test('given keys are used and none are made', () => {
    expect(readConfig({ DATA_DIR: dataDir, FAIRLEAD_KEYS: KEY }).keys).toBe(KEY);
    expect(() => statSync(join(dataDir, 'fairlead-keys'))).toThrow(/ENOENT/);
  });
});

describe('several factors', () => {
  const OIDC = { OIDC_ISSUER: 'https://id.example.com', OIDC_CLIENT_ID: 'id', OIDC_CLIENT_SECRET: 'secret' };

  test('are demanded where it is said, with what proves them', () => {
    expect(readConfig({ DATA_DIR: dataDir, ...OIDC }).severalFactors).toBeNull();
    const demanded = { ...OIDC, SIGN_IN_SEVERAL_FACTORS: 'on', OIDC_ACR_VALUES: 'urn:two  urn:three' };
    expect(readConfig({ DATA_DIR: dataDir, ...demanded }).severalFactors).toEqual({
      acrValues: ['urn:two', 'urn:three'],
      entraContext: null,
    });
  });

  test('are not demanded of whom nobody tells of them, nor proven in vain', () => {
    expect(mistakesOf({ SIGN_IN_SEVERAL_FACTORS: 'on' }).SIGN_IN_SEVERAL_FACTORS).toContain('OIDC_ISSUER');
    expect(
      Object.keys(mistakesOf({ ...OIDC, OIDC_ACR_VALUES: 'urn:two', DYNAMICS_AUTH_CONTEXT: 'c1' })),
    ).toEqual(['OIDC_ACR_VALUES', 'DYNAMICS_AUTH_CONTEXT']);
    expect(
      mistakesOf({ ...OIDC, SIGN_IN_SEVERAL_FACTORS: 'on', DYNAMICS_AUTH_CONTEXT: 'c0' })
        .DYNAMICS_AUTH_CONTEXT,
    ).toContain('c1 to c99');
  });
});

describe('secrets from files', () => {
  const file = (name: string, text: string): string => {
    const path = join(dataDir, name);
    writeFileSync(path, text);
    return path;
  };

  test('each secret can come from a file, without the line’s end', () => {
    const config = readConfig({
      DATA_DIR: dataDir,
      DATABASE_URL_FILE: file('url', 'postgres://fairlead:secret@127.0.0.1/fairlead\n'),
      FAIRLEAD_KEYS_FILE: file('keys', `${KEY}\r\n`),
      SLACK_SIGNING_SECRET_FILE: file('slack', '  secret  '),
    });
    expect(config).toMatchObject({
      databaseUrl: 'postgres://fairlead:secret@127.0.0.1/fairlead',
      keys: KEY,
      slack: { signingSecret: 'secret' },
    });
  });

  test('every setting that is secret is one of them', () => {
    const secret = Object.keys(settings.shape).filter((name) =>
      /SECRET|KEY|PASSWORD|TOKEN|DATABASE_URL/.test(name),
    );
    expect([...SECRET_SETTINGS].toSorted()).toEqual(secret.toSorted());
    const files = SECRET_SETTINGS.map((name) => [`${name}_FILE`, join(dataDir, 'none')] as const);
    expect(Object.keys(mistakesOf(Object.fromEntries(files))).toSorted()).toEqual(
      files.map(([name]) => name).toSorted(),
    );
  });

  test('a file that cannot be read, is empty, or stands beside its setting is told, and what it holds is not', () => {
    mkdirSync(join(dataDir, 'directory'));
    const mistakes = mistakesOf({
      DATABASE_URL_FILE: join(dataDir, 'directory'),
      HUBSPOT_CLIENT_SECRET_FILE: join(dataDir, 'missing'),
      SLACK_CLIENT_SECRET_FILE: file('empty', ' \n'),
      FAIRLEAD_KEYS: KEY,
      FAIRLEAD_KEYS_FILE: file('keys', 'hush'),
      BOOTSTRAP_API_KEY_FILE: file('key', 'short-and-hush'),
    });
    expect(mistakes).toEqual({
      DATABASE_URL_FILE: expect.stringContaining('EISDIR'),
      HUBSPOT_CLIENT_SECRET_FILE: expect.stringContaining('ENOENT'),
      SLACK_CLIENT_SECRET_FILE: expect.stringContaining('is empty'),
      FAIRLEAD_KEYS_FILE: 'is set beside FAIRLEAD_KEYS: unset one of them',
      BOOTSTRAP_API_KEY: expect.stringContaining('must be fl_'),
    });
    expect(JSON.stringify(mistakes)).not.toContain('hush');
  });

  test('production takes them, and a file at fault is told once', () => {
    const { FAIRLEAD_KEYS: _, SLACK_CLIENT_SECRET: __, ...rest } = PRODUCTION;
    const keys = { FAIRLEAD_KEYS_FILE: file('keys', KEY) };
    expect(
      readConfig({ DATA_DIR: dataDir, ...rest, ...keys, SLACK_CLIENT_SECRET_FILE: file('s', 'secret') }),
    ).toMatchObject({ production: true, keys: KEY });
    expect(
      Object.keys(mistakesOf({ ...rest, ...keys, SLACK_CLIENT_SECRET_FILE: join(dataDir, 'none') })),
    ).toEqual(['SLACK_CLIENT_SECRET_FILE']);
  });
});

describe('production', () => {
  test('starts when everything it needs is set', () => {
    expect(readConfig({ DATA_DIR: dataDir, ...PRODUCTION })).toMatchObject({
      production: true,
      publicBaseUrl: 'https://leads.example.com',
    });
  });

  test.each([
    'FAIRLEAD_KEYS',
    'HUBSPOT_CLIENT_ID',
    'HUBSPOT_CLIENT_SECRET',
    'SLACK_SIGNING_SECRET',
    'SLACK_CLIENT_ID',
    'SLACK_CLIENT_SECRET',
    'PUBLIC_BASE_URL',
  ] as const)('refuses to start without %s', (name) => {
    const { [name]: _, ...rest } = PRODUCTION;
    expect(Object.keys(mistakesOf(rest))).toEqual([name]);
  });

  test.each([
    ['HUBSPOT_API_URL', 'http://127.0.0.1:3001/hubspot', 'sandbox'],
    ['HUBSPOT_APP_URL', 'http://127.0.0.1:3001/desk', 'sandbox'],
    ['SLACK_API_URL', 'http://127.0.0.1:3001/slack/api/', 'sandbox'],
    ['SANDBOX_API_KEY', 'fl_sandbox', 'sandbox'],
    ['CONSOLE_LOCAL_SIGN_IN', 'on', 'refused in production'],
    ['PUBLIC_BASE_URL', 'http://leads.example.com', 'https://'],
  ])('refuses %s=%s', (name, value, remedy) => {
    const mistakes = mistakesOf({ ...PRODUCTION, [name]: value });
    expect(Object.keys(mistakes)).toEqual([name]);
    expect(mistakes[name]).toContain(remedy);
  });

  test.each([
    'postgres://fairlead@db.example.com/fairlead',
    'postgres://fairlead@db.example.com/fairlead?sslmode=require',
    'postgres://fairlead@db.example.com/fairlead?sslmode=verify-full&sslmode=no-verify',
    'postgres://fairlead@db.example.com/fairlead?ssl=true',
    'postgres://fairlead@10.0.0.7/fairlead',
    'postgres://fairlead@127.0.0.1.example.com/fairlead',
    'postgres://fairlead@localhost/fairlead?host=db.example.com',
    'postgres://fairlead@%zz/fairlead',
  ])('refuses a database elsewhere that need not prove itself: %s', (url) => {
    const mistakes = mistakesOf({ ...PRODUCTION, DATABASE_URL: url });
    expect(Object.keys(mistakes)).toEqual(['DATABASE_URL']);
    expect(mistakes.DATABASE_URL).toContain('sslmode=verify-full');
    expect(mistakes.DATABASE_URL).not.toContain('fairlead@');
    const own = { ...PRODUCTION, DATABASE_URL: url, DATABASE_PRIVATE_NETWORK: 'on' };
    expect(readConfig({ DATA_DIR: dataDir, ...own }).databaseUrl).toBe(url);
    expect(readConfig({ DATA_DIR: dataDir, DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  test.each([
    'postgres://fairlead@db.example.com/fairlead?sslmode=verify-full',
    'postgres://fairlead@db.example.com/fairlead?sslmode=verify-full&sslrootcert=/etc/ca.pem',
    'postgres://fairlead@localhost:5433/fairlead',
    'postgres://fairlead@127.0.0.1/fairlead',
    'postgres://fairlead@[::1]/fairlead',
    'postgres://fairlead@%2Fvar%2Frun%2Fpostgresql/fairlead',
    'postgres:///fairlead?host=/var/run/postgresql',
  ])('takes a database that proves itself, or is on this machine: %s', (url) => {
    expect(readConfig({ DATA_DIR: dataDir, ...PRODUCTION, DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  test('an address without a host leads where the environment says', () => {
    const given = { ...PRODUCTION, DATABASE_URL: 'postgres:///fairlead', PGHOST: 'db.example.com' };
    expect(Object.keys(mistakesOf(given))).toEqual(['DATABASE_URL']);
  });

  test('refuses to have no certificate looked at', () => {
    expect(Object.keys(mistakesOf({ ...PRODUCTION, NODE_TLS_REJECT_UNAUTHORIZED: '0' }))).toEqual([
      'NODE_TLS_REJECT_UNAUTHORIZED',
    ]);
  });

  test('makes no keys of its own', () => {
    mistakesOf({ NODE_ENV: 'production' });
    expect(() => statSync(join(dataDir, 'fairlead-keys'))).toThrow(/ENOENT/);
  });
});
