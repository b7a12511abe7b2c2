import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { AuditAction } from '../assignments/audit/actions.ts';
import type { Permission } from '../base/permissions.ts';
import { authenticate } from './authenticate.ts';
import { LIMITS, parseJson, readBody } from './body.ts';
import { endOf } from './end-of.ts';
import type { CostClass } from './limits/rate-limits.ts';
import { secretIn } from './oauth/browser-secrets.ts';
import { parseInput } from './parse-input.ts';
import type { Caller, HttpParts } from './ports.ts';
import { problem } from './problem.ts';
import type { ProblemCode } from './problems.ts';
import { answerInLines, type Progress, takesLines } from './progress-lines.ts';
import { recorded } from './recorded.ts';

/** What an endpoint's handler gets, parsed and proven. */
export interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly caller: Caller;
  readonly idempotencyKey: string | null;
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
  /** Told how far it is, where the endpoint tells and the caller takes that. */
  readonly progress: Progress | undefined;
  /** What the browser holds since it came from a vendor's marketplace; null: nothing. */
  readonly parked: string | null;
}

/** What an endpoint changes, as the audit log says it. */
export interface Change<P, Q, B, R> {
  readonly action: AuditAction | ((call: Call<P, Q, B>) => AuditAction);
  /** The id of what is changed; null: the workspace. Never a value, never a name. */
  readonly subject: (call: Call<P, Q, B>, reply: R) => string | null;
}

/** One endpoint of the tenant API: what it takes, what it answers, and one use case. Its document is made from it. */
export interface Endpoint<P = unknown, Q = unknown, B = unknown, R = unknown> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With `{name}` for parameters. */
  readonly path: string;
  /** What the caller must be allowed to do; null: nothing, as long as it is known who calls. */
  readonly needs: Permission | null;
  readonly summary: string;
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  /** Reads a body of another media type than JSON, by type. */
  readonly alsoTakes?: Readonly<Record<string, (raw: Buffer) => unknown>>;
  /** What a call counts as in its tenant's limits; absent: reads for GET, else changes. */
  readonly cost?: CostClass;
  /** How many calls one with this body counts as; absent: one. */
  readonly weight?: (body: B) => number;
  /** Bytes; 64 KiB when absent. */
  readonly limit?: number;
  readonly takesIdempotencyKey?: boolean;
  /** Tells how far it is, line by line, to whoever accepts `application/x-ndjson`. */
  readonly tellsProgress?: boolean;
  /** Headers of the reply besides those of any endpoint. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly reply: z.ZodType<R>;
  /** Problems besides those of any endpoint. */
  readonly problems?: readonly ProblemCode[];
  /** Every endpoint that is no `get` has it; `nothing`: it takes a body, and reads. */
  readonly changes?: Change<P, Q, B, R> | 'nothing';
  readonly handle: (call: Call<P, Q, B>, parts: HttpParts) => Promise<R>;
}

/** Keeps an endpoint's types together while it stands in a list with others. */
export const defineEndpoint = <P = undefined, Q = undefined, B = undefined, R = unknown>(
  endpoint: Endpoint<P, Q, B, R>,
): Endpoint => endpoint as unknown as Endpoint;

/** The Express handler of an endpoint: who calls, then parse, then its use case, then the reply. */
export const serve =
  (endpoint: Endpoint, parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const caller = await authenticate(parts, request, endpoint.needs);
    const cost = endpoint.cost ?? (endpoint.method === 'get' ? 'reads' : 'changes');
    await parts.limits.ofTenant(caller.tenantId, cost);
    const given = {
      params: parseWith(endpoint.params, request.params, '/path'),
      query: parseQuery(endpoint.query, request),
      body: endpoint.body ? parseWith(endpoint.body, await bodyOf(endpoint, request), '') : undefined,
      caller,
      idempotencyKey: endpoint.takesIdempotencyKey ? idempotencyKeyOf(request) : null,
      parked: secretIn(parts, request, 'parked'),
    };
    const more = (endpoint.weight?.(given.body) ?? 1) - 1;
    if (more > 0) await parts.limits.ofTenant(caller.tenantId, cost, more);
    const handle = (progress: Progress | undefined) => {
      const call = {
        ...given,
        progress,
        // Asked for by the few that run long.
        get signal() {
          return endOf(response, parts.readiness.draining);
        },
      };
      return recorded(endpoint, call, parts);
    };
    if (endpoint.tellsProgress && takesLines(request))
      await answerInLines(request, response, parts.log, handle);
    else answer(response, await handle(undefined), endpoint.headers);
  };

const answer = (response: Response, reply: unknown, headers: Endpoint['headers'] = {}): void => {
  response.set({ 'cache-control': 'no-store', ...headers });
  response.json(reply);
};

const parseWith = <T>(schema: z.ZodType<T> | undefined, value: unknown, root: string): T | undefined =>
  schema && parseInput(schema, value, root);

const parseQuery = (schema: z.ZodType | undefined, request: Request): unknown => {
  if (schema) return parseWith(schema, request.query, '/query');
  const unknown = Object.keys(request.query).map((name) => ({
    field: `/query/${name}`,
    message: 'is not known here: remove it',
  }));
  if (unknown.length > 0) throw problem('invalid_request', 'Correct the fields named in errors.', unknown);
  return undefined;
};

const bodyOf = async (endpoint: Endpoint, request: Request): Promise<unknown> => {
  if (hasNone(request) && mayBeLeftOut(endpoint.body)) return undefined;
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const { alsoTakes = {} } = endpoint;
  const other = Object.hasOwn(alsoTakes, type) ? alsoTakes[type] : undefined;
  if (!other && type !== 'application/json') {
    const taken = ['application/json', ...Object.keys(alsoTakes)].join(' or ');
    throw problem('unsupported_media_type', `Send ${taken} and say so in Content-Type.`);
  }
  const raw = await readBody(request, endpoint.limit ?? LIMITS.small);
  return other ? other(raw) : parseJson(raw);
};

const hasNone = ({ headers }: Request): boolean =>
  Number(headers['content-length'] ?? 0) === 0 && headers['transfer-encoding'] === undefined;

/** Whether an endpoint answers without a body, too. */
export const mayBeLeftOut = (body: z.ZodType | undefined): boolean =>
  body?.safeParse(undefined).success ?? true;

const idempotencyKeyOf = (request: Request): string | null => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw problem('invalid_request', 'Correct the fields named in errors.', [
    { field: '/headers/idempotency-key', message: 'must be 1 to 200 visible ASCII characters' },
  ]);
};
