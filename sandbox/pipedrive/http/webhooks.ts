import { notFound } from '../errors.ts';
import { register } from '../webhooks/webhook.ts';
import { parsed } from '../writes/check.ts';
import { newWebhook } from '../writes/schemas.ts';
import { created, type Endpoint, ok } from './endpoint.ts';

const SCOPES = ['admin'];

export const WEBHOOKS: readonly Endpoint[] = [
  {
    version: 'v1',
    method: 'GET',
    path: '/webhooks',
    scopes: SCOPES,
    cost: 'list',
    run: ({ account }) => ok([...account.webhooks.values()].map(({ view }) => view)),
  },
  {
    version: 'v1',
    method: 'POST',
    path: '/webhooks',
    scopes: SCOPES,
    cost: 'write',
    run: ({ account, by, body, apiUrl }) =>
      created(register(account, parsed(newWebhook, body), by.userId, apiUrl).view),
  },
  {
    version: 'v1',
    method: 'DELETE',
    path: '/webhooks/{id}',
    scopes: SCOPES,
    cost: 'delete',
    run: ({ account, params }) => {
      if (!account.webhooks.delete(Number(params.id))) throw notFound('Webhook');
      return { status: 200, body: { success: true } };
    },
  },
];
