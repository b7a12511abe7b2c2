import express, { type Request, type Response, type Router } from 'express';
import { breakReply, halfOf } from '../break-reply.ts';
import { ApiError, RateLimited } from './api-error.ts';
import { METHODS, type MethodFacts } from './facts.ts';
import type { SlackFault, SlackFaults } from './faults.ts';
import { accessMethods } from './methods/access.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationsMethods } from './methods/conversations.ts';
import type { Call, Method } from './methods/method.ts';
import { usersMethods } from './methods/users.ts';
import { viewsMethods } from './methods/views.ts';
import type { SlackToken } from './model.ts';
import type { RateLimits } from './rate-limits.ts';
import type { RequestLog } from './request-log.ts';
import type { SlackStats } from './stats.ts';

/** Everything this stand-in can do, by method name. */
export const IMPLEMENTED: Readonly<Record<string, Method>> = {
  ...accessMethods,
  ...chatMethods,
  ...conversationsMethods,
  ...usersMethods,
  ...viewsMethods,
};

export interface WebApiParts extends Omit<Call, 'args' | 'token'> {
  readonly limits: RateLimits;
  readonly faults: SlackFaults;
  readonly log: RequestLog;
  readonly stats: SlackStats;
}

type Args = Readonly<Record<string, unknown>>;

/** The bearer header goes before a `token` argument, as in Slack. */
const tokenText = (req: Request, args: Args): string | null => {
  const bearer = /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1];
  return bearer ?? (typeof args.token === 'string' ? args.token : null);
};

const checkToken = (parts: WebApiParts, given: string | null): SlackToken => {
  if (given === null) throw new ApiError('not_authed');
  const token = parts.store.state.tokens.find((one) => one.token === given);
  if (token === undefined) throw new ApiError('invalid_auth');
  if (token.revoked) throw new ApiError('token_revoked');
  if (token.expiresAt !== null && token.expiresAt <= parts.store.now()) throw new ApiError('token_expired');
  return token;
};

const checkScope = (facts: MethodFacts, token: SlackToken): void => {
  if (facts.scopes.length === 0 || facts.scopes.some((one) => token.scopes.includes(one))) return;
  throw new ApiError('missing_scope', { needed: facts.scopes.join(','), provided: token.scopes.join(',') });
};

const checkArguments = (facts: MethodFacts, args: Args): void => {
  const missing = facts.required.filter((name) => args[name] === undefined || args[name] === '');
  if (missing.length === 0) return;
  const messages = missing.map((name) => `[ERROR] missing required field: ${name}`);
  throw new ApiError('invalid_arguments', { response_metadata: { messages } });
};

const meetFault = (fault: SlackFault | null): void => {
  if (fault?.rateLimited !== undefined) throw new RateLimited(fault.rateLimited);
  if (fault?.error !== undefined) throw new ApiError(fault.error);
};

const perform = (parts: WebApiParts, name: string, req: Request, args: Args, fault: SlackFault | null) => {
  const facts = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  const method = Object.hasOwn(IMPLEMENTED, name) ? IMPLEMENTED[name] : undefined;
  if (facts === undefined || method === undefined) throw new ApiError('unknown_method', { req_method: name });
  const token = facts.tokenless === true ? null : checkToken(parts, tokenText(req, args));
  if (token !== null) checkScope(facts, token);
  parts.limits.check(name, typeof args.channel === 'string' ? args.channel : null);
  meetFault(fault);
  checkArguments(facts, args);
  return method({ ...parts, args, token });
};

const refusal = (error: unknown): { status: number; body: Args; headers: Record<string, string> } => {
  if (error instanceof RateLimited)
    return {
      status: 429,
      body: { ok: false, error: 'ratelimited' },
      headers: { 'retry-after': String(error.retryAfter) },
    };
  if (error instanceof ApiError)
    return { status: 200, body: { ok: false, error: error.error, ...error.extra }, headers: {} };
  throw error;
};

const answer = (parts: WebApiParts, name: string, req: Request, args: Args, fault: SlackFault | null) => {
  try {
    if (fault?.status !== undefined) return { status: fault.status, body: {}, headers: {} };
    return {
      status: 200,
      body: { ok: true, ...perform(parts, name, req, args, fault) } as Args,
      headers: {},
    };
  } catch (error) {
    return refusal(error);
  }
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const handle = async (parts: WebApiParts, req: Request, res: Response): Promise<void> => {
  const name = String(req.params.method);
  const args: Args = { ...(req.query as Args), ...((req.body ?? {}) as Args) };
  const fault = parts.faults.take(name);
  if (fault?.delayMs !== undefined) await wait(fault.delayMs);
  const startedAt = performance.now();
  const reply = answer(parts, name, req, args, fault);
  parts.stats.count(name, reply, performance.now() - startedAt);
  parts.log.add(name, args, reply.status, reply.body);
  if (fault?.lostReply === true) return void req.socket.destroy();
  if (fault?.halfReply === true) breakReply(res, halfOf);
  res.status(reply.status).set(reply.headers).json(reply.body);
};

/** `/api/:method`, as https://slack.com/api/ answers: form or JSON in, `{ok, …}` out. */
export const createWebApi = (parts: WebApiParts): Router => {
  const router = express.Router();
  router.use(express.urlencoded({ extended: false, limit: '4mb' }), express.json({ limit: '4mb' }));
  router.all('/:method', (req, res) => handle(parts, req, res));
  return router;
};
