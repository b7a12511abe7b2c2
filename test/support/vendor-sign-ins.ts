import type { Sandbox } from '../../sandbox/create-sandbox.ts';
import type { Lie } from '../../sandbox/open-id/id-tokens.ts';

/** An account at a vendor, as a connection has it. */
export interface VendorAccount {
  readonly vendor: string;
  readonly externalId: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Signing in with a vendor whose stand-in speaks OpenID Connect. */
export interface VendorSignIn {
  readonly provider: 'slack' | 'salesforce' | 'microsoft';
  /** As the button says. */
  readonly name: string;
  /** What a press on somebody's name adds to the page's address. `elsewhere`: at the account that is not connected. */
  readonly press: (sandbox: Sandbox, email: string, where?: 'here' | 'elsewhere') => string;
  /** The name on the vendor's page. */
  readonly linkTo: (fullName: string) => string;
  /** Whose people those of `here` are. */
  readonly account: (sandbox: Sandbox) => VendorAccount;
  /** How the vendor says from now on that it looked at people's addresses, or did not; null: it always says so. */
  readonly verify: ((sandbox: Sandbox, email: string, verified: boolean) => void) | null;
  readonly idTokens: (sandbox: Sandbox) => {
    readonly rotate: () => void;
    readonly lieOnce: (lie: Lie) => void;
  };
  /** What an identity is kept as. */
  readonly identity: { readonly issuer: RegExp; readonly subject: RegExp };
  /** Lies of its own kind. */
  readonly lies: Readonly<Record<string, (sandbox: Sandbox) => Lie>>;
}

const HERE = 'scenarios';
const ELSEWHERE = 'elsewhere';

/** Adds, at every vendor that has several accounts, another with people of the same names and addresses. */
export const addElsewhere = ({ salesforce, dynamics, slack }: Sandbox): void => {
  const users = ['Anna Quist', 'Ben Ode', 'Zoe Marsh'].map((name) => {
    const [firstName = '', lastName = ''] = name.split(' ');
    return { email: `${firstName.toLowerCase()}@example.com`, firstName, lastName };
  });
  salesforce.addOrg({ domain: ELSEWHERE, name: 'Elsewhere', timezone: 'UTC', users });
  dynamics.addEnvironment({
    name: ELSEWHERE,
    friendlyName: 'Elsewhere',
    // Whoever is first there has an address of the domain that is its own.
    users: [{ email: 'root@elsewhere.example', firstName: 'Root', lastName: 'Elsewhere' }, ...users],
  });
  for (const [index, { email, firstName, lastName }] of users.entries())
    slack.state.users.push({
      id: `U${index + 1}`,
      name: firstName.toLowerCase(),
      realName: `${firstName} ${lastName}`,
      email,
      tz: 'UTC',
      deleted: false,
    });
};

const tenantIn = ({ dynamics }: Sandbox, name: string): string => dynamics.environment(name).tenantId;
const hostOf = ({ dynamics }: Sandbox): string => dynamics.loginUrl();

export const VENDOR_SIGN_INS: readonly VendorSignIn[] = [
  {
    provider: 'slack',
    name: 'Slack',
    press: ({ slack }, email) =>
      `&as=${slack.state.users.find((user) => user.email === email)?.id ?? 'nobody'}`,
    linkTo: (fullName) => fullName,
    account: ({ slack }) => ({ vendor: 'slack', externalId: slack.state.team.id, settings: {} }),
    verify: null,
    idTokens: ({ slack }) => slack.idTokens,
    identity: { issuer: /\/slack$/, subject: /^T0FAIRLEAD\/U\d$/ },
    lies: {
      'that names no workspace': () => ({ claims: { 'https://slack.com/team_id': undefined } }),
    },
  },
  {
    provider: 'salesforce',
    name: 'Salesforce',
    press: (_sandbox, email, where = 'here') => `&as=${email}.${where === 'here' ? HERE : ELSEWHERE}`,
    linkTo: (fullName) => `${fullName}, Scenarios`,
    account: ({ salesforce }) => ({
      vendor: 'salesforce',
      externalId: salesforce.org(HERE).id,
      settings: {},
    }),
    verify: ({ salesforce }, email, verified) => salesforce.setConfirmed(email, verified, HERE),
    idTokens: ({ salesforce }) => salesforce.idTokens,
    identity: { issuer: /\/salesforce$/, subject: /\/salesforce\/id\/00D\w{15}\/005\w{15}$/ },
    lies: {
      'of another org, which userinfo does not bear out': ({ url, salesforce }) => ({
        claims: { sub: `${url}/salesforce/id/${salesforce.org(ELSEWHERE).id}/005000000000001AAA` },
      }),
      'whose subject is no identity URL': () => ({ claims: { sub: 'anna', email: 'anna@example.com' } }),
      'of an org’s own login host': ({ url }) => ({ claims: { iss: `${url}/salesforce/${ELSEWHERE}` } }),
    },
  },
  {
    provider: 'microsoft',
    name: 'Microsoft',
    press: (sandbox, email, where = 'here') => {
      const name = where === 'here' ? HERE : ELSEWHERE;
      const user = sandbox.dynamics
        .rows('systemuser', name)
        .find(({ values }) => values.domainname === email);
      return `&as=${tenantIn(sandbox, name)}/${user?.values.azureactivedirectoryobjectid}`;
    },
    linkTo: (fullName) => `${fullName}, Scenarios`,
    account: (sandbox) => ({
      vendor: 'dynamics',
      externalId: 'https://scenarios.example',
      settings: { tenantId: tenantIn(sandbox, HERE) },
    }),
    verify: ({ dynamics }, _email, verified) => dynamics.entra.setEdov(verified ? 'boolean' : 'absent'),
    idTokens: ({ dynamics }) => dynamics.idTokens,
    identity: { issuer: /\/dynamics\/login\/[\w-]{36}\/v2\.0$/, subject: /^[\w-]{36}$/ },
    lies: {
      'of another tenant than its issuer': (sandbox) => ({ claims: { tid: tenantIn(sandbox, ELSEWHERE) } }),
      'whose issuer is another tenant': (sandbox) => ({
        claims: { iss: `${hostOf(sandbox)}/${tenantIn(sandbox, ELSEWHERE)}/v2.0` },
      }),
      'of no tenant': () => ({ claims: { tid: undefined } }),
      'whose issuer is the document’s, for every tenant': (sandbox) => ({
        claims: { iss: `${hostOf(sandbox)}/{tenantid}/v2.0`, tid: '{tenantid}' },
      }),
      'signed with the key of personal accounts': () => ({ signed: 'other' }),
      'without the person’s id': () => ({ claims: { oid: undefined } }),
    },
  },
];

/** Lies that every provider could tell. `nonce`: of a sign-in that is over. */
export const LIES: Readonly<Record<string, (nonce: string) => Lie>> = {
  'with the nonce of another sign-in': (nonce) => ({ claims: { nonce } }),
  'without a nonce': () => ({ claims: { nonce: undefined } }),
  'of another issuer': () => ({ claims: { iss: 'https://elsewhere.example' } }),
  'for another app': () => ({ claims: { aud: 'another-app' } }),
  'for several apps, issued to another': () => ({ claims: { aud: ['another-app'], azp: 'another-app' } }),
  'that is over': () => ({ claims: { exp: Math.floor(Date.now() / 1000) - 120 } }),
  'that says no end': () => ({ claims: { exp: undefined } }),
  'signed by nobody': () => ({ signed: 'none' }),
  'signed by somebody else': () => ({ signed: 'forged' }),
  'signed with a key nobody published': () => ({ signed: 'unknown' }),
};
