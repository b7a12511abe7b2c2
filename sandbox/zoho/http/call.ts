import { invalidParam, paramMissing, ZohoError } from '../errors.ts';
import type { Channels } from '../notifications/channels.ts';
import type { Session } from '../oauth/create-oauth.ts';
import type { Verb } from '../oauth/scopes.ts';
import type { Org } from '../org.ts';
import { inContext, type WriteContext } from '../records/context.ts';
import type { Stats } from '../stats.ts';
import type { Actor } from '../types.ts';
import type { Jobs } from './jobs.ts';

/** A request of the CRM API, authenticated. */
export interface Call {
  readonly org: Org;
  readonly session: Session;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Named parts of the path. */
  readonly at: Readonly<Record<string, string>>;
  readonly client: string;
  readonly stats: Stats;
  readonly channels: Channels;
  readonly jobs: Jobs;
  readonly rowFault: (module: string, id: string | null) => void;
  /** The address of a module in this data centre. */
  readonly resourceUri: (module: string) => string;
}

export interface Reply {
  readonly status: number;
  /** null: nothing is sent. */
  readonly body: unknown;
}

export interface Endpoint {
  readonly method: string;
  /** Below `/crm/v8`; named groups become `at`. */
  readonly path: RegExp;
  readonly kind: string;
  /** What a token must allow; `{module}` stands for the path's. */
  readonly scope: readonly [part: string, verb: Verb];
  /** A part it must allow to read besides. */
  readonly alsoReads?: string;
  /** Unset: one. */
  readonly credits?: (call: Call) => number;
  /** Whether it counts against the sub-concurrency. Unset: it does not. */
  readonly heavy?: (call: Call) => boolean;
  readonly run: (call: Call) => Reply;
}

/** Nothing found is no body at all. */
export const NOTHING: Reply = { status: 204, body: null };

export const ok = (body: unknown, status = 200): Reply => ({ status, body });

/** A parameter that must be there. Throws REQUIRED_PARAM_MISSING. */
export const required = ({ query }: Call, name: string): string => {
  const value = query.get(name);
  if (!value) throw paramMissing(name);
  return value;
};

/** `page` and `per_page`. Throws PATTERN_NOT_MATCHED, LIMIT_EXCEEDED. */
export const paging = ({ query }: Call, most = 200) => {
  const number = (name: string, fallback: number): number => {
    const value = query.get(name) ?? String(fallback);
    if (!/^\d+$/.test(value) || Number(value) < 1) throw invalidParam(name);
    return Number(value);
  };
  const [page, perPage] = [number('page', 1), number('per_page', most)];
  if (perPage > most)
    throw new ZohoError('LIMIT_EXCEEDED', 'Record count exceeded', { param_name: 'per_page', limit: most });
  return { page, perPage };
};

/** The rows of a page, and what is told with them. */
export const pageOf = <T>(rows: readonly T[], { page, perPage }: { page: number; perPage: number }) => {
  const from = (page - 1) * perPage;
  const data = rows.slice(from, from + perPage);
  return {
    data,
    info: { per_page: perPage, count: data.length, page, more_records: rows.length > from + perPage },
  };
};

export const actorOf = ({ session, client }: Call): Actor => ({ userId: session.userId, via: 'api', client });

/** Writes as the app; `trigger: []` keeps the org's workflows quiet, without it they run. */
export const writing = <T>(call: Call, work: (context: WriteContext) => T): T => {
  const { trigger } = call.body;
  const workflows = !Array.isArray(trigger) || trigger.includes('workflow');
  const { org, rowFault } = call;
  return inContext({ org, actor: actorOf(call), workflows, rowFault }, work);
};
