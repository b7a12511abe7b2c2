import type { Scheduler } from '../../scheduler.ts';
import { type BusEvent, type EventBus, toReplayBytes } from './event-bus.ts';
import { corruptedReplayId, invalid, type PubSubError } from './pubsub-error.ts';

/** A request on a stream as the proto gives it. */
export interface FetchRequest {
  readonly topic_name: string;
  readonly replay_preset: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  readonly replay_id: Buffer;
  readonly num_requested: number;
}

export interface SubscriptionParts {
  readonly bus: EventBus;
  readonly scheduler: Scheduler;
  readonly send: (response: unknown) => void;
  readonly keepAliveMs: () => number;
  /** Whether the session still stands; one that ended ends the stream. */
  readonly authorised: () => boolean;
  readonly onDelivered: (count: number) => void;
}

const MOST_REQUESTED = 100;

const toConsumerEvent = ({ id, schemaId, payload, replayId }: BusEvent) => ({
  event: { id, schema_id: schemaId, payload, headers: [] },
  replay_id: toReplayBytes(replayId),
});

const startOf = (bus: EventBus, { replay_preset, replay_id }: FetchRequest): bigint => {
  if (replay_preset === 'LATEST') return bus.latest();
  if (replay_preset === 'EARLIEST') return bus.earliest();
  if (replay_id.length === 0)
    throw invalid('subscription.fetch.replayid.validation.failed', 'A CUSTOM preset needs a Replay ID.');
  const place = bus.placeOf(replay_id);
  if (place === null) throw corruptedReplayId();
  return place;
};

/** One stream: it delivers no more than was asked for, and gives a sign of life while there is nothing to deliver. */
export const createSubscription = (parts: SubscriptionParts, fail: (error: PubSubError | null) => void) => {
  const { bus, scheduler } = parts;
  let topic: string | null = null;
  let at = 0n;
  let pending = 0;
  let endQuiet = (): void => undefined;
  let endListening = (): void => undefined;

  const respond = (events: readonly BusEvent[]): void => {
    parts.send({
      events: events.map(toConsumerEvent),
      latest_replay_id: toReplayBytes(bus.latest()),
      rpc_id: crypto.randomUUID(),
      pending_num_requested: pending,
    });
    endQuiet();
    endQuiet = scheduler.after(parts.keepAliveMs(), () => pending > 0 && respond([]));
  };

  const deliver = (): void => {
    if (!parts.authorised()) fail(null);
    while (pending > 0 && parts.authorised()) {
      const events = bus.after(at, pending);
      if (events.length === 0) return;
      at = events.at(-1)?.replayId ?? at;
      pending -= events.length;
      parts.onDelivered(events.length);
      respond(events);
    }
  };

  return {
    /** Throws PubSubError. */
    take: (request: FetchRequest): void => {
      if (request.num_requested <= 0 || request.num_requested > MOST_REQUESTED)
        throw invalid(
          'subscription.fetch.requested.events.invalid',
          `num_requested must be between 1 and ${MOST_REQUESTED}.`,
        );
      if (topic === null) {
        topic = request.topic_name;
        at = startOf(bus, request);
        endListening = bus.onPublish(deliver);
        endQuiet = scheduler.after(parts.keepAliveMs(), () => pending > 0 && respond([]));
      } else if (request.topic_name !== '' && request.topic_name !== topic)
        throw invalid('subscription.topic.invalid', 'The topic of a stream cannot change.');
      pending += request.num_requested;
      deliver();
    },
    /** A sign of life at once. */
    signal: (): void => respond([]),
    end: (): void => {
      endQuiet();
      endListening();
    },
  };
};
