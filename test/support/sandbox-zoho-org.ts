import { afterAll, beforeAll } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import type { SeedZohoOrg } from '../../sandbox/zoho/company.ts';
import { userNamed } from '../../sandbox/zoho/org.ts';
import { apiCaller } from './api-caller.ts';

export const START = Date.parse('2026-11-24T15:00:00Z');
export const TEST_ORG: SeedZohoOrg = {
  domain: 'test',
  name: 'Test org',
  timezone: 'America/New_York',
  users: [
    { email: 'anna@example.com', firstName: 'Anna', lastName: 'Rep' },
    { email: 'ben@example.com', firstName: 'Ben', lastName: 'Rep' },
    { email: 'gone@example.com', firstName: 'Gone', lastName: 'Away', status: 'disabled' },
    { email: 'new@example.com', firstName: 'New', lastName: 'Comer', status: 'unconfirmed' },
  ],
};

/** A stand-in of its own with one org, and a program that speaks to it. The caller closes it. */
export const openSandboxZoho = async (seed: Partial<SeedZohoOrg> = {}, scopes?: readonly string[]) => {
  const scheduler = createManualScheduler(START);
  const sandbox = await createSandbox({ port: 0, scheduler, zohoOrgs: [{ ...TEST_ORG, ...seed }] });
  const { zoho } = sandbox;
  const installed = zoho.install('test', undefined, scopes);
  const address = (path: string) => new URL(installed.apiDomain + path);
  const answer = apiCaller((path) => address(path).href, `Zoho-oauthtoken ${installed.accessToken}`);
  const call = async (...asked: Parameters<typeof answer>) => {
    const { status, headers, body } = await answer(...asked);
    const { pathname } = address(asked[1]);
    return { status, headers, reply: body, path: pathname.slice(pathname.indexOf('/crm/v8')) };
  };
  const idOf = (email: string) => userNamed(zoho.org('test'), email)?.id ?? '';
  const lead = (values: Record<string, unknown> = {}) =>
    zoho.create({ values: { Last_Name: 'Lovelace', ...values } }).id;
  return { ...sandbox, scheduler, installed, call, idOf, lead };
};
export type SandboxZoho = Awaited<ReturnType<typeof openSandboxZoho>>;

/** One such stand-in for a file's tests. */
export const sandboxZohoForAllTests = (): (() => SandboxZoho) => {
  let world: SandboxZoho;
  beforeAll(async () => {
    world = await openSandboxZoho();
  });
  afterAll(() => world.close());
  return () => world;
};

/** What an accounts server answers when it is asked for a token. */
export const token = async (
  { zoho }: Pick<Sandbox, 'zoho'>,
  server: string,
  form: Record<string, string>,
) => {
  const answer = await fetch(`${server}/oauth/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: zoho.app.clientId,
      client_secret: zoho.app.clientSecret,
      ...form,
    }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
