import type { Alerts } from '../assignments/ports.ts';
import { AppError } from '../base/app-error.ts';
import type { Chore } from './chore.ts';

const EVERY_MS = 3_600_000;
const AGAIN_MS = 60_000;
/** A vendor does not let us register: changes are found by looking, which takes longer. */
const ALERT = 'push_refused';

/**
 * Sees to it that vendors go on pushing: registers what is missing, renews what will lapse. What an account does not
 * allow is told, and asked for by the hour.
 */
export const createPushChore = ({ alerts }: { readonly alerts: Alerts }): Chore => ({
  name: 'push',
  everyMs: (_, { keepPush }) => (keepPush === undefined ? null : EVERY_MS),
  againMs: AGAIN_MS,
  run: async (connection, { keepPush }) => {
    const { id, tenantId, name } = connection;
    try {
      await keepPush?.(connection);
      await alerts.close(tenantId, ALERT, id);
    } catch (error) {
      // A connection that ended has an alert of its own.
      const told = error instanceof AppError && !error.retryable && error.code !== 'needs_reconnecting';
      if (!told) throw error;
      const text = `${name} does not push its changes here, so that they are found by looking, minutes later. ${error.message}`;
      await alerts.open(tenantId, { kind: ALERT, subject: id, detail: { code: error.code, text } });
    }
  },
});
