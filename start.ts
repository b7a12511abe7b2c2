/**
 * `npm start`. With a vendor's credentials set, or in production, it is the real service. With none, it runs everything
 * on this machine: the stand-ins for the five CRMs and Slack, Fairlead with its embedded database, a sample company, and
 * leads that arrive; with SANDBOX_COMPANY=empty, all of that but nothing connected and no policy.
 */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DynamicsEnvironment } from './examples/sample-company/grants/dynamics.ts';
import { type ProvisionOptions, provision } from './examples/sample-company/provision.ts';
import { type Child, startChild } from './sandbox/launch/child.ts';
import { EXAMPLE_LEAD } from './sandbox/launch/example-lead.ts';
import { choosePort } from './sandbox/launch/ports.ts';
import { sampleKey } from './sandbox/launch/sample-key.ts';
import { waitUntilUp } from './sandbox/launch/wait-until-up.ts';

const { env } = process;
const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const CREDENTIALS = [
  'HUBSPOT_CLIENT_ID',
  'HUBSPOT_CLIENT_SECRET',
  'SALESFORCE_CLIENT_ID',
  'SALESFORCE_CLIENT_SECRET',
  'DYNAMICS_CLIENT_ID',
  'DYNAMICS_CLIENT_SECRET',
  'ZOHO_CLIENT_ID',
  'ZOHO_CLIENT_SECRET',
  'PIPEDRIVE_CLIENT_ID',
  'PIPEDRIVE_CLIENT_SECRET',
  'SLACK_SIGNING_SECRET',
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
];
const UP_WITHIN_MS = 60_000;
const DEFAULT_ARRIVALS = 8;
/** Of the leads that arrive, how many come to which CRM. */
const SHARES = {
  arrivalsPerMinute: 3 / 8,
  salesforcePerMinute: 2 / 8,
  dynamicsPerMinute: 1 / 8,
  zohoPerMinute: 1 / 8,
  pipedrivePerMinute: 1 / 8,
};
/** The sample accounts' calls cost nothing: what people do there shows soon. */
const POLLS = {
  SALESFORCE_POLL_SECONDS: '5',
  ZOHO_POLL_SECONDS: '30',
  PIPEDRIVE_POLL_SECONDS: '60',
};

/** The sample org's My Domain, as its company.json has it. */
const SALESFORCE_DOMAIN = 'harbour';

/** What the sample company shares with the stand-ins. None of it opens anything outside this machine. */
const SAMPLE_APP = {
  HUBSPOT_CLIENT_ID: 'sandbox-hubspot-client',
  HUBSPOT_CLIENT_SECRET: 'sandbox-hubspot-secret',
  SALESFORCE_CLIENT_ID: 'sandbox-salesforce-client',
  SALESFORCE_CLIENT_SECRET: 'sandbox-salesforce-secret',
  DYNAMICS_CLIENT_ID: 'sandbox-dynamics-client',
  DYNAMICS_CLIENT_SECRET: 'sandbox-dynamics-secret',
  ZOHO_CLIENT_ID: 'sandbox-zoho-client',
  ZOHO_CLIENT_SECRET: 'sandbox-zoho-secret',
  PIPEDRIVE_CLIENT_ID: 'sandbox-pipedrive-client',
  PIPEDRIVE_CLIENT_SECRET: 'sandbox-pipedrive-secret',
  SLACK_CLIENT_ID: 'sandbox-slack-client',
  SLACK_CLIENT_SECRET: 'sandbox-slack-secret',
  SLACK_SIGNING_SECRET: 'sandbox-slack-signing-secret',
};

/** Where to begin with nothing set up. */
const EMPTY_TOLD =
  '  Nothing is connected yet: open the console and begin with HubSpot. Its own workflow gives leads to five of eleven.';

/** A mistake of whoever starts us: told without a stack. */
class StartError extends Error {}

const children: Child[] = [];
let stopping = false;

const stopAll = async (exitCode: number): Promise<void> => {
  if (stopping) return;
  stopping = true;
  // Fairlead drains first: what it still has to send goes to the stand-ins.
  for (const child of [...children].reverse()) await child.stop();
  process.exit(exitCode);
};

/** From here on the end of one is the end of all. */
const watch = (child: Child): Child => {
  children.push(child);
  void child.exited.then((code) => {
    if (stopping) return;
    console.error(`${child.name} ended (exit code ${code ?? 'none'}).`);
    void stopAll(code ?? 1);
  });
  return child;
};

const portFrom = (name: string, fallback: number): number => {
  const port = Number(env[name] || fallback);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new StartError(`${name} is ${env[name]}: give a port number from 0 to 65535.`);
};

const takePort = async (name: string, wanted: number, host: string, elseAny: boolean): Promise<number> => {
  const port = await choosePort(wanted, host, elseAny);
  if (port !== null) return port;
  throw new StartError(
    `Port ${wanted} is taken, perhaps by another Fairlead. Stop that one, or start on another: ${name}=${wanted + 100} npm start`,
  );
};

