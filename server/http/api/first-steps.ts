import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { id } from '../schemas/common.ts';
import { comparisonView, foundPeopleView, stepsView } from '../schemas/first-steps.ts';
import { firstPolicyView } from '../schemas/policy.ts';

const emails = z.array(z.string().trim().min(3).max(320)).max(10_000);

/** How far the workspace is. */
export const getSteps = defineEndpoint({
  method: 'get',
  path: '/api/v1/first-steps',
  needs: 'read',
  summary: 'How far the workspace is with its first steps',
  reply: stepsView,
  handle: ({ caller }, { firstSteps }) => firstSteps.steps(caller.tenantId),
});

/** Who was found in the connections. */
export const getFoundPeople = defineEndpoint({
  method: 'get',
  path: '/api/v1/found-people',
  needs: 'read',
  summary: 'Who was found in the CRMs, beside the directory of reps',
  reply: foundPeopleView,
  handle: ({ caller }, { firstSteps }) => firstSteps.people(caller.tenantId),
});

/** Adds people who were found to the directory. */
export const postFoundPeople = defineEndpoint({
  method: 'post',
  path: '/api/v1/found-people',
  needs: 'administer',
  summary: 'Say who of those found takes leads; whoever is in the directory stays as they are',
  limit: 1024 * 1024,
  body: z.strictObject({
    reps: emails.describe('E-mail addresses of those who take leads from now on.'),
    noReps: emails.describe('E-mail addresses of those who take none: they are not proposed again.'),
  }),
  reply: z.object({ added: z.int() }),
  problems: ['unknown_person'],
  changes: { action: 'rep.confirmed', subject: () => null },
  handle: ({ body, caller }, { firstSteps }) =>
    firstSteps.confirmPeople({ tenantId: caller.tenantId, by: caller.subject, ...body }),
});

/** Writes a first policy as a draft. */
export const postFirstPolicy = defineEndpoint({
  method: 'post',
  path: '/api/v1/first-steps/policy',
  needs: 'administer',
  summary: 'Propose a first policy from the directory, as a draft',
  body: z.strictObject({
    teams: z
      .array(id)
      .max(1000)
      .nullable()
      .describe('Teams that get a pool; null: those with two members and more, but not with everybody.'),
  }),
  reply: firstPolicyView,
  problems: ['no_reps'],
  changes: { action: 'draft.proposed', subject: (_call, reply) => reply.draft.id },
  handle: ({ body, caller }, { firstSteps }) =>
    firstSteps.proposePolicy({ tenantId: caller.tenantId, by: caller.subject, teams: body.teams }),
});

/** What the policy would have done beside what was done. */
export const getComparison = defineEndpoint({
  method: 'get',
  path: '/api/v1/comparison',
  needs: 'read',
  summary: 'Decisions for the log beside the owners the CRM gave, of the last thirty days',
  reply: comparisonView,
  handle: ({ caller }, { firstSteps }) => firstSteps.comparison(caller.tenantId),
});

/** From now on leads are given in earnest. */
export const postGoLive = defineEndpoint({
  method: 'post',
  path: '/api/v1/go-live',
  needs: 'administer',
  summary: 'Give leads in earnest, with all pools or some',
  body: z.strictObject({
    pools: z
      .array(id)
      .max(1000)
      .nullable()
      .describe('Pools that go live; the others stay for the log. null: all.'),
  }),
  reply: z.object({ version: z.int() }),
  problems: ['no_policy', 'unknown_pool', 'approval_needed', 'check_not_clean'],
  changes: { action: 'policy.went_live', subject: (_call, { version }) => `version ${version}` },
  handle: ({ body, caller }, { firstSteps }) =>
    firstSteps.goLive({ tenantId: caller.tenantId, by: caller.subject, pools: body.pools }),
});

/** Asks a vendor for something harmless, now. */
export const postConnectionTest = defineEndpoint({
  method: 'post',
  path: '/api/v1/connections/{id}/test',
  needs: 'administer',
  summary: 'Test a connection with a harmless call',
  params: z.object({ id }),
  body: z.strictObject({
    messageTo: z
      .email('must be an e-mail address')
      .nullable()
      .describe('In Slack: whom to send a test message; null: nobody.'),
  }),
  reply: z.object({
    ok: z.boolean(),
    said: z.string().describe('What is wrong and what to do, where it is not ok.'),
  }),
  problems: ['not_found'],
  changes: { action: 'connection.tested', subject: ({ params }) => params.id },
  handle: async ({ body, caller, params }, { connections, firstSteps }) => {
    const own = (await connections.list(caller.tenantId)).find((connection) => connection.id === params.id);
    if (own === undefined)
      throw problem('not_found', `There is no connection ${params.id}: GET /api/v1/connections lists them.`);
    return firstSteps.test(own, body.messageTo);
  },
});
