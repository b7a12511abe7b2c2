import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';

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

  test('makes no keys of its own', () => {
    mistakesOf({ NODE_ENV: 'production' });
    expect(() => statSync(join(dataDir, 'fairlead-keys'))).toThrow(/ENOENT/);
  });
});