const arrivals = (): number => {
  const given = env.SANDBOX_ARRIVALS ?? '';
  if (given === 'off') return 0;
  const pace = given === '' || given === 'on' ? DEFAULT_ARRIVALS : Number(given);
  if (pace >= 0 && pace <= 6000) return pace;
  throw new StartError(`SANDBOX_ARRIVALS is ${given}: give leads per minute such as 10, or off.`);
};

/** Pulls a string of the stand-ins; what it answers. */
const control = async (sandboxUrl: string, path: string, body: unknown): Promise<unknown> => {
  const reply = await fetch(`${sandboxUrl}/control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`/control/${path} answered ${reply.status}: ${await reply.text()}`);
  return reply.json();
};

/** Sets the sample company up; a failure is told with what to do about the one that people can cause. */
const setUp = async (options: ProvisionOptions): Promise<void> => {
  try {
    await provision(options);
  } catch (error) {
    const { message } = error as Error;
    const remedy = message.includes('answered 401')
      ? 'This data was made with another API key: set that one as SANDBOX_API_KEY (or leave it unset), or choose another DATA_DIR.'
      : 'What Fairlead says to it stands above; with LOG_LEVEL=info it says more.';
    throw new StartError(`The sample company could not be set up. ${message}\n${remedy}`);
  }
};

const runService = async (): Promise<void> => {
  watch(startChild('Fairlead', file('server/main.ts'), env));
};

const runSample = async (): Promise<void> => {
  const startedAt = performance.now();
  const say = (line: string): void =>
    console.log(`  ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s  ${line}`);
  const pace = arrivals();
  const host = env.HOST || '127.0.0.1';
  const port = await takePort('PORT', portFrom('PORT', 3000), host, false);
  const wantedSandbox = portFrom('SANDBOX_PORT', 3001);
  const sandboxPort = await takePort(
    'SANDBOX_PORT',
    wantedSandbox === port ? 0 : wantedSandbox,
    '127.0.0.1',
    !env.SANDBOX_PORT,
  );
  const pubsubPort = await takePort(
    'SANDBOX_PUBSUB_PORT',
    portFrom('SANDBOX_PUBSUB_PORT', 0),
    '127.0.0.1',
    true,
  );
  const fromNothing = env.SANDBOX_COMPANY === 'empty';
  const dataDir = resolve(env.DATA_DIR || (fromNothing ? 'data-empty' : 'data'));
  const apiKey = env.SANDBOX_API_KEY || sampleKey(dataDir);
  const consoleUrl = env.PUBLIC_BASE_URL || `http://localhost:${port}`;
  const fairleadUrl = `http://127.0.0.1:${port}`;
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const shownSandbox = `http://localhost:${sandboxPort}`;

  console.log('\nFairlead with a sample company, all on this machine\n');
  const sandbox = watch(
    startChild('The sandbox', file('sandbox/main.ts'), {
      ...env,
      ...SAMPLE_APP,
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_PUBSUB_PORT: String(pubsubPort),
      SANDBOX_URL: shownSandbox,
      SANDBOX_DATA: join(dataDir, 'sandbox'),
      SANDBOX_COMPANY: file('examples/sample-company'),
      ...(fromNothing && { SANDBOX_WORKFLOWS: file('examples/sample-company/before-fairlead.json') }),
      SANDBOX_SYNC: env.SANDBOX_SYNC ?? 'on',
      FAIRLEAD_URL: fairleadUrl,
      PUBLIC_BASE_URL: consoleUrl,
    }),
  );
  const fairlead = watch(
    startChild('Fairlead', file('server/main.ts'), {
      LOG_LEVEL: 'warn',
      ...env,
      ...SAMPLE_APP,
      ...POLLS,
      PORT: String(port),
      DATA_DIR: dataDir,
      PUBLIC_BASE_URL: consoleUrl,
      HUBSPOT_API_URL: `${sandboxUrl}/hubspot`,
      HUBSPOT_APP_URL: `${shownSandbox}/hubspot/app`,
      SALESFORCE_LOGIN_URL: `${sandboxUrl}/salesforce`,
      SALESFORCE_PUBSUB_URL: `http://127.0.0.1:${pubsubPort}`,
      DYNAMICS_LOGIN_URL: `${shownSandbox}/dynamics/login`,
      ZOHO_ACCOUNTS_URL: `${shownSandbox}/zoho/accounts.com`,
      PIPEDRIVE_OAUTH_URL: `${shownSandbox}/pipedrive`,
      SLACK_API_URL: `${sandboxUrl}/slack/api/`,
      BOOTSTRAP_API_KEY: apiKey,
      BOOTSTRAP_TENANT_NAME: 'Harbour Software',
      CONSOLE_LOCAL_SIGN_IN: env.CONSOLE_LOCAL_SIGN_IN ?? 'on',
    }),
  );
  await waitUntilUp(sandbox, `${sandboxUrl}/healthz`, UP_WITHIN_MS);
  say('the stand-ins for five CRMs and Slack are up');
  await waitUntilUp(fairlead, `${fairleadUrl}/readyz`, UP_WITHIN_MS);
  say('Fairlead is up');
  if (!fromNothing)
    await setUp({
      fairleadUrl,
      apiKey,
      hubspot: {
        apiUrl: `${sandboxUrl}/hubspot`,
        authorizeUrl: `${sandboxUrl}/hubspot/app/oauth/authorize`,
        clientId: SAMPLE_APP.HUBSPOT_CLIENT_ID,
        clientSecret: SAMPLE_APP.HUBSPOT_CLIENT_SECRET,
        pageUrl: `${shownSandbox}/desk`,
      },
      salesforce: {
        // Links to leads are made of it: people open the org under the name of everything else here.
        instanceUrl: `${shownSandbox}/salesforce/${SALESFORCE_DOMAIN}`,
        clientId: SAMPLE_APP.SALESFORCE_CLIENT_ID,
        clientSecret: SAMPLE_APP.SALESFORCE_CLIENT_SECRET,
        pageUrl: `${shownSandbox}/desk/salesforce`,
        keepCredential: async (fairleadCredential) => {
          await control(sandboxUrl, 'salesforce/settings', { fairleadCredential });
        },
      },
      dynamics: {
        install: async () => (await control(sandboxUrl, 'dynamics/install', {})) as DynamicsEnvironment,
      },
      zoho: {
        apiUrl: `${shownSandbox}/zoho/accounts.com`,
        authorizeUrl: `${shownSandbox}/zoho/accounts.com/oauth/v2/auth`,
        clientId: SAMPLE_APP.ZOHO_CLIENT_ID,
        clientSecret: SAMPLE_APP.ZOHO_CLIENT_SECRET,
        pageUrl: `${shownSandbox}/desk/zoho`,
      },
      pipedrive: {
        apiUrl: `${shownSandbox}/pipedrive`,
        authorizeUrl: `${shownSandbox}/pipedrive/oauth/authorize`,
        clientId: SAMPLE_APP.PIPEDRIVE_CLIENT_ID,
        clientSecret: SAMPLE_APP.PIPEDRIVE_CLIENT_SECRET,
        pageUrl: `${shownSandbox}/desk/pipedrive`,
      },
      slack: {
        apiUrl: `${sandboxUrl}/slack/api`,
        authorizeUrl: `${sandboxUrl}/slack/oauth/v2/authorize`,
        clientId: SAMPLE_APP.SLACK_CLIENT_ID,
        clientSecret: SAMPLE_APP.SLACK_CLIENT_SECRET,
        pageUrl: `${shownSandbox}/slack`,
      },
      say,
    });
  const present = env.SANDBOX_PEOPLE === undefined ? pace > 0 : env.SANDBOX_PEOPLE !== 'off';
  await control(sandboxUrl, 'people', {
    // Only HubSpot's own rules give leads away before Fairlead does.
    ...(fromNothing
      ? { arrivalsPerMinute: pace }
      : Object.fromEntries(Object.entries(SHARES).map(([crm, share]) => [crm, pace * share]))),
    present,
  });
  console.log(`
  Console       ${consoleUrl}
  HubSpot       ${shownSandbox}/desk
  Salesforce    ${shownSandbox}/desk/salesforce
  Dynamics 365  ${shownSandbox}/desk/dynamics
  Zoho CRM      ${shownSandbox}/desk/zoho
  Pipedrive     ${shownSandbox}/desk/pipedrive
  Slack         ${shownSandbox}/slack
  API key       ${apiKey}

${
  fromNothing
    ? EMPTY_TOLD
    : `  Route a lead yourself:
    curl -s ${consoleUrl}/api/v1/leads -H "Authorization: Bearer ${apiKey}" \\
      -H "Content-Type: application/json" -d '${JSON.stringify(EXAMPLE_LEAD)}'`
}

  ${pace > 0 ? `About ${pace} leads a minute arrive (SANDBOX_ARRIVALS=off stops them).` : 'No leads arrive by themselves (SANDBOX_ARRIVALS is off).'}
  The data lies in ${dataDir}. Ctrl+C stops everything.
`);
};

process.on('SIGINT', () => void stopAll(0));
process.on('SIGTERM', () => void stopAll(0));

const real = env.NODE_ENV === 'production' || CREDENTIALS.some((name) => env[name] || env[`${name}_FILE`]);
try {
  await (real ? runService() : runSample());
} catch (error) {
  if (!stopping)
    console.error(`\n${error instanceof StartError ? error.message : ((error as Error).stack ?? error)}\n`);
  await stopAll(1);
}
