import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandbox } from '../../sandbox/create-sandbox.ts';
import type { SeedAccount } from '../../sandbox/hubspot/company.ts';
import type { Workflow } from '../../sandbox/hubspot/workflow-types.ts';
import { type LeadWords, seededRandom } from '../../sandbox/people/lead-generator.ts';
import type { SlackSandboxOptions } from '../../sandbox/slack/create-slack-sandbox.ts';
import { composeService } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import type { Storage } from '../../server/storage/storage.ts';

const API_KEY = 'fl_first-steps-api-key-for-tests-only';
const SLACK = { clientId: 'slack-client', clientSecret: 'slack-secret' };

const sample = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../examples/sample-company/${name}`, import.meta.url), 'utf8')) as T;

/** The sample company before it knew Fairlead: HubSpot's own workflow gives its leads away, and nothing is connected. */
export const openFirstStepsWorld = async (storage: Storage) => {
  const company = sample<{
    readonly hubspot: SeedAccount;
    readonly slack: Pick<SlackSandboxOptions, 'users' | 'channels'>;
  }>('company.json');
  const sandbox = await createSandbox({
    port: 0,
    accounts: [{ ...company.hubspot, workflows: sample<readonly Workflow[]>('before-fairlead.json') }],
    words: sample<LeadWords>('leads.json'),
    random: seededRandom(7),
    slackSigningSecret: 'first-steps',
    slack: { credentials: SLACK, ...company.slack },
  });
  const config = readConfig({
    DATA_DIR: '/nonexistent',
    FAIRLEAD_KEYS: `k:${Buffer.alloc(32, 7).toString('base64')}`,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    BOOTSTRAP_API_KEY: API_KEY,
    BOOTSTRAP_TENANT_NAME: 'Harbour Software',
    CONSOLE_LOCAL_SIGN_IN: 'on',
    HUBSPOT_CLIENT_ID: sandbox.hubspot.app.clientId,
    HUBSPOT_CLIENT_SECRET: sandbox.hubspot.app.clientSecret,
    HUBSPOT_API_URL: `${sandbox.url}/hubspot`,
    HUBSPOT_APP_URL: `${sandbox.url}/hubspot/app`,
    SLACK_SIGNING_SECRET: 'first-steps',
    SLACK_CLIENT_ID: SLACK.clientId,
    SLACK_CLIENT_SECRET: SLACK.clientSecret,
    SLACK_API_URL: `${sandbox.url}/slack/api/`,
  });
  let url = '';
  const service = await composeService(config, { storage, publicBaseUrl: () => url, roundTickMs: 500 });
  const server = createServer(service.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sandbox.pointAt(url);
  await service.start();
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const reply = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
    return (await reply.json()) as T;
  };
  return {
    url,
    sandbox,
    call,
    /** A visitor becomes a contact in HubSpot. */
    arrive: () => fetch(`${sandbox.url}/control/people/arrive`, { method: 'POST' }),
    /** HubSpot gives no lead away any more. */
    stopRotation: () => sandbox.hubspot.workflows.define(company.hubspot.portalId, []),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await service.stop();
      await sandbox.close();
    },
  };
};

export type FirstStepsWorld = Awaited<ReturnType<typeof openFirstStepsWorld>>;
