import { type Account, nextNumber } from '../account.ts';
import { PipedriveError } from '../errors.ts';
import { timeText } from '../rows.ts';
import type { ObjectName } from '../types.ts';

/** A registration, as the API answers it. */
export interface WebhookView {
  readonly id: number;
  readonly company_id: number;
  readonly owner_id: number;
  readonly user_id: number;
  readonly event_action: string;
  readonly event_object: string;
  readonly subscription_url: string;
  readonly version: string;
  is_active: 0 | 1;
  readonly add_time: string;
  remove_time: string | null;
  readonly type: 'general' | 'application';
  readonly http_auth_user: string | null;
  readonly http_auth_password: string | null;
  remove_reason: string | null;
  last_delivery_time: string | null;
  last_http_status: number | null;
  readonly admin_id: number;
  readonly name: string;
}

/** A registration with how its deliveries have gone. Instants are epoch milliseconds. */
export interface Webhook {
  readonly view: WebhookView;
  /** First attempts that failed, lately. */
  failures: number;
  bannedUntil: number;
  lastSuccessAt: number;
}

/** Registrations a user may have. */
export const MOST_WEBHOOKS = 40;

/** What a registration is made of. */
export interface NewWebhook {
  readonly subscription_url: string;
  readonly event_action: string;
  readonly event_object: string;
  readonly name: string;
  readonly user_id?: number | undefined;
  readonly http_auth_user?: string | null | undefined;
  readonly http_auth_password?: string | null | undefined;
  readonly version?: string | undefined;
}

/** Registers. Throws PipedriveError 400 for the API's own address, or over the most a user may have. */
export const register = (account: Account, given: NewWebhook, ownerId: number, apiUrl: string): Webhook => {
  const userId = given.user_id ?? ownerId;
  const standing = [...account.webhooks.values()].filter(
    ({ view }) => view.user_id === userId && view.is_active === 1,
  );
  if (standing.length >= MOST_WEBHOOKS)
    throw new PipedriveError(422, `A user can have at most ${MOST_WEBHOOKS} webhooks`);
  if (given.subscription_url.startsWith(`${apiUrl}/`))
    throw new PipedriveError(400, 'The subscription URL cannot be a Pipedrive API endpoint');
  const view: WebhookView = {
    id: nextNumber(account, 'webhook'),
    company_id: account.id,
    owner_id: ownerId,
    user_id: userId,
    event_action: given.event_action,
    event_object: given.event_object,
    subscription_url: given.subscription_url,
    version: given.version ?? '2.0',
    is_active: 1,
    add_time: timeText('deal', account.now()),
    remove_time: null,
    type: 'application',
    http_auth_user: given.http_auth_user ?? null,
    http_auth_password: given.http_auth_password ?? null,
    remove_reason: null,
    last_delivery_time: null,
    last_http_status: null,
    admin_id: ownerId,
    name: given.name,
  };
  const webhook: Webhook = { view, failures: 0, bannedUntil: 0, lastSuccessAt: account.now() };
  account.webhooks.set(view.id, webhook);
  return webhook;
};

/** Leads are told of by version 2 only. */
export const listensTo = ({ view }: Webhook, object: ObjectName, action: string): boolean =>
  view.is_active === 1 &&
  (view.event_object === '*' || view.event_object === object) &&
  (view.event_action === '*' || view.event_action === action) &&
  (view.version === '2.0' || object !== 'lead');
