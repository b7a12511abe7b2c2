import { beforeAll, describe, expect, test, vi } from 'vitest';
import { roundRobin } from '../support/round-robin.ts';
import { dynamics } from './crms/dynamics.ts';
import { hubspotLeads } from './crms/hubspot-leads.ts';
import { pipedrive } from './crms/pipedrive.ts';
import { salesforce } from './crms/salesforce.ts';
import { zoho } from './crms/zoho.ts';
import { PEOPLE, type ScenarioCrm } from './scenario-crm.ts';
import { eachScenarioWorld, type ScenarioWorld } from './scenario-world.ts';

const PATIENCE_MS = 20_000;
const MINUTE = 60_000;

const SLACK_SECRET = 'scenario-slack-secret';
const SLACK_TOKEN = 'xoxb-scenario';
const SLACK_SCOPES = ['chat:write', 'commands', 'users:read', 'users:read.email'];
const TEAM = 'T0FAIRLEAD';

/** The same people in Slack: who cannot be reached is given leads directly, and asked nothing. */
const withSlack = (crm: ScenarioCrm): ScenarioCrm => ({
  ...crm,
  sandbox: {
    ...crm.sandbox,
    slackSigningSecret: SLACK_SECRET,
    slack: {
      install: { token: SLACK_TOKEN, scopes: SLACK_SCOPES },
      users: Object.values(PEOPLE).map(({ email, first, last }, index) => ({
        id: `U0000000${index}`,
        name: first.toLowerCase(),
        realName: `${first} ${last}`,
        email,
        tz: 'America/New_York',
        deleted: false,
      })),
      limited: false,
    },
  },
  settings: (sandbox) => ({
    ...crm.settings(sandbox),
    SLACK_SIGNING_SECRET: SLACK_SECRET,
    SLACK_API_URL: `${sandbox.url}/slack/api/`,
  }),
});

const connectSlack = async ({ api }: ScenarioWorld): Promise<void> => {
  const { id } = await api<{ id: string }>('POST', '/api/v1/connections', {
    vendor: 'slack',
    externalId: TEAM,
    name: 'Scenarios',
    scopes: SLACK_SCOPES,
    tokens: { accessToken: SLACK_TOKEN },
  });
  await api('POST', `/api/v1/connections/${id}/sync`);
};

interface Decided {
  readonly id: string;
  readonly assignment: string;
  readonly record?: { readonly recordId: string };
}

interface Told {
  readonly code: string;
  readonly detail: string;
}

describe.each([hubspotLeads, salesforce, dynamics, zoho, pipedrive])('an offer in $name', (crm) => {
  eachScenarioWorld(`claims that convert in ${crm.name}`, withSlack(crm), (world) => {
    beforeAll(async () => {
      await connectSlack(world());
      await world().api('PUT', '/api/v1/policy', {
        fairlead: 1,
        name: 'Claims',
        timezone: 'America/New_York',
        fields: {
          country: { type: 'country', [crm.vendor]: crm.sources.country },
          email: { type: 'email', [crm.vendor]: crm.sources.email },
        },
        intake: { when: { field: 'email', op: 'is_present' }, owned: 'keep' },
        pools: [roundRobin('all', 'Everybody', 'anna', 'ben')],
        fallback: [{ pool: 'all', give: 'broadcast', claimWithin: 'PT4H', clock: 'elapsed', convert: true }],
      });
    });

    const until = <T>(look: () => T | Promise<T>) =>
      vi.waitFor(look, { timeout: PATIENCE_MS, interval: 100 });
    const assignmentOf = async (recordId: string): Promise<string> => {
      const { items } = await world().api<{ items: readonly Decided[] }>('GET', '/api/v1/decisions?limit=5');
      const all = await Promise.all(
        items.map(({ id }) => world().api<Decided>('GET', `/api/v1/decisions/${id}`)),
      );
      const found = all.find(({ record }) => record?.recordId === recordId);
      if (found === undefined) throw new Error(`nothing was decided about ${recordId}`);
      return found.assignment;
    };
    const claim = async (assignment: string, rep: string): Promise<Told | null> => {
      try {
        await world().api('POST', `/api/v1/assignments/${assignment}/claim`, { rep });
        return null;
      } catch (error) {
        return JSON.parse((error as Error).message.replace(/^.*?: /, '')) as Told;
      }
    };
    /** What the lead was turned into is given to its rep afterwards: the CRM tells of the lead before. */
    const inherited = (id: string, rep: string): Promise<readonly (string | null)[]> =>
      until(() => {
        const heirs = world().account.heirsOf(id);
        expect(new Set(heirs)).toEqual(new Set([rep]));
        return heirs;
      });
    const offered = async (email: string): Promise<string> => {
      const id = world().account.arrive({ email, country: 'US' });
      await until(async () =>
        expect(await world().standing(id)).toMatchObject({
          state: 'offered',
          closedBecause: null,
          rep: null,
        }),
      );
      // An offer converts nothing and gives nobody anything.
      await world().pass(MINUTE);
      expect(world().account.heirsOf(id)).toEqual([]);
      expect(world().account.ownerWrites(id)).toBe(0);
      return id;
    };

    test('is converted for whoever claimed it, once, and the other is told who', {
      timeout: 3 * PATIENCE_MS,
    }, async () => {
      const id = await offered('claimed@example.org');
      const assignment = await assignmentOf(id);
      const both = await Promise.all([claim(assignment, 'ben'), claim(assignment, 'anna')]);
      const winner = both[0] === null ? 'ben' : 'anna';
      expect(both.filter((told) => told === null)).toHaveLength(1);
      expect(both.find((told) => told !== null)).toMatchObject({
        code: 'claimed_by_other',
        detail: expect.stringContaining(`(${winner})`),
      });
      await until(async () => {
        await world().pass(MINUTE);
        expect(await world().standing(id)).toMatchObject({ state: 'closed', closedBecause: 'converted' });
      });
      const heirs = await inherited(id, winner);
      // A claim that comes again changes nothing: it tells that there is nothing left to do.
      expect(await claim(assignment, winner)).toSatisfy(
        (told: Told | null) => told === null || told.code === 'closed',
      );
      await world().pass(10 * MINUTE);
      expect(world().account.heirsOf(id)).toEqual(heirs);
    });

    test('that is claimed while the CRM is down is converted once it is back', {
      timeout: 3 * PATIENCE_MS,
    }, async () => {
      const id = await offered('claimed.in.silence@example.org');
      const assignment = await assignmentOf(id);
      world().account.trouble('down');
      expect(await claim(assignment, 'anna')).toBeNull();
      await world().pass(MINUTE);
      expect(world().account.heirsOf(id)).toEqual([]);
      world().account.trouble('none');
      await until(async () => {
        await world().pass(MINUTE);
        expect(await world().standing(id)).toMatchObject({ state: 'closed', closedBecause: 'converted' });
      });
      await inherited(id, 'anna');
    });
  });
});
