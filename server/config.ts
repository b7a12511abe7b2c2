import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseMistakes } from './database-tls.ts';
import { blankAsUnset, type Env } from './environment.ts';
import type { RateLimits } from './http/limits/rate-limits.ts';
import type { SeveralFactors } from './installs/sign-in/several-factors.ts';
import { readSecretFiles } from './secret-files.ts';
import { PUBSUB_HOSTS, PUBSUB_URL, type Settings, settings, VENDOR_URLS } from './settings.ts';

/** A setting that is wrong: its name and what to do about it. */
export interface ConfigMistake {
  readonly setting: string;
  readonly remedy: string;
}

/** Thrown with every mistake at once, so that one restart suffices. */
export class ConfigError extends Error {
  readonly mistakes: readonly ConfigMistake[];

  constructor(mistakes: readonly ConfigMistake[]) {
    const lines = mistakes.map(({ setting, remedy }) => `  ${setting}: ${remedy}`);
    super(`Fairlead cannot start. Correct these settings:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.mistakes = mistakes;
  }
}

export interface Config {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Without a trailing slash. Follows the port actually taken when it was not set. */
  readonly publicBaseUrl: string | null;
  /** `kid:base64key[,…]`; the first key seals. */
  readonly keys: string;
  readonly hubspot: {
    readonly clientId: string | null;
    readonly clientSecret: string | null;
    readonly apiUrl: string;
    readonly appUrl: string;
  };
  readonly salesforce: {
    readonly clientId: string | null;
    readonly clientSecret: string | null;
    readonly loginUrl: string;
    /** null: nobody is asked to tell of changes. */
    readonly pubsubUrl: string | null;
    readonly pollMs: number;
  };
  readonly zoho: {
    readonly clientId: string | null;
    readonly clientSecret: string | null;
    readonly accountsUrl: string;
    readonly pollMs: number;
  };
  readonly pipedrive: {
    readonly clientId: string | null;
    readonly clientSecret: string | null;
    readonly oauthUrl: string;
    readonly pollMs: number;
  };
  readonly dynamics: {
    readonly clientId: string | null;
    readonly clientSecret: string | null;
    readonly loginUrl: string;
  };
  readonly slack: {
    readonly signingSecret: string | null;
    readonly clientId: string | null;
    readonly clientSecret: string | null;
    readonly apiUrl: string;
  };
  /** The company's own provider; null: none. */
  readonly oidc: {
    readonly url: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly name: string;
  } | null;
  /** What proves that a sign-in had more than one factor, which every sign-in needs; null: one is enough. */
  readonly severalFactors: SeveralFactors | null;
  /** Whether somebody whom no workspace knows may begin one. */
  readonly newWorkspaces: boolean;
  /** Of the first workspace. */
  readonly tenantName: string;
  /** How many proxies before us are believed. */
  readonly trustedProxies: number;
  readonly limits: RateLimits;
  /** `host` or `host:port`, besides the vendors'. */
  readonly outgoingHosts: readonly string[];
  readonly bootstrap: { readonly apiKey: string; readonly tenantName: string } | null;
  /** How long the deletion of a workspace can be taken back. Milliseconds. */
  readonly deletionGraceMs: number;
  readonly localSignIn: boolean;
  readonly logLevel: Settings['LOG_LEVEL'];
}

const SECRETS = [
  'FAIRLEAD_KEYS',
  'HUBSPOT_CLIENT_ID',
  'HUBSPOT_CLIENT_SECRET',
  'SLACK_SIGNING_SECRET',
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
] as const satisfies readonly (keyof Settings)[];

/** Reads every setting from an environment, and the files it names. Throws ConfigError naming all that is wrong. */
export const readConfig = (given: Env): Config => {
  const { env, mistakes: ofFiles } = readSecretFiles(given);
  const known = Object.fromEntries(
    Object.keys(settings.shape).map((name) => [name, blankAsUnset(env[name])]),
  );
  const parsed = settings.safeParse(known);
  const others: ConfigMistake[] = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ setting: issue.path.join('.'), remedy: issue.message }));
  others.push(...halfGroups(env), ...factorMistakes(env));
  if (env.NODE_ENV === 'production') others.push(...productionMistakes(env, others));
  // A secret whose file is at fault is not missing besides.
  const told = new Set(ofFiles.map(({ setting }) => setting));
  const mistakes = [...ofFiles, ...others.filter(({ setting }) => !told.has(`${setting}_FILE`))];
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes);
  return toConfig(parsed.data);
};

/** Settings that are of use only together. */
const GROUPS = [
  ['SALESFORCE_CLIENT_ID', 'SALESFORCE_CLIENT_SECRET'],
  ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET'],
  ['PIPEDRIVE_CLIENT_ID', 'PIPEDRIVE_CLIENT_SECRET'],
  ['DYNAMICS_CLIENT_ID', 'DYNAMICS_CLIENT_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
] as const satisfies readonly (readonly (keyof Settings)[])[];

const halfGroups = (env: Env): ConfigMistake[] =>
  GROUPS.flatMap((group) => {
    const missing = group.filter((name) => !blankAsUnset(env[name]));
    if (missing.length === group.length) return [];
    const set = group.filter((name) => !missing.includes(name));
    return missing.map((name) => ({
      setting: name,
      remedy: `is missing: set it, or unset ${set.join(' and ')}`,
    }));
  });

/** Several factors can be demanded only where somebody tells of them, and their proofs are of use only then. */
const factorMistakes = (env: Env): ConfigMistake[] => {
  const isSet = (name: keyof Settings): boolean => blankAsUnset(env[name]) !== undefined;
  const demanded = blankAsUnset(env.SIGN_IN_SEVERAL_FACTORS) === 'on';
  if (demanded && !isSet('OIDC_ISSUER') && !isSet('DYNAMICS_AUTH_CONTEXT'))
    return [
      {
        setting: 'SIGN_IN_SEVERAL_FACTORS',
        remedy:
          'lets nobody in: set OIDC_ISSUER or DYNAMICS_AUTH_CONTEXT, as no other provider tells of several factors',
      },
    ];
  return (['OIDC_ACR_VALUES', 'DYNAMICS_AUTH_CONTEXT'] as const)
    .filter((name) => !demanded && isSet(name))
    .map((setting) => ({ setting, remedy: 'demands nothing by itself: set SIGN_IN_SEVERAL_FACTORS=on too' }));
};

const productionMistakes = (env: Env, known: readonly ConfigMistake[]): ConfigMistake[] => {
  const mistakes: ConfigMistake[] = [];
  const told = new Set(known.map(({ setting }) => setting));
  const add = (setting: string, remedy: string) => !told.has(setting) && mistakes.push({ setting, remedy });
  for (const name of SECRETS) if (!blankAsUnset(env[name])) add(name, 'is missing: production needs it');
  for (const [name, real] of Object.entries(VENDOR_URLS)) {
    const given = blankAsUnset(env[name]);
    if (given && given.replace(/\/$/, '') !== real.replace(/\/$/, ''))
      add(name, `points at a sandbox (${given}): unset it, or set ${real}`);
  }
  if (blankAsUnset(env.SALESFORCE_PUBSUB_URL) && !PUBSUB_HOSTS.test(env.SALESFORCE_PUBSUB_URL ?? ''))
    add('SALESFORCE_PUBSUB_URL', `is none of Salesforce's: unset it, or set ${PUBSUB_URL}`);
  if (!env.PUBLIC_BASE_URL?.startsWith('https://'))
    add('PUBLIC_BASE_URL', 'must be the https:// origin by which HubSpot and Slack reach Fairlead');
  if (blankAsUnset(env.OIDC_ISSUER) && !env.OIDC_ISSUER?.trim().startsWith('https://'))
    add('OIDC_ISSUER', 'must be an https:// address');
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    add('NODE_TLS_REJECT_UNAUTHORIZED', 'has nobody’s certificate looked at: unset it');
  mistakes.push(...databaseMistakes(env).filter(({ setting }) => !told.has(setting)));
  if (env.CONSOLE_LOCAL_SIGN_IN === 'on')
    add('CONSOLE_LOCAL_SIGN_IN', 'is refused in production: unset it and sign in');
  for (const name of Object.keys(env))
    if (name.startsWith('SANDBOX_') && blankAsUnset(env[name]))
      add(name, 'belongs to the sandbox, which production refuses: unset it');
  return mistakes;
};

const toConfig = (given: Settings): Config => ({
  production: given.NODE_ENV === 'production',
  port: given.PORT,
  host: given.HOST,
  dataDir: given.DATA_DIR,
  databaseUrl: given.DATABASE_URL ?? null,
  publicBaseUrl: given.PUBLIC_BASE_URL?.replace(/\/+$/, '') ?? null,
  keys: given.FAIRLEAD_KEYS ?? keptKeys(given.DATA_DIR),
  hubspot: {
    clientId: given.HUBSPOT_CLIENT_ID ?? null,
    clientSecret: given.HUBSPOT_CLIENT_SECRET ?? null,
    apiUrl: given.HUBSPOT_API_URL,
    appUrl: given.HUBSPOT_APP_URL,
  },
  salesforce: {
    clientId: given.SALESFORCE_CLIENT_ID ?? null,
    clientSecret: given.SALESFORCE_CLIENT_SECRET ?? null,
    loginUrl: given.SALESFORCE_LOGIN_URL.replace(/\/+$/, ''),
    pubsubUrl: pubsubUrl(given),
    pollMs: given.SALESFORCE_POLL_SECONDS * 1_000,
  },
  zoho: {
    clientId: given.ZOHO_CLIENT_ID ?? null,
    clientSecret: given.ZOHO_CLIENT_SECRET ?? null,
    accountsUrl: given.ZOHO_ACCOUNTS_URL.replace(/\/+$/, ''),
    pollMs: given.ZOHO_POLL_SECONDS * 1_000,
  },
  pipedrive: {
    clientId: given.PIPEDRIVE_CLIENT_ID ?? null,
    clientSecret: given.PIPEDRIVE_CLIENT_SECRET ?? null,
    oauthUrl: given.PIPEDRIVE_OAUTH_URL.replace(/\/+$/, ''),
    pollMs: given.PIPEDRIVE_POLL_SECONDS * 1_000,
  },
  dynamics: {
    clientId: given.DYNAMICS_CLIENT_ID ?? null,
    clientSecret: given.DYNAMICS_CLIENT_SECRET ?? null,
    loginUrl: given.DYNAMICS_LOGIN_URL.replace(/\/+$/, ''),
  },
  slack: {
    signingSecret: given.SLACK_SIGNING_SECRET ?? null,
    clientId: given.SLACK_CLIENT_ID ?? null,
    clientSecret: given.SLACK_CLIENT_SECRET ?? null,
    apiUrl: given.SLACK_API_URL.replace(/\/*$/, '/'),
  },
  oidc: oidcOf(given),
  severalFactors: severalFactorsOf(given),
  newWorkspaces: given.NEW_WORKSPACES === 'on',
  tenantName: given.BOOTSTRAP_TENANT_NAME,
  trustedProxies: given.TRUST_PROXY,
  limits: {
    reads: given.LIMIT_READS,
    changes: given.LIMIT_CHANGES,
    expensive: given.LIMIT_EXPENSIVE,
    failures: given.LIMIT_FAILURES,
    installs: given.LIMIT_INSTALLS,
  },
  outgoingHosts: given.OUTGOING_HOSTS ?? [],
  bootstrap: given.BOOTSTRAP_API_KEY
    ? { apiKey: given.BOOTSTRAP_API_KEY, tenantName: given.BOOTSTRAP_TENANT_NAME }
    : null,
  deletionGraceMs: given.DELETION_GRACE_DAYS * 86_400_000,
  localSignIn: given.CONSOLE_LOCAL_SIGN_IN === 'on',
  logLevel: given.LOG_LEVEL,
});

const oidcOf = (given: Settings): Config['oidc'] => {
  const { OIDC_ISSUER: url, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = given;
  if (url === undefined || clientId === undefined || clientSecret === undefined) return null;
  // As it is written: an issuer with a slash at its end is another.
  return { url, clientId, clientSecret, name: given.OIDC_NAME };
};

const severalFactorsOf = (given: Settings): Config['severalFactors'] =>
  given.SIGN_IN_SEVERAL_FACTORS === 'on'
    ? { acrValues: given.OIDC_ACR_VALUES ?? [], entraContext: given.DYNAMICS_AUTH_CONTEXT ?? null }
    : null;

/** With another login address than Salesforce's own, its tokens must not be sent to Salesforce unasked. */
const pubsubUrl = (given: Settings): string | null => {
  const real = given.SALESFORCE_LOGIN_URL === VENDOR_URLS.SALESFORCE_LOGIN_URL;
  return given.SALESFORCE_PUBSUB_URL ?? (real ? PUBSUB_URL : null);
};

/** Keys made once and kept beside the data, readable by this user alone: a restart must open what was sealed. */
const keptKeys = (dataDir: string): string => {
  const file = join(dataDir, 'fairlead-keys');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    // `wx` makes one of two processes that start together win; the other reads what it wrote.
    writeFileSync(file, `local:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
};
