import { AppError } from '../../base/app-error.ts';
import type { Deletion, Departures, Workspaces } from './ports.ts';

const DAY_MS = 86_400_000;
/** What was at work for the tenant when its deletion was asked for has ended by then: caches are this young at most. */
const SETTLE_MS = 30_000;
/** How long a vendor that does not answer holds up a deletion. */
const VENDOR_PATIENCE_MS = DAY_MS;

export interface EndWorkspaceParts {
  readonly workspaces: Workspaces;
  readonly departures: Departures;
  /** Forgets wake-ups of a tenant, and what stands in memory of it. */
  readonly forget: (tenantId: string) => Promise<void>;
  readonly wakeTenant: (tenantId: string) => Promise<void>;
  /** How long a deletion can be taken back. Milliseconds. */
  readonly graceMs: number;
  readonly onError: (error: unknown, what: string) => void;
}

/** The end of a workspace: asked for, taken back, carried out. */
export interface EndWorkspace {
  /**
   * Asks for the deletion: from here on nothing is decided, read or sent. `name`: the workspace's, as somebody typed it.
   * `atOnce`: it cannot be taken back. Throws AppError `not_found` or `invalid_request`.
   */
  readonly ask: (command: {
    tenantId: string;
    name: string;
    by: string;
    atOnce?: boolean;
  }) => Promise<Deletion>;
  /** Throws AppError `conflict` where there is nothing to take back. */
  readonly takeBack: (tenantId: string) => Promise<void>;
  /** Carries out every deletion whose time has come. */
  readonly round: () => Promise<void>;
}

export const createEndWorkspace = (parts: EndWorkspaceParts): EndWorkspace => ({
  ask: async ({ tenantId, name, by, atOnce }) => {
    const workspace = await parts.workspaces.find(tenantId);
    if (workspace === null) throw noWorkspace();
    if (workspace.name.trim() !== name.trim()) throw otherName(workspace.name);
    await parts.workspaces.askDeletion(tenantId, by, atOnce === true ? 0 : parts.graceMs);
    await parts.forget(tenantId);
    const { deletion } = (await parts.workspaces.find(tenantId)) ?? workspace;
    if (deletion === null) throw noWorkspace();
    return deletion;
  },
  takeBack: async (tenantId) => {
    if (!(await parts.workspaces.takeBack(tenantId)))
      throw new AppError(
        'conflict',
        'There is nothing to take back: nobody asked for this workspace to be deleted, or its time has come and its rows are going.',
        {
          status: 409,
        },
      );
    await parts.wakeTenant(tenantId);
  },
  round: async () => {
    for (const { tenantId, overdueMs } of await parts.workspaces.due()) {
      if (overdueMs < SETTLE_MS) continue;
      await remove(tenantId, overdueMs, parts).catch((error: unknown) =>
        parts.onError(error, `workspace ${tenantId} could not be deleted; it is tried again`),
      );
    }
  },
});

const remove = async (tenantId: string, overdueMs: number, parts: EndWorkspaceParts): Promise<void> => {
  const left = await parts.departures.leaveAll(tenantId, 'deletion');
  if (!left && overdueMs < VENDOR_PATIENCE_MS) return;
  await parts.forget(tenantId);
  await parts.workspaces.remove(tenantId);
};

const noWorkspace = (): AppError =>
  new AppError('not_found', 'There is no such workspace any more.', { status: 404 });

const otherName = (name: string): AppError =>
  new AppError('invalid_request', 'Correct the fields named in errors.', {
    status: 400,
    problems: [
      {
        field: '/name',
        message: `must be the name of the workspace, "${name}", so that none is deleted by mistake`,
      },
    ],
  });
