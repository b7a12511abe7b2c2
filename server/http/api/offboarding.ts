import { z } from 'zod';
import { LIMITS } from '../body.ts';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { id } from '../schemas/common.ts';
import { offboardingPlan, offboardingView } from '../schemas/offboarding.ts';

const params = z.object({ id: id.describe("The rep's id.") });

/** Where a leaving rep's leads would go. */
export const getOffboardingPlan = defineEndpoint({
  method: 'get',
  path: '/api/v1/reps/{id}/offboarding/plan',
  cost: 'expensive',
  needs: 'read',
  summary: 'Look at where the leads of a leaving rep would go; nothing is changed',
  params,
  reply: offboardingPlan,
  problems: ['not_found'],
  handle: async ({ caller, params }, { useCases }) =>
    (await useCases.offboardRep.preview(caller.tenantId, params.id)) ?? noSuchRep(params.id),
});

/** What became of the leads of a rep who left. */
export const getOffboarding = defineEndpoint({
  method: 'get',
  path: '/api/v1/reps/{id}/offboarding',
  needs: 'read',
  summary: 'Read what became of the leads of a rep who left',
  params,
  reply: offboardingView,
  problems: ['not_found'],
  handle: async ({ caller, params }, { useCases }) => {
    const found = await useCases.offboardRep.latest(caller.tenantId, params.id);
    if (found === null)
      throw problem(
        'not_found',
        `No rep ${params.id} ever left: POST /api/v1/reps/{id}/offboarding lets one leave.`,
      );
    return found;
  },
});

/** Takes a rep out of the directory and moves their leads. */
export const postOffboarding = defineEndpoint({
  method: 'post',
  path: '/api/v1/reps/{id}/offboarding',
  needs: 'manage',
  summary: 'Take a rep out of the directory, and give their open leads to others',
  params,
  limit: LIMITS.batch,
  body: z.strictObject({
    moves: z
      .array(z.strictObject({ assignment: id, to: id.nullable() }))
      .max(10_000)
      .nullish()
      .describe('As the plan had them, or changed; left out, as planned now.'),
  }),
  reply: offboardingView,
  problems: ['not_found', 'unknown_rep'],
  changes: { action: 'rep.offboarded', subject: ({ params }) => params.id },
  handle: ({ body, caller, params }, { useCases }) =>
    useCases.offboardRep.confirm({
      tenantId: caller.tenantId,
      by: caller.subject,
      repId: params.id,
      moves: body.moves ?? null,
    }),
});

/** Takes it back. */
export const postOffboardingUndo = defineEndpoint({
  method: 'post',
  path: '/api/v1/offboardings/{id}/undo',
  needs: 'manage',
  summary: 'Let a rep who left take leads again; leads that nobody has touched since go back to them',
  params: z.object({ id }),
  reply: offboardingView,
  problems: ['not_found', 'conflict'],
  changes: { action: 'rep.offboarding_undone', subject: ({ params }) => params.id },
  handle: ({ caller, params }, { useCases }) =>
    useCases.offboardRep.undo({ tenantId: caller.tenantId, by: caller.subject, id: params.id }),
});

const noSuchRep = (repId: string): never => {
  throw problem('not_found', `There is no active rep ${repId}: GET /api/v1/reps lists them.`);
};
