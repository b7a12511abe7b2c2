import { z } from 'zod';
import type { Deletion } from '../../assignments/lifecycle/ports.ts';
import type { DeletionView, WorkspaceView } from '../../assignments/lifecycle/views.ts';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
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
  handle: async ({ body, caller: { tenantId } }, { lifecycle }) => {
    const said = Object.fromEntries(Object.entries(body).filter(([, days]) => days !== undefined));
    const changed = { ...(await lifecycle.retention(tenantId)), ...said };
    await lifecycle.setRetention(tenantId, changed);
    return changed;
  },
});

/** Erases what is known of a person. */
export const postErasure = defineEndpoint({
  method: 'post',
  path: '/api/v1/erasures',
  needs: 'administer',
  summary: 'Erase everything that is known of a person; decisions and the ledger stay, by ids and codes',
  body: personAsked,
  reply: z.object({ leads: z.int().describe('How many leads were erased, or would be.') }),
  problems: ['workspace_closing'],
  handle: ({ body, caller: { tenantId, subject } }, { useCases }) => {
    const { email, record, preview } = body;
    const person =
      record === undefined
        ? { email: email ?? '' }
        : {
            record: {
              connectionId: record.connection,
              objectType: record.objectType,
              recordId: record.recordId,
            },
          };
    return useCases.erasePerson({ tenantId, person, by: subject, ...(preview && { preview }) });
  },
});

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
  problems: ['not_found'],
  handle: async ({ body, caller: { tenantId, subject } }, { lifecycle }) => {
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
  handle: async ({ caller: { tenantId } }, { lifecycle }) => {
    await lifecycle.takeBack(tenantId);
    return { deletion: null };
  },
});
