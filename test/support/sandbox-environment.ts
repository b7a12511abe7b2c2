import { createSandbox, type SandboxOptions } from '../../sandbox/create-sandbox.ts';
import type { SeedEnvironment } from '../../sandbox/dynamics/company.ts';
import { apiCaller } from './api-caller.ts';

export const DYNAMICS_CLIENT = 'sandbox-dynamics-client';
export const DYNAMICS_SECRET = 'sandbox-dynamics-secret';

export const TEST_ENVIRONMENT: SeedEnvironment = {
  name: 'contoso',
  friendlyName: 'Contoso',
  users: [
    { email: 'anna@example.com', firstName: 'Anna', lastName: 'Rep', timezoneCode: 85 },
    { email: 'ben@example.com', firstName: 'Ben', lastName: 'Rep' },
    { email: 'grace@example.com', firstName: 'Grace', lastName: 'Left', active: false },
  ],
  teams: [
    { name: 'Inbound holding', members: ['anna@example.com', 'ben@example.com'] },
    { name: 'Watchers', owns: false },
  ],
  campaigns: ['Autumn fair'],
};

/** A stand-in with one small environment and the app installed in it. */
export const openEnvironment = async (options: Partial<SandboxOptions> = {}) => {
  const sandbox = await createSandbox({ port: 0, environments: [TEST_ENVIRONMENT], ...options });
  const { dynamics } = sandbox;
  const installed = dynamics.install();
  const base = `${installed.url}/api/data/v9.2`;

  /** A call of the Web API; the reply with its body parsed where it is JSON. */
  const call = apiCaller(
    (path) => (path.startsWith('http') ? path : `${base}/${path}`),
    `Bearer ${installed.accessToken}`,
  );

  /** Entra's token endpoint of the environment's tenant. */
  const token = async (form: Readonly<Record<string, string>>, tenant = installed.tenantId) => {
    const reply = await fetch(`${installed.loginUrl}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: DYNAMICS_CLIENT,
        client_secret: DYNAMICS_SECRET,
        grant_type: 'client_credentials',
        scope: `${installed.url}/.default`,
        ...form,
      }),
    });
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };

  /** The id of a user by e-mail, or of a team by name. */
  const idOf = (name: string): string =>
    [...dynamics.rows('systemuser'), ...dynamics.rows('team')].find(
      ({ values }) => values.internalemailaddress === name || values.name === name,
    )?.id ?? '';

  const lead = (values: Readonly<Record<string, unknown>> = {}): string =>
    dynamics.create({ values: { subject: 'Interested', lastname: 'Lovelace', ...values } }).id;

  return { ...sandbox, installed, base, call, token, idOf, lead };
};

export type OpenEnvironment = Awaited<ReturnType<typeof openEnvironment>>;
