import type { AuditLog } from '../assignments/audit/audit-log.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import type { ConnectionStore } from '../installs/connection-store.ts';

const ACTIONS = {
  active: 'connection.active',
  needs_reconnecting: 'connection.needs_reconnecting',
  disconnected: 'connection.disconnected',
} as const satisfies Readonly<Record<ConnectionInfo['status'], string>>;

/** Connections whose status the audit log tells of, whichever part changes it: no person does so directly. */
export const recordStatuses = (store: ConnectionStore, audit: AuditLog): ConnectionStore => ({
  ...store,
  setStatus: async (id, status, generation) => {
    const row = await store.byId(id);
    const change = () => store.setStatus(id, status, generation);
    if (row === null || row.status === status) return change();
    const entry = { tenantId: row.tenantId, who: 'service', action: ACTIONS[status], subject: id };
    return audit.around(entry, change, (changed) => (changed ? id : undefined));
  },
});
