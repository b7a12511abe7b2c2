import type {
  ConnectionInfo,
  Delivery,
  DeliveryKind,
  DeliveryResult,
  Sender,
} from '../server/assignments/ports.ts';
import type { SlackHomes } from '../server/assignments/slack-ports.ts';
import { AppError } from '../server/base/app-error.ts';
import { type Clock, systemClock } from '../server/base/clock.ts';
import { CALL_MS, type SlackClients } from './clients.ts';
import { clearNotices } from './sending/clear-notices.ts';
import { failureResult, refusesToken } from './sending/delivery-result.ts';
import { endReminder } from './sending/end-reminder.ts';
import { postAlert } from './sending/post-alert.ts';
import { postCard } from './sending/post-card.ts';
import { postReminder } from './sending/post-reminder.ts';
import { postSla } from './sending/post-sla.ts';
import { publishHome } from './sending/publish-home.ts';
import { type CardParts, type Placed, placed, redraw } from './sending/redraw.ts';

/** Cards go to different people, so several may be under way; Slack allows one post a second in one conversation. */
const AT_ONCE: Readonly<Partial<Record<DeliveryKind, number>>> = {
  slack_card: 5,
  slack_refresh: 5,
  slack_reminder: 5,
  slack_sla: 5,
  slack_home: 5,
};

/** Draws one card as its assignment stands; its reminder goes with the offer. Says whether the lead is erased. */
const draw = async (parts: CardParts, card: Placed): Promise<boolean> => {
  const erased = await redraw(parts, card);
  await endReminder(parts, card);
  return erased;
};

const refresh = async (
  parts: CardParts,
  connection: ConnectionInfo,
  assignmentId: string,
): Promise<DeliveryResult> => {
  const cards = await parts.messages.list(connection.tenantId, assignmentId);
  const mine = cards
    .filter((card) => card.connectionId === connection.id)
    .flatMap((card) => placed(card) ?? []);
  const drawn = await Promise.allSettled(mine.map((card) => draw(parts, card)));
  // The cards told whether there is anything to clear; without one, or where one could not be drawn, that is asked.
  const nothing = drawn.length > 0 && drawn.every((one) => one.status === 'fulfilled' && !one.value);
  if (!nothing) await clearNotices(parts, connection, assignmentId);
  const failed = drawn.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return { outcome: 'done', detail: { cards: String(mine.length) } };
};

const deliver = (
  parts: SenderParts,
  connection: ConnectionInfo,
  delivery: Delivery,
  clock: Clock,
): Promise<DeliveryResult> => {
  switch (delivery.kind) {
    case 'slack_card':
      return postCard(parts, connection, delivery);
    case 'slack_refresh':
      return refresh(parts, connection, delivery.body.assignmentId);
    case 'slack_alert':
      return postAlert(parts, connection, delivery);
    case 'slack_reminder':
      return postReminder(parts, connection, delivery, clock.now());
    case 'slack_sla':
      return postSla(parts, connection, delivery, clock.now());
    case 'slack_home':
      return publishHome(parts, connection, delivery);
    case 'owner_write':
    case 'reason_write':
    case 'task':
    case 'callback':
    case 'enter':
    case 'fill':
    case 'convert':
      return Promise.resolve({
        outcome: 'refused',
        code: 'not_for_slack',
        remedy: `A ${delivery.kind} was queued for a Slack connection. Please report it: it belongs to a CRM.`,
      });
    default:
      return delivery satisfies never;
  }
};

/** Clients that start no call which could outlast the lease. */
const within = (clients: SlackClients, clock: Clock, until: number): SlackClients => ({
  ...clients,
  of: (connectionId) => {
    if (clock.now() + CALL_MS <= until) return clients.of(connectionId);
    throw new AppError('lease_over', 'The lease ends before the call could; it is made under the next.', {
      retryable: true,
    });
  },
});

/** A refused token is put aside first, so that the next try gets another. */
const ended = async (
  clients: SlackClients,
  connection: ConnectionInfo,
  error: unknown,
): Promise<DeliveryResult> => {
  if (refusesToken(error) !== null) await clients.refused(connection.id);
  return failureResult(error);
};

const send = async (
  parts: SenderParts,
  connection: ConnectionInfo,
  deliveries: readonly Delivery[],
  clock: Clock,
) => {
  const sent = await Promise.allSettled(
    deliveries.map((delivery) =>
      deliver(parts, connection, delivery, clock).catch((error: unknown) =>
        ended(parts.clients, connection, error),
      ),
    ),
  );
  return sent.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
};

export interface SenderParts extends CardParts {
  readonly homes: SlackHomes;
}

/** Sends what is queued for a Slack workspace: cards, their redraws, reminders, notices of SLAs, Homes, alerts. Each result stands for itself. */
export const createSlackSender = (parts: SenderParts, clock: Clock = systemClock): Sender => ({
  vendor: 'slack',
  batchSize: (kind) => AT_ONCE[kind] ?? 1,
  send: (connection, deliveries, until) =>
    send({ ...parts, clients: within(parts.clients, clock, until) }, connection, deliveries, clock),
});
