import type { Selectable } from 'kysely';
import type { Ended } from '../../assignments/delivery-ports.ts';
import type { Delivery, DeliveryBody } from '../../assignments/ports.ts';
import type { Schema } from '../schema.ts';

export type DeliveryRow = Selectable<Schema['delivery']>;

/** A row as its sender gets it. The body was written by us and is trusted. */
export const toDelivery = (row: DeliveryRow): Delivery => ({
  ...({ kind: row.kind, body: row.body } as DeliveryBody),
  id: row.id,
  tenantId: row.tenant_id,
  connectionId: row.connection_id,
  assignmentId: row.assignment_id,
  version: row.version,
  key: row.key,
  attempts: row.attempts,
  failures: row.failures,
  createdAt: row.created_at.getTime(),
});

/** A row that has ended, and how. */
export const toEnded = (row: DeliveryRow): Ended => ({
  delivery: toDelivery(row),
  at: (row.done_at ?? row.created_at).getTime(),
  result: toResult(row),
});

const toResult = (row: DeliveryRow): Ended['result'] => {
  if (row.state === 'refused')
    return { outcome: 'refused', code: row.last_code ?? 'refused', remedy: row.remedy ?? '' };
  if (row.state === 'overtaken')
    return { outcome: 'overtaken', ownerId: (row.detail?.ownerId as string | null | undefined) ?? null };
  return { outcome: 'done', detail: (row.detail ?? {}) as Readonly<Record<string, string>> };
};
