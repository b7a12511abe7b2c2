import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { composeService, type Overrides } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { SCENARIO_CRMS } from '../scenario/crms/all.ts';

export const API_KEY = 'fl_installs-api-key-for-tests-only';
export const KEYS = `k:${Buffer.alloc(32, 7).toString('base64')}`;
export const SLACK_SIGNING_SECRET = 'the-signing-secret-of-installs';
export const SLACK = { clientId: 'slack-client', clientSecret: 'slack-secret' };

interface Shown {
  readonly id: string;
  readonly vendor: string;
  readonly externalId: string;
  readonly status: string;
}

/**
 * Fairlead with an app at every vendor and no connection yet, beside the stand-ins with their consent pages. `running`:
 * it works on what is due.
 */
export const openInstallWorld = async (
  storage: Storage,
  {
    running = false,
    settings = {},
    ...overrides
  }: { readonly running?: boolean; readonly settings?: Record<string, string> } & Pick<
    Overrides,
    'clock' | 'log'
  > = {},
) => {
  const sandbox = await createSandbox({
    port: 0,
    slackSigningSecret: SLACK_SIGNING_SECRET,
    slack: { credentials: SLACK },
    ...Object.assign({}, ...SCENARIO_CRMS.map((crm) => crm.sandbox)),
  });
  const config = readConfig({
    DATA_DIR: '/nonexistent',
    FAIRLEAD_KEYS: KEYS,
    LOG_LEVEL: 'silent',
    BOOTSTRAP_API_KEY: API_KEY,
    CONSOLE_LOCAL_SIGN_IN: 'on',
    ...Object.assign({}, ...SCENARIO_CRMS.map((crm) => crm.settings(sandbox))),
    HUBSPOT_APP_URL: `${sandbox.url}/hubspot/app`,
    SLACK_SIGNING_SECRET,
    SLACK_CLIENT_ID: SLACK.clientId,
    SLACK_CLIENT_SECRET: SLACK.clientSecret,
    SLACK_API_URL: `${sandbox.url}/slack/api/`,
    ...settings,
  });
  let url = '';
  const service = await composeService(config, {
    ...overrides,
    storage,
    publicBaseUrl: () => url,
    roundTickMs: 200,
  });
  const server = createServer(service.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sandbox.pointAt(url);
  if (running) await service.start();
  const api = async (method: string, path: string, body?: unknown) => {
    const reply = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: reply.status, body: await reply.json() };
  };
  const connections = async () => {
    const all = (await api('GET', '/api/v1/connections')).body as readonly Shown[];
    // How much of a limit is used goes on changing while people are imported.
    return all.map(({ id, vendor, externalId, status }) => ({ id, vendor, externalId, status }));
  };
  return {
    url,
    sandbox,
    config,
    /** Lets it work by itself, too. */
    start: service.start,
    connections,
    /** A call of the tenant API. */
    api,
    /** Agreed to in Pipedrive's marketplace, where nobody here began it. */
    marketplaceUrl: () =>
      `${sandbox.url}/pipedrive/oauth/authorize?${new URLSearchParams({
        client_id: sandbox.pipedrive.app.clientId,
        redirect_uri: `${url}/oauth/pipedrive/callback`,
        response_type: 'code',
        approve: '1',
      })}`,
    /** What the environment's administrator would type. */
    environmentUrl: () => environmentOf(sandbox),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await service.stop();
      await sandbox.close();
    },
  };
};

export type InstallWorld = Awaited<ReturnType<typeof openInstallWorld>>;

const environmentOf = ({ dynamics }: Sandbox): string => dynamics.url();
