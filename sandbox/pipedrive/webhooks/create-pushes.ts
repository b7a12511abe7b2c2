import { randomUUID } from 'node:crypto';
import type { PushSwitches } from '../../push-switches.ts';
import type { Scheduler } from '../../scheduler.ts';
import type { Account } from '../account.ts';
import { timeText } from '../rows.ts';
import type { Change } from '../types.ts';
import { type Payload, payloadFor } from './payload.ts';
import { createPoster, type Posted } from './post.ts';
import { listensTo, type Webhook } from './webhook.ts';

/** Waits before the tries after the first. Milliseconds. */
const RETRY_DELAYS = [3_000, 30_000, 150_000];
/** First attempts that may fail before a registration is banned, and for how long. */
const MOST_FAILURES = 10;
const BAN_MS = 30 * 60_000;
/** Without success for so long a registration is taken away. */
const GIVE_UP_MS = 3 * 24 * 3_600_000;
const KEPT = 1000;

/** One POST as it went, for people and tests. */
export interface PushRecord extends Posted {
  readonly at: number;
  readonly webhookId: number;
  readonly url: string;
  readonly payload: Payload;
  readonly attempt: number;
}

interface Push {
  readonly account: Account;
  readonly webhook: Webhook;
  readonly payload: Payload;
}

export interface PushDeps {
  readonly scheduler: Scheduler;
  readonly switches: PushSwitches;
  /** Where an address is called that is known to outsiders by another one. */
  readonly reach: (url: string) => string;
  readonly host: (account: Account) => string;
}

/** Tells registrations what changed, as often and as patiently as Pipedrive does. */
export const createPushes = ({ scheduler, switches, reach, host }: PushDeps) => {
  const poster = createPoster();
  const history: PushRecord[] = [];
  let flying = 0;

  const failed = ({ account, webhook }: Push, attempt: number): void => {
    if (attempt === 1) webhook.failures++;
    if (webhook.failures >= MOST_FAILURES) {
      webhook.failures = 0;
      webhook.bannedUntil = scheduler.now() + BAN_MS;
    }
    if (scheduler.now() - webhook.lastSuccessAt < GIVE_UP_MS) return;
    webhook.view.is_active = 0;
    webhook.view.remove_reason = 'Webhook was removed because of failing deliveries';
    webhook.view.remove_time = timeText('deal', account.now());
  };

  const note = (push: Push, attempt: number, posted: Posted): void => {
    const { webhook, payload, account } = push;
    const url = webhook.view.subscription_url;
    history.push({ at: scheduler.now(), webhookId: webhook.view.id, url, payload, attempt, ...posted });
    if (history.length > KEPT) history.shift();
    webhook.view.last_delivery_time = timeText('deal', account.now());
    webhook.view.last_http_status = posted.status;
  };

  const send = async (push: Push, attempt: number): Promise<void> => {
    const { webhook, payload } = push;
    const { http_auth_user: user, http_auth_password: password, subscription_url: url } = webhook.view;
    if (webhook.view.is_active === 0 || webhook.bannedUntil > scheduler.now()) return;
    flying++;
    const body = { ...payload, meta: { ...payload.meta, attempt } };
    const auth = user === null ? null : { user, password: password ?? '' };
    const posted = await poster.post(reach(url), body, auth);
    flying--;
    note(push, attempt, posted);
    if (posted.status !== null && posted.status >= 200 && posted.status < 300) {
      webhook.lastSuccessAt = scheduler.now();
      return;
    }
    failed(push, attempt);
    const delay = RETRY_DELAYS[attempt - 1];
    if (delay !== undefined) scheduler.after(delay, () => void send(push, attempt + 1));
  };

  return {
    changed: (account: Account, change: Change): void => {
      const event = { id: randomUUID(), at: scheduler.now(), host: host(account) };
      for (const webhook of account.webhooks.values()) {
        if (!listensTo(webhook, change.object, change.action)) continue;
        const payload = payloadFor(account, change, webhook, event);
        if (payload) switches.pass(() => void send({ account, webhook, payload }, 1));
      }
    },
    switches,
    history: (): readonly PushRecord[] => history,
    /** Nothing held or under way, retries that are not due yet aside. */
    idle: (): boolean => switches.held() === 0 && flying === 0,
    close: async (): Promise<void> => {
      switches.close();
      await poster.close();
    },
  };
};
