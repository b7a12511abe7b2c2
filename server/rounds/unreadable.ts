import type { ConnectionInfo } from '../assignments/ports.ts';
import { AppError } from '../base/app-error.ts';
import type { LookParts } from './look-for-changes.ts';

const KIND = 'crm_unreadable';
const NEEDS_A_PERSON = new Set(['crm_read_failed', 'needs_reconnecting']);

/** Tells operators of connections that refuse to be looked through until somebody does something, and of their end. */
export const createUnreadable = ({ alerts, connection }: Pick<LookParts, 'alerts' | 'connection'>) => {
  // Unknown at the start: an alert may be left of an earlier run.
  const readable = new Set<string>();
  return {
    open: async ({ id, tenantId, name }: ConnectionInfo, error: unknown): Promise<void> => {
      if (!(error instanceof AppError) || error.retryable || !NEEDS_A_PERSON.has(error.code)) return;
      // A connection that was found broken has told so itself.
      if ((await connection(id))?.status !== 'active') return;
      readable.delete(id);
      await alerts.open(tenantId, {
        kind: KIND,
        subject: id,
        detail: { code: error.code, text: `${name}: ${error.message}` },
      });
    },
    close: async ({ id, tenantId }: ConnectionInfo): Promise<void> => {
      if (readable.has(id)) return;
      await alerts.close(tenantId, KIND, id);
      readable.add(id);
    },
  };
};
