import { z } from 'zod';
import { dynamicsWebhooks, webhookBody, webhookQuery } from './dynamics/webhooks.ts';
import { actionOptions, optionsReply, optionsRequest } from './hubspot/action-options.ts';
import { actionRequest } from './hubspot/action-request.ts';
import { assignLead } from './hubspot/assign-lead.ts';
import * as hubspotCard from './hubspot/assignments.ts';
import { webhooks } from './hubspot/webhooks.ts';
import { OAUTH_ROUTES } from './oauth/routes.ts';
import { PIPEDRIVE_ROUTES } from './pipedrive/routes.ts';
import * as salesforceCard from './salesforce/assignments.ts';
import { decisions, decisionsReply, decisionsRequest } from './salesforce/decisions.ts';
import { orgHeaders, writeHeaders } from './salesforce/org-caller.ts';
import { PRESSES, type PressKind, pressReply, recordCard } from './schemas/card.ts';
import { SIGN_IN_ROUTES } from './sign-in/routes.ts';
import type { VendorRoute } from './vendor-route.ts';
import { notifications, notificationsBody, notificationsQuery } from './zoho/notifications.ts';

const KINDS = Object.keys(PRESSES) as readonly PressKind[];

const HUBSPOT_CARD: readonly VendorRoute[] = [
  {
    method: 'get',
    path: '/hubspot/assignments',
    summary: 'HubSpot card: where a record’s lead stands, and why',
    security: 'hubspotSignature',
    query: hubspotCard.recordQuery,
    reply: z.object({ ok: z.literal(true), card: recordCard }),
    handler: hubspotCard.assignment,
  },
  ...KINDS.map(
    (kind): VendorRoute => ({
      method: 'post',
      path: `/hubspot/assignments/{id}/${kind}`,
      summary: `HubSpot card: ${kind} a lead`,
      security: 'hubspotSignature',
      params: hubspotCard.assignmentParams,
      query: hubspotCard.whoQuery,
      body: hubspotCard.pressBody(kind),
      reply: pressReply,
      handler: hubspotCard.pressAssignment(kind),
    }),
  ),
];

const SALESFORCE: readonly VendorRoute[] = [
  {
    method: 'post',
    path: '/salesforce/decisions',
    summary: 'Salesforce: decide up to 200 records, answered in the same order; the caller writes the owners',
    security: 'orgCredential',
    headers: writeHeaders,
    body: decisionsRequest,
    reply: decisionsReply,
    handler: decisions,
  },
  {
    method: 'get',
    path: '/salesforce/assignments/{recordId}',
    summary: 'Salesforce card: where a record’s lead stands, and why',
    security: 'orgCredential',
    headers: orgHeaders,
    params: salesforceCard.recordParams,
    reply: recordCard,
    handler: salesforceCard.assignment,
  },
  ...KINDS.map(
    (kind): VendorRoute => ({
      method: 'post',
      path: `/salesforce/assignments/{recordId}/${kind}`,
      summary: `Salesforce card: ${kind} a lead`,
      security: 'orgCredential',
      headers: writeHeaders,
      params: salesforceCard.recordParams,
      body: PRESSES[kind],
      reply: pressReply,
      handler: salesforceCard.pressAssignment(kind),
    }),
  ),
];

const DYNAMICS: readonly VendorRoute[] = [
  {
    method: 'post',
    path: '/dynamics/webhooks',
    summary: 'Dynamics 365 webhooks: what happened to a lead',
    security: 'pushSecret',
    query: webhookQuery,
    body: webhookBody,
    reply: z.object({ stored: z.int() }),
    handler: dynamicsWebhooks,
  },
];

/** What vendors call, in the order the document lists it. */
export const VENDOR_ROUTES: readonly VendorRoute[] = [
  {
    method: 'post',
    path: '/hubspot/actions/assign-lead',
    summary: 'HubSpot workflow action: assign the enrolled record’s lead',
    security: 'hubspotSignature',
    body: actionRequest,
    reply: z.object({ outputFields: z.record(z.string(), z.string()) }),
    handler: assignLead,
  },
  {
    method: 'post',
    path: '/hubspot/actions/assign-lead/options/{field}',
    summary: 'HubSpot workflow action: the choices of an input field',
    security: 'hubspotSignature',
    params: z.object({ field: z.string() }),
    body: optionsRequest,
    reply: optionsReply,
    handler: actionOptions,
  },
  {
    method: 'post',
    path: '/hubspot/webhooks',
    summary: 'HubSpot webhooks: up to 100 events',
    security: 'hubspotSignature',
    body: z
      .array(z.looseObject({ portalId: z.number(), subscriptionType: z.string(), occurredAt: z.number() }))
      .max(100),
    reply: z.object({ stored: z.int() }),
    handler: webhooks,
  },
  ...HUBSPOT_CARD,
  ...SALESFORCE,
  {
    method: 'post',
    path: '/zoho/notifications',
    summary: 'Zoho CRM notifications: ids of records that changed, proven by the token in the body',
    security: 'pushSecret',
    query: notificationsQuery,
    body: notificationsBody,
    reply: z.object({ stored: z.int() }),
    handler: notifications,
  },
  ...PIPEDRIVE_ROUTES,
  ...DYNAMICS,
  ...OAUTH_ROUTES,
  ...SIGN_IN_ROUTES,
];
