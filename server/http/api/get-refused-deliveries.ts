import { z } from 'zod';
import type { DeadLetter } from '../../assignments/delivery-ports.ts';
import { defineEndpoint } from '../endpoint.ts';
import { instant } from '../schemas/common.ts';

const refusedDelivery = z
  .object({
    id: z.string(),
    kind: z.string().describe('What was to be written: `owner_write`, `task`, `slack_card`, …'),
    connection: z.object({ id: z.string(), vendor: z.string(), name: z.string() }),
    record: z.object({ objectType: z.string(), recordId: z.string() }).nullable(),
    decision: z.string().nullable(),
    code: z.string(),
    remedy: z.string().describe('What to do before it is tried again.'),
    attempts: z.int(),
    refusedAt: instant,
  })
  .meta({ id: 'RefusedDelivery' });

const MOST = 100;

/** Writes that a CRM or Slack refused for good, newest first: each says why and what to do. */
export const getRefusedDeliveries = defineEndpoint({
  method: 'get',
  path: '/api/v1/deliveries/refused',
  needs: 'read',
  summary: 'Writes that were refused, with what to do',
  reply: z.array(refusedDelivery),
  handle: async ({ caller }, { connections, deliveries }) => {
    const known = new Map((await connections.list(caller.tenantId)).map((one) => [one.id, one]));
    const refused = await deliveries.refused(caller.tenantId, MOST);
    return refused.map((letter) => {
      const { connectionId } = letter.delivery;
      const { vendor = '', name = connectionId } = known.get(connectionId) ?? {};
      return { ...toView(letter), connection: { id: connectionId, vendor, name } };
    });
  },
});

const toView = ({ delivery, code, remedy, refusedAt }: DeadLetter) => {
  const record = 'record' in delivery.body ? delivery.body.record : null;
  return {
    id: delivery.id,
    kind: delivery.kind,
    record: record && { objectType: record.objectType, recordId: record.recordId },
    decision: 'decisionId' in delivery.body ? delivery.body.decisionId : null,
    code,
    remedy,
    attempts: delivery.attempts,
    refusedAt: new Date(refusedAt).toISOString(),
  };
};
