import { createHash } from 'node:crypto';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { PushTarget } from '../connector.ts';
import type { CallPipedrive } from './client.ts';
import { PATHS, PUSH_PATH, PUSH_VERSION, PUSHED_OBJECTS } from './facts.ts';
import { readBody, readIfThere } from './failures.ts';
import { anything, webhooksReply } from './shapes.ts';

/**
 * Sees to it that the company's pushes come here: four registrations, each of every action on one kind of record, that
 * prove themselves with HTTP Basic: the connection's id and its secret. Missing ones are made; those that Pipedrive
 * switched off, or that carry an older secret, are replaced. Throws AppError.
 */
export const createKeepPush =
  (call: CallPipedrive, push: PushTarget) =>
  async (connection: ConnectionInfo): Promise<void> => {
    const url = `${push.origin()}${PUSH_PATH}`;
    const secret = push.secretOf(connection.id);
    const ours = await readOurs(call, push, connection);
    const wanted = PUSHED_OBJECTS.map((object) => ({ object, name: nameOf(object, secret) }));
    const good = wanted.filter(({ object, name }) =>
      ours.some((one) => one.name === name && one.is_active === 1 && one.event_object === object),
    );
    const keep = new Set(
      good.map(({ name }) => ours.find((one) => one.name === name && one.is_active === 1)?.id),
    );
    for (const { object, name } of wanted) {
      if (good.some((one) => one.object === object)) continue;
      const made = await call(connection, {
        method: 'POST',
        path: PATHS.webhooks,
        purpose: 'delivery',
        body: {
          subscription_url: url,
          event_action: '*',
          event_object: object,
          name,
          version: PUSH_VERSION,
          http_auth_user: connection.id,
          http_auth_password: secret,
        },
      });
      readBody(anything, made);
    }
    // Those replaced go last: meanwhile an event comes twice rather than never.
    for (const { id } of ours.filter((one) => !keep.has(one.id))) await remove(call, connection, id);
  };

/** Takes those registrations back. Throws AppError. */
export const createDropPush =
  (call: CallPipedrive, push: PushTarget) =>
  async (connection: ConnectionInfo): Promise<void> => {
    const found = await readOurs(call, push, connection);
    for (const { id } of found) await remove(call, connection, id);
  };

const readOurs = async (call: CallPipedrive, push: PushTarget, connection: ConnectionInfo) => {
  const reply = await call(connection, { method: 'GET', path: PATHS.webhooks, purpose: 'background' });
  const found = readBody(webhooksReply, reply).data ?? [];
  return found.filter((one) => one.subscription_url === `${push.origin()}${PUSH_PATH}`);
};

const remove = async (call: CallPipedrive, connection: ConnectionInfo, id: number): Promise<void> => {
  const gone = await call(connection, { method: 'DELETE', path: PATHS.webhook(id), purpose: 'delivery' });
  readIfThere(anything, gone);
};

/** The name tells which secret a registration carries, as Pipedrive need not show it again. */
const nameOf = (object: string, secret: string): string =>
  `Fairlead ${object} ${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`;
