import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../sandbox/create-sandbox.ts';
import { ALL_SCOPES } from '../../sandbox/hubspot/create-hubspot.ts';
import type { AccessTokens } from '../../server/assignments/ports.ts';
import type { DecisionView } from '../../server/assignments/views.ts';
import { createHubspotClient } from '../../server/crm/hubspot/client.ts';
import { createLimits } from '../../server/crm/hubspot/limits.ts';
import { CONNECTION } from './delivery-rows.ts';

/** Owners of every test account: `1001` to `1005`, and `1009`, who has left. */
const people = ['1001', '1002', '1003', '1004', '1005', '1009'].map((ownerId) => ({
  email: `owner.${ownerId}@example.com`,
  firstName: 'Owner',
  lastName: ownerId,
  ownerId,
  userId: 500_000 + Number(ownerId),
  timezone: 'America/New_York',
  teams: ['Inbound'],
  workingHours: [{ days: 'MONDAY_TO_FRIDAY', startMinute: 540, endMinute: 1020 }],
  archived: ownerId === '1009',
}));

let nextPortal = 900_000;

/** A fresh HubSpot account with the app installed, and our client for it. */
export const openPortal = (
  sandbox: Sandbox,
  options: { scopes?: readonly string[]; now?: () => number } = {},
) => {
  const portalId = ++nextPortal;
  const { hubspot } = sandbox;
  hubspot.addAccount({ portalId, name: `Portal ${portalId}`, timezone: 'UTC', people, workflows: [] });
  const install = () => hubspot.install(portalId, options.scopes ?? ALL_SCOPES).token;
  let token = install();
  const tokens: AccessTokens = {
    get: async () => token,
    refused: async () => {
      token = install();
    },
  };
  const clock = { now: options.now ?? Date.now };
  const limits = createLimits(clock);
  const connection = { ...CONNECTION, externalId: String(portalId) };
  const call = createHubspotClient({
    apiUrl: `${sandbox.url}/hubspot`,
    tokens,
    clock,
    limits,
    requestTimeoutMs: 3_000,
  });
  const contact = (properties: Record<string, string> = {}, objectType = 'contacts') =>
    hubspot.create({ portalId, objectType, properties }).id;
  const record = (id: string, objectType = 'contacts') => hubspot.record({ portalId, objectType, id });
  return {
    portalId,
    connection,
    call,
    contact,
    record,
    limits,
    hubspot,
    tokens,
    apiUrl: `${sandbox.url}/hubspot`,
  };
};

export type TestPortal = ReturnType<typeof openPortal>;

/** A decision as people see it, enough for a reason on a record. */
export const decisionView = (id: string): DecisionView => ({
  id,
  lead: { id: 'led_1' },
  written: 'pending',
  policy: { version: 1 },
  rule: { id: 'large', name: 'Large companies' },
  pool: { id: 'enterprise', name: 'Enterprise' },
  reason: 'Dana is next in turn in Enterprise, <owed> 0.5 leads.',
  decidedAt: '2026-11-23T15:00:00Z',
  engine: 1,
  hash: 'sha256:00',
  candidates: [],
  assignment: 'asg_1',
  logOnly: false,
  outcome: 'assigned',
  rep: { id: 'dana', name: 'Dana' },
});

/** What a sender asks for the decisions it writes down: any there are. */
export const decisionViews = async (_tenantId: string, ids: readonly string[]) =>
  new Map(ids.map((id) => [id, decisionView(id)]));

/** A server that answers every workflow action with BLOCK. */
export const openBlocker = async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ outputFields: { hs_execution_state: 'BLOCK', hs_expiration_duration: 'PT1H' } }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};
