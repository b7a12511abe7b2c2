import type { RequestHandler } from 'express';
import { z } from 'zod';
import { actionOptions, optionsReply, optionsRequest } from './hubspot/action-options.ts';
import { actionRequest } from './hubspot/action-request.ts';
import { assignLead } from './hubspot/assign-lead.ts';
import { webhooks } from './hubspot/webhooks.ts';
import type { HttpParts } from './ports.ts';

/** What a vendor calls, signed. */
export interface VendorRoute {
  readonly method: 'post';
  readonly path: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly body: z.ZodType;
  readonly reply: z.ZodType;
  readonly handler: (parts: HttpParts) => RequestHandler;
}

export const VENDOR_ROUTES: readonly VendorRoute[] = [
  {
    method: 'post',
    path: '/hubspot/actions/assign-lead',
    summary: 'HubSpot workflow action: assign the enrolled record’s lead',
    body: actionRequest,
    reply: z.object({ outputFields: z.record(z.string(), z.string()) }),
    handler: assignLead,
  },
  {
    method: 'post',
    path: '/hubspot/actions/assign-lead/options/{field}',
    summary: 'HubSpot workflow action: the choices of an input field',
    params: z.object({ field: z.string() }),
    body: optionsRequest,
    reply: optionsReply,
    handler: actionOptions,
  },
  {
    method: 'post',
    path: '/hubspot/webhooks',
    summary: 'HubSpot webhooks: up to 100 events',
    body: z
      .array(z.looseObject({ portalId: z.number(), subscriptionType: z.string(), occurredAt: z.number() }))
      .max(100),
    reply: z.object({ stored: z.int() }),
    handler: webhooks,
  },
];
