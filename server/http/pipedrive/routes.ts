import { z } from 'zod';
import type { VendorRoute } from '../vendor-route.ts';
import { panel, panelQuery } from './panel.ts';
import { panelReply } from './panel-data.ts';
import { uninstalled, uninstalledBody } from './uninstalled.ts';
import { pushBody, webhooks } from './webhooks.ts';

/** What Pipedrive calls. */
export const PIPEDRIVE_ROUTES: readonly VendorRoute[] = [
  {
    method: 'post',
    path: '/pipedrive/webhooks',
    summary: 'Pipedrive webhooks: one event of version 2.0',
    security: 'pushSecret',
    body: pushBody,
    reply: z.object({ stored: z.int() }),
    handler: webhooks,
  },
  {
    method: 'get',
    path: '/pipedrive/panel',
    summary: 'Pipedrive JSON panel: why a deal’s or a person’s lead was given to whom',
    security: 'panelToken',
    query: panelQuery,
    reply: panelReply,
    handler: panel,
  },
  {
    method: 'delete',
    path: '/oauth/pipedrive/callback',
    summary: 'Pipedrive: a user removed the app',
    security: 'appSecret',
    body: uninstalledBody,
    reply: z.object({ ended: z.boolean() }),
    handler: uninstalled,
  },
];
