/**
 * What HubSpot takes in each kind of metafile. Its own schemas are handed out per account only, so these are ours,
 * strict: a member HubSpot does not know is a mistake.
 */
import { z } from 'zod';

const https = z.url({ protocol: /^https$/ });
const oauthUrl = z.union([https, z.url().startsWith('http://localhost')]);
const name = z.string().min(1).max(200);

const app = z.strictObject({
  name,
  description: z.string().min(1).max(8192),
  distribution: z.literal('marketplace'),
  auth: z.strictObject({
    type: z.literal('oauth'),
    redirectUrls: z.array(oauthUrl).min(1),
    requiredScopes: z.array(z.string()).min(1),
    optionalScopes: z.array(z.string()),
    conditionallyRequiredScopes: z.array(z.string()),
  }),
  permittedUrls: z.strictObject({ fetch: z.array(https), iframe: z.array(https), img: z.array(https) }),
  support: z.strictObject({
    supportEmail: z.email().optional(),
    documentationUrl: https.optional(),
    supportUrl: https.optional(),
    supportPhone: z.string().optional(),
  }),
});

const card = z.strictObject({
  name,
  description: z.string().optional(),
  location: z.enum(['crm.record.tab', 'crm.record.sidebar', 'crm.preview', 'helpdesk.sidebar']),
  entrypoint: z.string().regex(/^\/app\/cards\/[\w-]+\.tsx$/),
  objectTypes: z.array(z.enum(['contacts', 'companies', 'deals', 'leads', 'tickets'])).min(1),
});

const active = z.boolean();
const happening = z.enum([
  'object.creation',
  'object.deletion',
  'object.merge',
  'object.restore',
  'object.associationChange',
]);
const objectType = z.enum(['contact', 'company', 'deal', 'lead', 'user']);
const webhooks = z.strictObject({
  settings: z.strictObject({ targetUrl: https, maxConcurrentRequests: z.int().min(6) }),
  subscriptions: z.strictObject({
    crmObjects: z.array(
      z.union([
        z.strictObject({ subscriptionType: happening, objectType, active }),
        z.strictObject({
          subscriptionType: z.literal('object.propertyChange'),
          objectType,
          propertyName: z.string().regex(/^[a-z][a-z0-9_]*$/),
          active,
        }),
      ]),
    ),
    hubEvents: z.array(z.strictObject({ subscriptionType: z.literal('contact.privacyDeletion'), active })),
  }),
});

const fieldType = z.enum(['booleancheckbox', 'date', 'number', 'radio', 'select', 'text', 'textarea']);
const fieldName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/);
const valueType = z.enum(['bool', 'date', 'datetime', 'enumeration', 'number', 'string']);
const texts = z.record(z.string(), z.string().min(1));
const labels = z.strictObject({
  actionName: z.string().min(1),
  actionDescription: z.string().min(1),
  actionCardContent: z.string().min(1),
  appDisplayName: z.string().min(1),
  inputFieldLabels: texts,
  inputFieldDescriptions: texts,
  outputFieldLabels: texts,
  executionRules: texts,
});

export const workflowAction = z.strictObject({
  actionUrl: https,
  isPublished: z.literal(true),
  supportedClients: z.array(z.strictObject({ client: z.enum(['WORKFLOWS', 'AGENTS']) })).min(1),
  objectTypes: z.array(z.enum(['CONTACT', 'COMPANY', 'DEAL', 'LEAD'])),
  objectRequestOptions: z.strictObject({ properties: z.array(z.string()) }),
  inputFields: z.array(
    z.strictObject({
      typeDefinition: z.strictObject({
        name: fieldName,
        type: valueType,
        fieldType,
        optionsUrl: https.optional(),
      }),
      supportedValueTypes: z.array(z.enum(['STATIC_VALUE', 'OBJECT_PROPERTY'])).min(1),
      isRequired: z.boolean(),
    }),
  ),
  outputFields: z.array(
    z.strictObject({ typeDefinition: z.strictObject({ name: fieldName, type: valueType, fieldType }) }),
  ),
  executionRules: z.array(
    z.strictObject({
      labelName: z.string(),
      conditions: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    }),
  ),
  labels: z
    .record(z.enum(['en', 'fr', 'de', 'ja', 'es', 'pt-br', 'nl']), labels.optional())
    .and(z.object({ en: labels })),
});

/** By HubSpot's name for the component. */
export const configSchemas: Readonly<Record<string, z.ZodType>> = {
  APPLICATION: app,
  CARD: card,
  WEBHOOKS: webhooks,
  WORKFLOW_ACTION: workflowAction,
};
