import { z } from 'zod';
import { DEFAULT_RATE_LIMITS } from './http/limits/rate-limits.ts';

const port = z.coerce.number('must be a port number').int().min(0).max(65_535);
const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const flag = z.enum(['on', 'off'], 'must be on or off');
const KEYS = /^[\w-]+:[A-Za-z0-9+/]{43}=(,[\w-]+:[A-Za-z0-9+/]{43}=)*$/;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The vendors' real addresses; production refuses any other. */
export const VENDOR_URLS = Object.freeze({
  HUBSPOT_API_URL: 'https://api.hubapi.com',
  HUBSPOT_APP_URL: 'https://app.hubspot.com',
  SLACK_API_URL: 'https://slack.com/api/',
  SALESFORCE_LOGIN_URL: 'https://login.salesforce.com',
  ZOHO_ACCOUNTS_URL: 'https://accounts.zoho.com',
  PIPEDRIVE_OAUTH_URL: 'https://oauth.pipedrive.com',
  DYNAMICS_LOGIN_URL: 'https://login.microsoftonline.com',
});

/** Salesforce's global endpoint for streams; regions have their own below the same domain. */
export const PUBSUB_URL = 'https://api.pubsub.salesforce.com:7443';
export const PUBSUB_HOSTS = /^https:\/\/[\w.-]+\.pubsub\.salesforce\.com(:\d+)?\/?$/;

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Plain text goes no further than this machine. */
const encryptedOrLocal = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || LOOPBACK.has(hostname);
};

const limit = (fallback: number, meaning: string) =>
  z.coerce
    .number('must be a number a minute')
    .int()
    .min(1, 'must be at least 1')
    .max(1_000_000_000, 'must be at most 1000000000')
    .default(fallback)
    .describe(meaning);

const hostNames = z
  .string()
  .regex(/^[\w.-]+(:\d{1,5})?(\s*,\s*[\w.-]+(:\d{1,5})?)*$/, 'must be host names with commas between them')
  .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()));

