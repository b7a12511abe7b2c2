import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { decisionStreamDocument } from './api/decision-stream.ts';
import { CSV_DOWNLOADS } from './csv-downloads.ts';
import { type Endpoint, mayBeLeftOut } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { exportDocument } from './export-download.ts';
import { PROBLEMS, type ProblemCode } from './problems.ts';
import type { VendorRoute } from './vendor-route.ts';
import { VENDOR_ROUTES } from './vendor-routes.ts';

const problemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable; programs may rely on it.'),
    detail: z.string().describe('What to do next.'),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'The body of every error (RFC 9457).' });

/** Problems any endpoint of the tenant API may answer with. */
const ALWAYS: readonly ProblemCode[] = [
  'unauthenticated',
  'forbidden',
  'too_many_requests',
  'internal_error',
];
const WITH_INPUT: readonly ProblemCode[] = ['invalid_request'];
const WITH_BODY: readonly ProblemCode[] = [
  'malformed_json',
  'foreign_origin',
  'body_too_large',
  'unsupported_media_type',
];

/** The interface as an OpenAPI 3.1 document, made from the schemas the endpoints parse with. */
export const openApiDocument = () =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Fairlead',
      version: '1',
      description:
        'Gives each lead to the rep who should have it, and says why. Errors are `application/problem+json`.',
    },
    security: [{ apiKey: [] }],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `fl_…`.' },
        hubspotSignature: { type: 'apiKey', in: 'header', name: 'X-HubSpot-Signature-v3' },
        orgCredential: {
          type: 'http',
          scheme: 'bearer',
          description: 'What a Salesforce org shows, `flo_…`.',
        },
        pushSecret: {
          type: 'apiKey',
          in: 'query',
          name: 'code',
          description:
            'A secret of the connection’s own. Dataverse sends it as `code`, Zoho as `token` in the body, Pipedrive as the password of HTTP Basic.',
        },
        panelToken: {
          type: 'apiKey',
          in: 'query',
          name: 'token',
          description: 'A JWT that Pipedrive signs with the app’s client secret.',
        },
        appSecret: {
          type: 'http',
          scheme: 'basic',
          description: 'The vendor app’s client id and secret.',
        },
        browserSession: { type: 'apiKey', in: 'cookie', name: 'fairlead_session' },
        installState: {
          type: 'apiKey',
          in: 'query',
          name: 'state',
          description: 'Serves once, and only in the browser that the install or sign-in began in.',
        },
        slackSignature: { type: 'apiKey', in: 'header', name: 'X-Slack-Signature' },
      },
    },
    paths: paths(),
  });

const paths = (): ZodOpenApiPathsObject => {
  const all: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  const add = (method: string, path: string, operation: ZodOpenApiOperationObject) => {
    all[path] = { ...all[path], [method]: operation };
  };
  for (const endpoint of ENDPOINTS) add(endpoint.method, endpoint.path, endpointOperation(endpoint));
  for (const table of CSV_DOWNLOADS) add('get', table.path, csvOperation(table));
  add('get', decisionStreamDocument.path, streamOperation());
  add('get', exportDocument.path, exportOperation());
  for (const route of VENDOR_ROUTES) add(route.method, route.path, vendorOperation(route));
  add('post', '/slack/events', slackOperation());
  add('get', '/healthz', plainOperation('Whether the process runs'));
  add('get', '/readyz', plainOperation('Whether the process takes work'));
  add('get', '/metrics', plainOperation('Numbers for Prometheus', 'text/plain'));
  return all;
};

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });

const endpointOperation = (endpoint: Endpoint): ZodOpenApiOperationObject => {
  const { params, query, body, reply, alsoTakes, takesIdempotencyKey, problems = [] } = endpoint;
  const others = Object.keys(alsoTakes ?? {}).map((type) => [type, { schema: z.string() }] as const);
  const codes = [
    ...ALWAYS,
    ...(params || query || body ? WITH_INPUT : []),
    ...(body ? WITH_BODY : []),
    ...problems,
  ];
  return {
    summary: endpoint.summary,
    requestParams: {
      ...(params && { path: params as z.ZodObject }),
      ...(query && { query: query as z.ZodObject }),
      ...(takesIdempotencyKey && {
        header: z.object({
          'Idempotency-Key': z
            .string()
            .optional()
            .describe('A repeat with the same key gets the same reply.'),
        }),
      }),
    },
    ...(body && {
      requestBody: {
        required: !mayBeLeftOut(body),
        content: { ...json(body), ...Object.fromEntries(others) },
      },
    }),
    responses: { 200: { description: 'Done', content: json(reply) }, ...problemResponses(codes) },
  };
};

