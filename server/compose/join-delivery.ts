import type { Logger } from 'pino';
import { createSlackSender } from '../../slack/sender.ts';
import type { DeliveryEvents } from '../assignments/ports.ts';
import type { Queries } from '../assignments/queries.ts';
import type { Clock } from '../base/clock.ts';
import { createDelivery, type DeliveryRunner } from '../crm/delivery/create-delivery.ts';
import type { Metrics } from '../http/metrics.ts';
import type { Vendors } from './connect-vendors.ts';
import type { Stores } from './stores.ts';

export interface DeliverySurroundings {
  readonly stores: Stores;
  readonly vendors: Vendors;
  readonly queries: Queries;
  readonly events: DeliveryEvents;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What sends to the CRMs and Slack. */
export const joinDelivery = (given: DeliverySurroundings): DeliveryRunner => {
  const { stores, vendors, queries, events, metrics, clock, log } = given;
  const { connectors, slackClients: clients } = vendors;
  const { decisionsById } = queries;
  return createDelivery({
    store: stores.deliveries,
    leases: stores.leases,
    connection: vendors.connections.byId,
    senders: [
      ...connectors.map(({ sender, entry }) =>
        sender({ decisionsById, clock, ...(entry && { entry: { ways: entry, given: queries } }) }),
      ),
      createSlackSender({ clients, messages: stores.cards, homes: stores.homes, queries }, clock),
    ],
    events,
    alerts: stores.alerts,
    clock,
    random: Math.random,
    log,
    metrics,
  });
};
