import type { Alerts } from '../assignments/ports.ts';
import type { ConnectionRow, ConnectionStore } from './connection-store.ts';

/**
 * Tells people that a connection ended by itself. Returns whether that still stands: an account that was connected anew
 * in between closed the alert before it was opened, and it must not stay open behind that.
 */
export const tellEnded = async (
  { id, tenantId, vendor, generation }: ConnectionRow,
  { code, text }: { readonly code: string; readonly text: string },
  { connections, alerts }: { readonly connections: Pick<ConnectionStore, 'byId'>; readonly alerts: Alerts },
): Promise<boolean> => {
  await alerts.open(tenantId, {
    kind: 'connection_broken',
    subject: id,
    detail: { vendor, code, text },
  });
  if ((await connections.byId(id))?.generation === generation) return true;
  await alerts.close(tenantId, 'connection_broken', id);
  return false;
};