/** Responses by status, naming the codes of each. */
const problemResponses = (codes: readonly ProblemCode[]) =>
  Object.fromEntries(
    [...Map.groupBy(codes, (code) => PROBLEMS[code].status)].map(([status, of]) => [
      status,
      {
        description: [...new Set(of)].join(', '),
        content: { 'application/problem+json': { schema: problemBody } },
      },
    ]),
  );

const streamOperation = (): ZodOpenApiOperationObject => ({
  summary: decisionStreamDocument.summary,
  requestParams: {
    header: z.object({ 'Last-Event-ID': z.string().optional().describe('Resumes after it.') }),
  },
  responses: {
    200: {
      description: 'Events named `decision`; data is a DecisionSummary. A comment every 15 seconds.',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...problemResponses(['unauthenticated', 'too_many_requests', 'invalid_request']),
  },
});

const exportOperation = (): ZodOpenApiOperationObject => ({
  summary: exportDocument.summary,
  responses: {
    200: {
      description:
        'A line says what this is; then for each table a line with what its columns mean and how many rows follow, and those; the last line says that it is whole.',
      content: { 'application/x-ndjson': { schema: z.string() } },
    },
    ...problemResponses(['unauthenticated', 'forbidden']),
  },
});

const csvOperation = ({
  summary,
  params,
  query,
}: (typeof CSV_DOWNLOADS)[number]): ZodOpenApiOperationObject => ({
  summary,
  requestParams: {
    ...(params && { path: params as z.ZodObject }),
    ...(query && { query: query as z.ZodObject }),
  },
  responses: {
    200: { description: 'A table with a header', content: { 'text/csv': { schema: z.string() } } },
    ...problemResponses([
      ...(['unauthenticated', 'too_many_requests', 'invalid_request'] as const),
      ...(params ? (['not_found'] as const) : []),
    ]),
  },
});

const PROOF: Readonly<Record<VendorRoute['security'], readonly ProblemCode[]>> = {
  hubspotSignature: ['invalid_signature', 'not_configured'],
  orgCredential: ['unauthenticated', 'foreign_org', 'too_many_requests'],
  pushSecret: ['unauthenticated', 'foreign_org'],
  panelToken: ['invalid_signature', 'not_configured'],
  appSecret: ['unauthenticated', 'not_configured'],
  browserSession: ['too_many_requests'],
  installState: ['too_many_requests'],
  nothing: [],
};

const vendorOperation = (route: VendorRoute): ZodOpenApiOperationObject => {
  const { summary, security, params, query, headers, body, reply } = route;
  return {
    summary,
    security: security === 'nothing' ? [] : [{ [security]: [] }],
    ...((params ?? query ?? headers) && {
      requestParams: {
        ...(params && { path: params }),
        ...(query && { query }),
        ...(headers && { header: headers }),
      },
    }),
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: {
      200: { description: 'Taken', content: json(reply) },
      ...problemResponses([
        ...PROOF[security],
        'invalid_request',
        ...(body ? (['malformed_json', 'body_too_large'] as const) : []),
      ]),
    },
  };
};

const slackOperation = (): ZodOpenApiOperationObject => ({
  summary: 'Slack: events, interactions and commands',
  security: [{ slackSignature: [] }],
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: z.looseObject({}) },
      'application/x-www-form-urlencoded': { schema: z.looseObject({}) },
    },
  },
  responses: { 200: { description: 'Taken' }, 401: { description: 'The signature does not prove Slack' } },
});

const plainOperation = (summary: string, type = 'application/json'): ZodOpenApiOperationObject => ({
  summary,
  security: [],
  responses: { 200: { description: 'Yes', content: { [type]: {} } }, 503: { description: 'No' } },
});
