import type { AuditLog } from '../assignments/audit/audit-log.ts';
import type { ConnectionStore } from '../installs/connection-store.ts';

const ACTIONS = {
  needs_reconnecting: 'connection.needs_reconnecting',
  uninstalled: 'connection.uninstalled',
} as const;

/** Connections whose end at their vendor the audit log tells of, whichever part notices it: no person does so here. */
export const recordStatuses = (store: ConnectionStore, audit: AuditLog): ConnectionStore => ({
  ...store,
  end: async (ended, status) => {
    const row = await store.byId(ended.id);
    const change = () => store.end(ended, status);
    if (row === null || row.status === status) return change();
    const entry = { tenantId: row.tenantId, who: 'service', action: ACTIONS[status], subject: ended.id };
    return audit.around(entry, change, (changed) => (changed ? ended.id : undefined));
  },
});
