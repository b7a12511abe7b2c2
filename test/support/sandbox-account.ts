import { createSandbox, type SandboxOptions } from '../../sandbox/create-sandbox.ts';
import type { SeedAccount, SeedPerson } from '../../sandbox/hubspot/company.ts';
import { ALL_SCOPES } from '../../sandbox/hubspot/create-hubspot.ts';
import type { WorkflowAction } from '../../sandbox/hubspot/workflow-types.ts';

const person = (
  name: string,
  ownerId: string,
  userId: number,
  more: Partial<SeedPerson> = {},
): SeedPerson => ({
  email: `${name.toLowerCase()}@example.com`,
  firstName: name,
  lastName: 'Rep',
  ownerId,
  userId,
  timezone: 'Europe/London',
  workingHours: [{ days: 'MONDAY_TO_FRIDAY', startMinute: 540, endMinute: 1020 }],
  ...more,
});

export const ANNA = '4001';
export const BEN = '4002';
/** Grace has left. */
export const GRACE = '4003';
export const ANNA_USER_ID = 9001;
export const ASSIGN_PATH = '/hubspot/actions/assign-lead';

const assign: WorkflowAction = {
  kind: 'custom_action',
  name: 'Assign',
  definitionId: 7001,
  version: 1,
  path: ASSIGN_PATH,
  properties: ['email', 'country'],
  inputFields: { wait: 'no' },
};

export const TEST_ACCOUNT: SeedAccount = {
  portalId: 8001,
  name: 'Test account',
  timezone: 'Europe/London',
  people: [
    person('Anna', ANNA, ANNA_USER_ID),
    person('Ben', BEN, 9002),
    person('Grace', GRACE, 9003, { archived: true }),
    person('Queue', '4004', 0, { queue: true }),
  ],
  workflows: [
    {
      id: 5001,
      name: 'Route leads',
      active: true,
      objectType: 'contacts',
      enrolOn: 'created',
      where: [{ property: 'lifecyclestage', op: 'eq', value: 'lead' }],
      actions: [assign, { kind: 'set_property', name: 'Mark new', property: 'hs_lead_status', value: 'NEW' }],
    },
  ],
};

/** A stand-in with one small account and the app installed in it. */
export const openSandbox = async (options: Partial<SandboxOptions> & { scopes?: readonly string[] } = {}) => {
  const { scopes = ALL_SCOPES, ...rest } = options;
  const sandbox = await createSandbox({ port: 0, accounts: [TEST_ACCOUNT], ...rest });
  const token = sandbox.hubspot.install(TEST_ACCOUNT.portalId, scopes).token;

  /** A call of the API; the reply with its body parsed. */
  const call = async (method: string, path: string, body?: unknown, bearer: string | null = token) => {
    const reply = await fetch(`${sandbox.url}/hubspot${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, body: text === '' ? null : JSON.parse(text) };
  };

  const contact = (properties: Readonly<Record<string, string>> = {}) =>
    sandbox.hubspot.create({ objectType: 'contacts', properties }).id;
  return { ...sandbox, token, call, contact };
};

export type OpenSandbox = Awaited<ReturnType<typeof openSandbox>>;
