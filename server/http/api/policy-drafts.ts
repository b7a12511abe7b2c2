import { z } from 'zod';
import type { Named } from '../../assignments/publishing/publishing.ts';
import type { UseCases } from '../../assignments/use-cases.ts';
import { defineEndpoint } from '../endpoint.ts';
import type { Caller } from '../ports.ts';
import { problem } from '../problem.ts';
import { id, MOST_NUMBERED } from '../schemas/common.ts';
import { draftView, policyNote } from '../schemas/policy.ts';
import { pastDays, pastSimulationView } from '../schemas/simulation.ts';

const params = z.object({ id });
const MIB = 1024 * 1024;
const written = z.strictObject({
  text: z.string('must be the policy as YAML or JSON text').max(MIB),
  note: policyNote,
});

const against = z
  .string()
  .min(1)
  .max(100)
  .nullish()
  .describe(
    'What it is compared with: the number of a version or the id of a draft; left out, the live one.',
  );

const named = (caller: Caller, draft: { readonly id: string }): Named => ({
  tenantId: caller.tenantId,
  by: caller.subject,
  id: draft.id,
});

/** Keeps a policy that is not to go live yet. */
export const postPolicyDraft = defineEndpoint({
  method: 'post',
  path: '/api/v1/policy/drafts',
  needs: 'administer',
  summary: 'Keep a policy as a draft, and check it',
  limit: 2 * MIB,
  body: written,
  reply: draftView,
  changes: { action: 'draft.saved', subject: (_call, reply) => reply.id },
  handle: ({ body, caller, signal }, { useCases }) =>
    useCases.publishing.save({
      ...named(caller, { id: '' }),
      signal,
      id: null,
      text: body.text,
      note: body.note || null,
    }),
});

/** A draft, what the check finds, and what it would change. */
export const getPolicyDraft = defineEndpoint({
  method: 'get',
  path: '/api/v1/policy/drafts/{id}',
  needs: 'read',
  summary: 'Read a draft, what the check finds, and what it would change',
  params,
  reply: draftView,
  problems: ['not_found'],
  handle: async ({ caller, params, signal }, { useCases }) => {
    const found = await useCases.publishing.draft(caller.tenantId, params.id, signal);
    if (found === null)
      throw problem('not_found', `There is no draft ${params.id}: GET /api/v1/policy/history lists them.`);
    return found;
  },
});

/** Writes a draft anew. */
export const putPolicyDraft = defineEndpoint({
  method: 'put',
  path: '/api/v1/policy/drafts/{id}',
  needs: 'administer',
  summary: 'Write a draft anew; its approval and its appointment end',
  params,
  limit: 2 * MIB,
  body: written,
  reply: draftView,
  problems: ['not_found', 'conflict'],
  changes: { action: 'draft.saved', subject: ({ params }) => params.id },
  handle: ({ body, caller, params, signal }, { useCases }) =>
    useCases.publishing.save({
      ...named(caller, params),
      signal,
      text: body.text,
      note: body.note || null,
    }),
});

type Deed = 'discard' | 'unschedule';
const DEEDS = { discard: 'draft.discarded', unschedule: 'policy.unscheduled' } as const;

const deed = (name: Deed, summary: string) =>
  defineEndpoint({
    method: 'post',
    path: `/api/v1/policy/drafts/{id}/${name}`,
    needs: 'administer',
    summary,
    params,
    reply: draftView,
    problems: ['not_found', 'conflict'],
    changes: { action: DEEDS[name], subject: ({ params }) => params.id },
    handle: ({ caller, params }, { useCases }: { readonly useCases: UseCases }) =>
      useCases.publishing[name](named(caller, params)),
  });

export const postDraftUnschedule = deed('unschedule', 'Keep a scheduled draft from going live by itself');
export const postDraftDiscard = deed('discard', 'Discard a draft');

const revision = z.int('must be the revision that was read').min(1).max(MOST_NUMBERED);

/** Agrees that a draft goes live. */
export const postDraftApprove = defineEndpoint({
  method: 'post',
  path: '/api/v1/policy/drafts/{id}/approve',
  needs: 'administer',
  summary: 'Agree that a draft goes live, as somebody who wrote none of it',
  params,
  body: z.strictObject({
    revision: revision.describe('The one that was read: of another one nothing is approved.'),
  }),
  reply: draftView,
  problems: ['not_found', 'conflict', 'own_draft', 'check_not_clean', 'simulation_needed'],
  changes: { action: 'draft.approved', subject: ({ params }) => params.id },
  handle: ({ body, caller, params }, { useCases }) =>
    useCases.publishing.approve({ ...named(caller, params), revision: body.revision }),
});

/** Makes a draft live, now or later. */
export const postDraftPublish = defineEndpoint({
  method: 'post',
  path: '/api/v1/policy/drafts/{id}/publish',
  needs: 'administer',
  summary: 'Publish a draft, now or at a moment to come',
  params,
  body: z.strictObject({
    at: z.iso
      .datetime({ offset: true, error: 'must be a moment such as 2026-12-01T08:00:00Z' })
      .nullish()
      .describe('When it goes live; left out, now.'),
    revision: revision.nullish().describe('The one that was read: another one is not published.'),
  }),
  reply: draftView,
  problems: ['not_found', 'conflict', 'approval_needed', 'check_not_clean', 'simulation_needed'],
  changes: {
    action: ({ body }) => (body.at ? 'policy.scheduled' : 'policy.published'),
    subject: ({ params }) => params.id,
  },
  handle: ({ body, caller, params }, { useCases }) =>
    useCases.publishing.publish({
      ...named(caller, params),
      at: body.at ? Date.parse(body.at) : null,
      revision: body.revision ?? null,
    }),
});

/** Tries a draft on the past; what it says is kept with the draft in short. */
export const postDraftSimulate = defineEndpoint({
  method: 'post',
  path: '/api/v1/policy/drafts/{id}/simulate',
  needs: 'administer',
  summary: 'Try a draft on the leads of the last days, and keep with it what that says in short',
  params,
  body: z.strictObject({ days: pastDays, against }),
  cost: 'expensive',
  tellsProgress: true,
  reply: pastSimulationView,
  problems: ['not_found', 'conflict', 'took_too_long'],
  changes: { action: 'draft.simulated', subject: ({ params }) => params.id },
  handle: ({ body, caller, params, signal, progress }, { useCases }) =>
    useCases.publishing.simulate({
      ...named(caller, params),
      days: body.days,
      against: body.against ?? null,
      signal,
      progress,
    }),
});
