import { z } from 'zod';
import { SalesforceError } from '../errors.ts';
import type { ApiCall, ApiReply, ApiRequest, Endpoint } from './api-call.ts';
import { parserError } from './body.ts';
import { callOf, ENDPOINTS, matchEndpoint, runEndpoint } from './dispatch.ts';
import { fillBody, fillText } from './references.ts';

/** Source: composite resources. */
const MOST_SUBREQUESTS = 25;
const MOST_QUERIES_AND_COLLECTIONS = 5;

const subrequest = z.object({
  method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
  url: z.string(),
  referenceId: z.string().regex(/^[A-Za-z]\w*$/),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).optional(),
});
type Subrequest = z.infer<typeof subrequest>;

const composite = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().default(true),
  compositeRequest: z.array(subrequest).min(1),
});

interface SubReply {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

const parse = (body: unknown): z.infer<typeof composite> => {
  const parsed = composite.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw parserError(`${issue?.path.join('.')}: ${issue?.message} at [line:1, column:1]`);
};

const isCounted = ({ url }: Subrequest): boolean =>
  /\/v[\d.]+\/(query|queryAll|composite\/sobjects)\b/.test(url);

const checkSize = (requests: readonly Subrequest[]): void => {
  const limit = (message: string) => new SalesforceError('LIMIT_EXCEEDED', message);
  if (requests.length > MOST_SUBREQUESTS)
    throw limit(`Limit exceeded: a composite request can have at most ${MOST_SUBREQUESTS} subrequests`);
  if (requests.filter(isCounted).length > MOST_QUERIES_AND_COLLECTIONS)
    throw limit(
      `Limit exceeded: at most ${MOST_QUERIES_AND_COLLECTIONS} subrequests can be sObject Collections or query operations`,
    );
  const ids = requests.map((one) => one.referenceId.toLowerCase());
  const twice = requests.find((one, index) => ids.indexOf(one.referenceId.toLowerCase()) !== index);
  if (twice) throw new SalesforceError('INVALID_INPUT', `Duplicate reference id: ${twice.referenceId}`);
};

const lowerCase = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Of the composite's own headers only the name of the client holds inside; how to write, each request says itself. */
const inherited = ({ headers }: ApiCall): Record<string, string> => {
  const client = headers['sforce-call-options'];
  return client === undefined ? {} : { 'sforce-call-options': client };
};

/** A subrequest as if it had come by itself. */
const requestOf = (call: ApiCall, sub: Subrequest, answers: ReadonlyMap<string, unknown>): ApiRequest => {
  const url = new URL(fillText(answers, sub.url), 'http://org');
  const path = /^\/services\/data\/v[\d.]+(?<rest>\/.*)$/.exec(url.pathname)?.groups?.rest;
  if (path === undefined) throw new SalesforceError('INVALID_INPUT', `Invalid url: ${sub.url}`);
  return {
    method: sub.method,
    path,
    query: url.searchParams,
    headers: { ...inherited(call), ...lowerCase(sub.httpHeaders) },
    body: fillBody(answers, sub.body),
  };
};

const runOne = (call: ApiCall, sub: Subrequest, answers: ReadonlyMap<string, unknown>): ApiReply => {
  const { api, session, version } = call;
  try {
    const request = requestOf(call, sub, answers);
    const matched = matchEndpoint(ENDPOINTS, request);
    api.stats.countSubrequest(matched.endpoint.kind);
    return runEndpoint(matched, callOf(api, session, version, call.tx, request));
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    return { status: error.status, body: error.body };
  }
};

const HALTED = new SalesforceError(
  'PROCESSING_HALTED',
  'The transaction was rolled back since another operation in the same transaction failed.',
).body;

/** Requests in one call, each able to refer to answers before it. */
export const compositeEndpoint: Endpoint = {
  kind: 'composite',
  method: 'POST',
  path: /^\/composite\/?$/,
  run: (call) => {
    const { allOrNone, compositeRequest } = parse(call.body);
    checkSize(compositeRequest);
    const start = call.tx.mark();
    const answers = new Map<string, unknown>();
    const replies: SubReply[] = [];
    let failed = false;
    for (const sub of compositeRequest) {
      const reply = failed && allOrNone ? { status: 400, body: HALTED } : runOne(call, sub, answers);
      if (reply.status < 400) answers.set(sub.referenceId, reply.body ?? {});
      else failed = true;
      replies.push({
        body: reply.body ?? null,
        httpHeaders: reply.headers ?? {},
        httpStatusCode: reply.status,
        referenceId: sub.referenceId,
      });
    }
    if (!failed || !allOrNone) return { status: 200, body: { compositeResponse: replies } };
    call.tx.rollbackTo(start);
    const compositeResponse = replies.map((reply) =>
      reply.httpStatusCode < 400 ? { ...reply, body: HALTED, httpHeaders: {}, httpStatusCode: 400 } : reply,
    );
    return { status: 200, body: { compositeResponse } };
  },
};
