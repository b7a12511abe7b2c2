import { z } from 'zod';
import type { Deletion, PersonAsked } from '../../assignments/lifecycle/ports.ts';
import type { DeletionView, WorkspaceView } from '../../assignments/lifecycle/views.ts';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { requireRecentSignIn } from '../require-recent-sign-in.ts';
import { deletion, personAsked, retention, workspaceView } from '../schemas/workspace.ts';

/** Erasures told of. */
const MOST = 50;

const iso = (at: number): string => new Date(at).toISOString();

const viewDeletion = ({ askedAt, askedBy, deletesAt }: Deletion): DeletionView => ({
  askedAt: iso(askedAt),
  askedBy,
  deletesAt: iso(deletesAt),
});

/** What of the workspace is kept and for how long, what was erased, and whether it is to be deleted. */
export const getWorkspace = defineEndpoint({
  method: 'get',
  path: '/api/v1/workspace',
  needs: 'administer',
  summary: 'Read how long data is kept, what was erased, and whether the workspace is to be deleted',
  reply: workspaceView,
  problems: ['not_found'],
  handle: async ({ caller: { tenantId } }, { lifecycle }): Promise<WorkspaceView> => {
    const workspace = await lifecycle.find(tenantId);
    if (workspace === null) throw problem('not_found', 'There is no such workspace any more.');
    const { lastRoundAt, erasures } = await lifecycle.erasures(tenantId, MOST);
    return {
      id: workspace.id,
      name: workspace.name,
      deletion: workspace.deletion && viewDeletion(workspace.deletion),
      retention: await lifecycle.retention(tenantId),
      lastRoundAt: lastRoundAt === null ? null : iso(lastRoundAt),
      erasures: erasures.map((erasure) => ({ ...erasure, at: iso(erasure.at) })),
    };
  },
});

/** How long things are kept. What is not named stays. */
export const putRetention = defineEndpoint({
  method: 'put',
  path: '/api/v1/retention',
  needs: 'administer',
  summary: 'Say how long data is kept; what is over is erased the next night',
  body: retention.partial(),
  reply: retention,
  changes: { action: 'retention.changed', subject: ({ body }) => Object.keys(body).join(', ') || null },
  handle: async ({ body, caller: { tenantId } }, { lifecycle }) => {
    const said = Object.fromEntries(Object.entries(body).filter(([, days]) => days !== undefined));
    const changed = { ...(await lifecycle.retention(tenantId)), ...said };
    await lifecycle.setRetention(tenantId, changed);
    return changed;
  },
});

const counted = z.object({ leads: z.int().describe('How many leads hold personal data of theirs.') });

/** How much would be erased. */
export const postErasurePreview = defineEndpoint({
  method: 'post',
  path: '/api/v1/erasures/preview',
  needs: 'administer',
  summary: 'Count what an erasure would erase; nothing is changed',
  body: personAsked,
  reply: counted,
  changes: 'nothing',
  handle: ({ body, caller: { tenantId, subject } }, { useCases }) =>
    useCases.erasePerson({ tenantId, person: toPerson(body), by: subject, preview: true }),
});

/** Erases what is known of a person. */
export const postErasure = defineEndpoint({
  method: 'post',
  path: '/api/v1/erasures',
  needs: 'administer',
  summary: 'Erase everything that is known of a person; decisions and the ledger stay, by ids and codes',
  body: personAsked,
  reply: counted,
  problems: ['workspace_closing'],
  // Whose data it was is what is to be forgotten.
  changes: { action: 'person.erased', subject: () => null },
  handle: ({ body, caller: { tenantId, subject } }, { useCases }) =>
    useCases.erasePerson({ tenantId, person: toPerson(body), by: subject }),
});

const toPerson = ({ email = '', record }: z.output<typeof personAsked>): PersonAsked =>
  record === undefined
    ? { email }
    : {
        record: {
          connectionId: record.connection,
          objectType: record.objectType,
          recordId: record.recordId,
        },
      };

/** Asks for the workspace to be deleted. */
export const postDeletion = defineEndpoint({
  method: 'post',
  path: '/api/v1/workspace/deletion',
  needs: 'own',
  summary:
    'Delete the workspace: from now on nothing is decided or sent, and when the grace is over every row goes',
  body: z.strictObject({
    name: z.string().min(1).max(500).describe('The name of the workspace, typed again.'),
    atOnce: z.boolean().optional().describe('Without any grace: it cannot be taken back.'),
  }),
  reply: deletion,
  problems: ['not_found', 'sign_in_again'],
  changes: { action: 'workspace.deletion_asked', subject: () => null },
  handle: async ({ body, caller }, parts) => {
    requireRecentSignIn(caller, parts);
    const { lifecycle } = parts;
    const { tenantId, subject } = caller;
    const { name, atOnce } = body;
    return viewDeletion(await lifecycle.ask({ tenantId, name, by: subject, ...(atOnce && { atOnce }) }));
  },
});

/** Takes the deletion back, while there is time. */
export const postDeletionUndo = defineEndpoint({
  method: 'post',
  path: '/api/v1/workspace/deletion/undo',
  needs: 'own',
  summary: 'Take the deletion of the workspace back, and go on',
  body: z.strictObject({}),
  reply: z.object({ deletion: z.null() }),
  problems: ['conflict'],
  changes: { action: 'workspace.deletion_taken_back', subject: () => null },
  handle: async ({ caller: { tenantId } }, { lifecycle }) => {
    await lifecycle.takeBack(tenantId);
    return { deletion: null };
  },
});
