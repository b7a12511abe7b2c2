import type { Logger } from 'pino';
import type { DeliveryStore, Leases } from '../../assignments/delivery-ports.ts';
import type {
  Alerts,
  ConnectionInfo,
  DeliveryEvents,
  DeliveryKind,
  Sender,
} from '../../assignments/ports.ts';
import type { Clock } from '../../base/clock.ts';

/** Told how each try ended; labels are closed sets. */
export interface DeliveryMetrics {
  readonly delivered: (kind: DeliveryKind, result: 'done' | 'refused' | 'overtaken' | 'retry') => void;
}

export interface DeliveryParts {
  readonly store: DeliveryStore;
  readonly leases: Leases;
  readonly connection: (connectionId: string) => Promise<ConnectionInfo | null>;
  /** One per vendor. */
  readonly senders: readonly Sender[];
  readonly events: DeliveryEvents;
  readonly alerts: Pick<Alerts, 'close'>;
  readonly clock: Clock;
  /** At least 0 and below 1. */
  readonly random: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly metrics?: DeliveryMetrics;
}