/** Every setting, read from the environment: its form, its default and what it means. */
export const settings = z.object({
  PORT: port.default(3000).describe('The port Fairlead listens on; 0 takes a free one.'),
  HOST: z.string().default('127.0.0.1').describe('The address Fairlead listens on; `0.0.0.0` for all.'),
  DATA_DIR: z.string().default('./data').describe('Where the embedded database and generated keys lie.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' })
    .optional()
    .describe(
      'A PostgreSQL 15 or newer; without it the embedded database in `DATA_DIR` is used. In production one elsewhere takes `?sslmode=verify-full`.',
    ),
  DATABASE_PRIVATE_NETWORK: flag
    .default('off')
    .describe(
      '`on`: the database is reached over a network of your own, and production does not ask for TLS with it.',
    ),
  PUBLIC_BASE_URL: url
    .optional()
    .describe(
      'The origin by which the CRMs and Slack reach Fairlead, as signatures name it; default `http://localhost:PORT`.',
    ),
  FAIRLEAD_KEYS: z
    .string()
    .regex(
      KEYS,
      'must be kid:base64key[,kid:base64key…] with keys of 32 bytes; make one: openssl rand -base64 32',
    )
    .optional()
    .describe(
      'Keys that seal stored tokens, `kid:base64key[,…]`, the first seals; generated and kept in `DATA_DIR` when unset.',
    ),
  HUBSPOT_CLIENT_ID: z.string().optional().describe('Client id of the HubSpot app.'),
  HUBSPOT_CLIENT_SECRET: z
    .string()
    .optional()
    .describe('Client secret of the HubSpot app; proves what HubSpot sends.'),
  HUBSPOT_API_URL: url.default(VENDOR_URLS.HUBSPOT_API_URL).describe('Where the HubSpot API is called.'),
  HUBSPOT_APP_URL: url
    .default(VENDOR_URLS.HUBSPOT_APP_URL)
    .describe('Where HubSpot records open for people.'),
  SALESFORCE_CLIENT_ID: z
    .string()
    .optional()
    .describe('Consumer key of the Salesforce app; unset: no Salesforce.'),
  SALESFORCE_CLIENT_SECRET: z.string().optional().describe('Consumer secret of the Salesforce app.'),
  SALESFORCE_LOGIN_URL: url
    .default(VENDOR_URLS.SALESFORCE_LOGIN_URL)
    .describe('Where Salesforce tokens are had, unless a connection names its own domain.'),
  SALESFORCE_PUBSUB_URL: url
    .refine(encryptedOrLocal, 'must begin with https://, or name this machine')
    .optional()
    .describe(
      "Where Salesforce's Pub/Sub API tells of changes; default `https://api.pubsub.salesforce.com:7443` where the login address is Salesforce's own.",
    ),
  SALESFORCE_POLL_SECONDS: z.coerce
    .number('must be a number of seconds')
    .int()
    .min(1, 'must be at least 1')
    .max(86_400, 'must be at most 86400')
    .default(60)
    .describe(
      'How often each org that does not tell of its changes is asked for them; one API call each time.',
    ),
  ZOHO_CLIENT_ID: z.string().optional().describe('Client id of the Zoho app; unset: no Zoho CRM.'),
  ZOHO_CLIENT_SECRET: z.string().optional().describe('Client secret of the Zoho app.'),
  ZOHO_ACCOUNTS_URL: url
    .default(VENDOR_URLS.ZOHO_ACCOUNTS_URL)
    .describe('Where Zoho tokens are had, unless a connection names the accounts server of its data centre.'),
  ZOHO_POLL_SECONDS: z.coerce
    .number('must be a number of seconds')
    .int()
    .min(1, 'must be at least 1')
    .max(86_400, 'must be at most 86400')
    .default(180)
    .describe('How often each Zoho org is asked what no notification told; two API credits each time.'),
  PIPEDRIVE_CLIENT_ID: z.string().optional().describe('Client id of the Pipedrive app; unset: no Pipedrive.'),
  PIPEDRIVE_CLIENT_SECRET: z
    .string()
    .optional()
    .describe('Client secret of the Pipedrive app; proves who asks its panel, and who removes the app.'),
  PIPEDRIVE_OAUTH_URL: url
    .default(VENDOR_URLS.PIPEDRIVE_OAUTH_URL)
    .describe('Where Pipedrive tokens are had.'),
  PIPEDRIVE_POLL_SECONDS: z.coerce
    .number('must be a number of seconds')
    .int()
    .min(1, 'must be at least 1')
    .max(86_400, 'must be at most 86400')
    .default(900)
    .describe(
      'How often each company is asked what its pushes did not tell; thirty of its daily tokens each time.',
    ),
  DYNAMICS_CLIENT_ID: z
    .string()
    .optional()
    .describe('Application id of the Dynamics 365 app in Entra; unset: no Dynamics 365.'),
  DYNAMICS_CLIENT_SECRET: z.string().optional().describe('Client secret of the Dynamics 365 app.'),
  DYNAMICS_LOGIN_URL: url
    .default(VENDOR_URLS.DYNAMICS_LOGIN_URL)
    .describe('Where Entra tokens are had, unless a connection names the login host of its own cloud.'),
  DYNAMICS_AUTH_CONTEXT: z
    .string()
    .regex(/^c[1-9]\d?$/, 'must be the id of an authentication context, c1 to c99')
    .optional()
    .describe('The authentication context of Entra whose policy demands several factors.'),
  SLACK_SIGNING_SECRET: z
    .string()
    .optional()
    .describe('Signing secret of the Slack app; proves what Slack sends.'),
  SLACK_CLIENT_ID: z.string().optional().describe('Client id of the Slack app.'),
  SLACK_CLIENT_SECRET: z.string().optional().describe('Client secret of the Slack app.'),
  SLACK_API_URL: url
    .default(VENDOR_URLS.SLACK_API_URL)
    .describe('Where the Slack API is called; ends in a slash.'),
  OIDC_ISSUER: url
    .refine(encryptedOrLocal, 'must begin with https://, or name this machine')
    .optional()
    .describe("The issuer of your company's own OpenID Connect provider, which people sign in with."),
  OIDC_CLIENT_ID: z.string().optional().describe('Client id of Fairlead at that provider.'),
  OIDC_CLIENT_SECRET: z.string().optional().describe('Client secret of Fairlead at that provider.'),
  OIDC_ACR_VALUES: z
    .string()
    .regex(/^[\x21-\x7e]+( +[\x21-\x7e]+)*$/, 'must be values with blanks between them')
    .transform((text) => text.split(/ +/))
    .optional()
    .describe(
      'Values of `acr` that mean several factors at that provider, asked of it in this order; without them its `amr` alone tells.',
    ),
  OIDC_NAME: z.string().default('single sign-on').describe('What the button to that provider says.'),
  SIGN_IN_SEVERAL_FACTORS: flag
    .default('off')
    .describe(
      '`on`: nobody signs in but with a provider that tells that they used more than one factor: your own, or Microsoft with `DYNAMICS_AUTH_CONTEXT`.',
    ),
  NEW_WORKSPACES: flag
    .default('off')
    .describe(
      '`on`: whoever signs in and is known to no workspace may begin one of their own, as on a copy that is offered in the marketplaces. Accounts are then connected in the console alone.',
    ),
  BOOTSTRAP_API_KEY: z
    .string()
    .regex(/^fl_[\w-]{16,}$/, 'must be fl_ and at least 16 letters, digits, _ or -')
    .optional()
    .describe('Makes the first tenant with this API key when the database has none.'),
  DELETION_GRACE_DAYS: z.coerce
    .number('must be a number of days')
    .int()
    .min(0)
    .max(90)
    .default(7)
    .describe('How long the deletion of a workspace can be taken back; 0: not at all.'),
  BOOTSTRAP_TENANT_NAME: z.string().default('My company').describe('The name of that first tenant.'),
  CONSOLE_LOCAL_SIGN_IN: flag
    .default('off')
    .describe(
      '`on`: a browser on this machine (loopback address and Host) is signed in to the bootstrap tenant; refused in production.',
    ),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`)
    .default('info')
    .describe('How much is logged: fatal, error, warn, info, debug, trace or silent.'),
  TRUST_PROXY: z.coerce
    .number('must be a number of proxies')
    .int()
    .min(0, 'must be at least 0')
    .max(10, 'must be at most 10')
    .default(0)
    .describe(
      'How many proxies of yours stand before Fairlead, each adding to `X-Forwarded-For`; 0: the header is not believed.',
    ),
  OUTGOING_HOSTS: hostNames
    .optional()
    .describe(
      'Hosts besides the vendors’ own that Fairlead may call by https, wherever they are: `proxy.example.com,login.example.com:8443`.',
    ),
  LIMIT_READS: limit(DEFAULT_RATE_LIMITS.reads, 'Reads a minute and tenant, at each process.'),
  LIMIT_CHANGES: limit(
    DEFAULT_RATE_LIMITS.changes,
    'Changes a minute and tenant, at each process; every lead of a batch counts.',
  ),
  LIMIT_EXPENSIVE: limit(
    DEFAULT_RATE_LIMITS.expensive,
    'Checks, simulations, replays, exports and imports a minute and tenant, at each process.',
  ),
  LIMIT_FAILURES: limit(
    DEFAULT_RATE_LIMITS.failures,
    'Keys and credentials that prove nothing, a minute and address, at each process.',
  ),
  LIMIT_INSTALLS: limit(
    DEFAULT_RATE_LIMITS.installs,
    'Installs and sign-ins begun or come back to, a minute and address, at each process.',
  ),
  NODE_ENV: z
    .string()
    .default('development')
    .describe('`production` refuses to start on sandbox addresses or missing secrets and says which.'),
});

export type Settings = z.infer<typeof settings>;

/** What nobody else may read. Each can come from a file instead, which the setting with `_FILE` after its name names. */
export const SECRET_SETTINGS = [
  'DATABASE_URL',
  'FAIRLEAD_KEYS',
  'HUBSPOT_CLIENT_SECRET',
  'SALESFORCE_CLIENT_SECRET',
  'ZOHO_CLIENT_SECRET',
  'PIPEDRIVE_CLIENT_SECRET',
  'DYNAMICS_CLIENT_SECRET',
  'SLACK_SIGNING_SECRET',
  'SLACK_CLIENT_SECRET',
  'OIDC_CLIENT_SECRET',
  'BOOTSTRAP_API_KEY',
] as const satisfies readonly (keyof Settings)[];

/** The settings as rows for the documentation: name, default and meaning. */
export const describeSettings = (): readonly { name: string; fallback: string; meaning: string }[] =>
  Object.entries(settings.shape).map(([name, schema]) => {
    const parsed = schema.safeParse(undefined);
    return {
      name,
      fallback: parsed.success && parsed.data !== undefined ? String(parsed.data) : '',
      meaning: schema.description ?? '',
    };
  });
