import { z } from 'zod';
import type { ConnectionInfo, Delivery, DeliveryResult } from '../../server/assignments/ports.ts';
import { alertMessage } from '../views/alert-message.ts';
import type { CardParts } from './redraw.ts';

type AlertDelivery = Extract<Delivery, { kind: 'slack_alert' }>;

const target = z.object({
  alertChannel: z.string().min(1).optional(),
  alertUser: z.string().min(1).optional(),
});

/** Where a workspace's alerts go: the channel or user its settings name; null: nowhere. */
export const alertTarget = (connection: ConnectionInfo): string | null => {
  const { data } = target.safeParse(connection.settings);
  return data?.alertChannel ?? data?.alertUser ?? null;
};

/** Posts an open alert to the admins. An alert that has closed in the meantime is not sent. */
export const postAlert = async (
  parts: CardParts,
  connection: ConnectionInfo,
  delivery: AlertDelivery,
): Promise<DeliveryResult> => {
  const channel = alertTarget(connection);
  if (channel === null) return { outcome: 'done', detail: { skipped: 'no_alert_target' } };
  const { alerts } = await parts.queries.overview(connection.tenantId);
  const alert = alerts.find((one) => one.id === delivery.body.alertId);
  if (alert === undefined) return { outcome: 'done', detail: { skipped: 'alert_closed' } };
  const client = await parts.clients.of(connection.id);
  await client.chat.postMessage({
    channel,
    parse: 'none',
    unfurl_links: false,
    unfurl_media: false,
    ...alertMessage(alert),
  });
  return { outcome: 'done' };
};
