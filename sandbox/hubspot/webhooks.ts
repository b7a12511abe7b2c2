import { createPushSwitches } from '../push-switches.ts';
import type { Scheduler } from '../scheduler.ts';
import { createOutgoing, type Target } from './outgoing.ts';
import { signV1, signV3 } from './signatures.ts';
import type { AppRegistration } from './tokens.ts';
import type { RecordChange } from './types.ts';
import { DEFAULT_SUBSCRIPTIONS, eventsFor, type Subscription, type WebhookEvent } from './webhook-events.ts';

/** How webhooks behave. Numbers not given by HubSpot's page are ours: the wait before a batch, the retry times. */
export interface WebhookSettings {
  readonly path: string;
  /** How long events gather before they go out together. */
  readonly gatherMs: number;
  /** At most this many events in one POST. */
  readonly batch: number;
  readonly maxConcurrent: number;
}

const DEFAULTS: WebhookSettings = {
  path: '/hubspot/webhooks',
  gatherMs: 100,
  batch: 100,
  maxConcurrent: 10,
};

const MINUTE = 60_000;

/** Up to 10 retries over 24 hours; the spacing is not published. */
const RETRY_DELAYS = [1, 3, 10, 30, 60, 120, 180, 240, 360, 420].map((minutes) => minutes * MINUTE);

/** Answers later than this count as failed. */
const RESPONSE_MS = 5000;

/** One POST as it went, for people and tests. */
export interface WebhookDelivery {
  readonly at: number;
  readonly events: readonly WebhookEvent[];
  readonly attempt: number;
  readonly status: number | null;
  readonly error: string | null;
}

const KEPT_DELIVERIES = 1000;

interface WebhookDeps {
  readonly app: AppRegistration;
  readonly target: Target;
  readonly scheduler: Scheduler;
  readonly random: () => number;
}

/** Gathers changes into signed POSTs, retries what is not answered with 2xx, and remembers what it sent. */
export const createWebhooks = ({ app, target, scheduler, random }: WebhookDeps) => {
  let settings = DEFAULTS;
  let subscriptions: readonly Subscription[] = DEFAULT_SUBSCRIPTIONS;
  let queue: WebhookEvent[] = [];
  let flushing = false;
  let flying = 0;
  const waiting: { readonly events: readonly WebhookEvent[]; readonly attempt: number }[] = [];
  const deliveries: WebhookDelivery[] = [];
  const switches = createPushSwitches({ random, scheduler });
  const outgoing = createOutgoing({ connectMs: RESPONSE_MS, responseMs: RESPONSE_MS });

  const send = async (events: readonly WebhookEvent[], attempt: number) => {
    const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber: attempt })));
    const timestamp = String(scheduler.now());
    const outcome = await outgoing.post(`${target.url}${settings.path}`, body, {
      'x-hubspot-signature': signV1(app.clientSecret, body),
      'x-hubspot-signature-version': 'v1',
      'x-hubspot-request-timestamp': timestamp,
      'x-hubspot-signature-v3': signV3(
        app.clientSecret,
        'POST',
        `${target.publicUrl}${settings.path}`,
        body,
        timestamp,
      ),
    });
    const status = outcome.ok ? outcome.status : null;
    deliveries.push({ at: scheduler.now(), events, attempt, status, error: outcome.ok ? null : outcome.why });
    if (deliveries.length > KEPT_DELIVERIES) deliveries.shift();
    const delay = RETRY_DELAYS[attempt];
    if ((status === null || status >= 300) && delay !== undefined)
      scheduler.after(delay, () => enqueue(events, attempt + 1));
  };

  const pump = () => {
    while (flying < settings.maxConcurrent) {
      const next = waiting.shift();
      if (!next) return;
      flying++;
      void send(next.events, next.attempt).finally(() => {
        flying--;
        pump();
      });
    }
  };

  const enqueue = (events: readonly WebhookEvent[], attempt: number) => {
    waiting.push({ events, attempt });
    pump();
  };

  /** Where events are to overtake each other, they go over several POSTs. */
  const postSize = (events: number): number =>
    switches.settings().reorder ? Math.min(settings.batch, Math.ceil(events / 3)) : settings.batch;

  const flush = () => {
    flushing = false;
    const events = switches.order(queue);
    queue = [];
    const size = postSize(events.length);
    for (let start = 0; start < events.length; start += size) {
      const part = events.slice(start, start + size);
      switches.pass(() => enqueue(part, 0));
    }
  };

  const gather = () => {
    if (flushing || queue.length === 0) return;
    flushing = true;
    scheduler.after(settings.gatherMs, flush);
  };

  return {
    changed: (portalId: number, change: RecordChange): void => {
      const eventId = () => Math.floor(random() * 2 ** 31);
      queue.push(...eventsFor(change, subscriptions, { portalId, appId: app.appId, eventId }));
      gather();
    },
    set: (change: Partial<WebhookSettings>): void => {
      settings = { ...settings, ...change };
    },
    subscribe: (wanted: readonly Subscription[]): void => {
      subscriptions = wanted;
    },
    /** Sends these events as they are: for forged, foreign or odd ones. */
    inject: (events: readonly WebhookEvent[]): void => enqueue(events, 0),
    deliveries: (): readonly WebhookDelivery[] => deliveries,
    /** Drops, doubles, delays and reorders POSTs. */
    switches,
    /** Nothing gathered, held, waiting or under way (retries that are not due yet aside). */
    idle: (): boolean => queue.length === 0 && switches.held() === 0 && waiting.length === 0 && flying === 0,
    close: (): Promise<void> => {
      switches.close();
      return outgoing.close();
    },
  };
};
