import { refused, SalesforceError } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { Session } from '../oauth/app.ts';
import type { Transaction } from '../rows/transaction.ts';
import type { WriteContext } from '../rows/write-context.ts';
import type { ApiRequest, OrgApi } from './api-call.ts';

/** `name=value` pairs of a header such as Sforce-Call-Options. */
const optionsOf = (header: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    (header ?? '')
      .split(/[,;]/)
      .map((part) => part.split('=', 2))
      .filter((pair) => pair.length === 2)
      .map(([name = '', value = '']) => [name.trim().toLowerCase(), value.trim()]),
  );

/** Sforce-Auto-Assign: TRUE by default, FALSE, or the id of a rule. */
const autoAssign = (header: string | undefined): boolean => {
  const text = (header ?? 'TRUE').trim().toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  if (toId18(header?.trim())?.startsWith('01Q')) return true;
  throw refused('INVALID_ASSIGNMENT_RULE', `invalid value for Sforce-Auto-Assign: ${header}`);
};

/** The calling program, as it names itself. */
export const clientOf = (headers: ApiRequest['headers']): string | null =>
  optionsOf(headers['sforce-call-options']).get('client') ?? null;

/** How the writes of a request are meant, by its headers. */
export const writeContext = (
  { org, rowFault }: OrgApi,
  session: Session,
  tx: Transaction,
  headers: ApiRequest['headers'],
): WriteContext => ({
  org,
  tx,
  rowFault,
  actor: { userId: session.userId, via: 'api', client: clientOf(headers) },
  autoAssign: autoAssign(headers['sforce-auto-assign']),
  allowDuplicates: optionsOf(headers['sforce-duplicate-rule-header']).get('allowsave') === 'true',
});

const LEAST_BATCH = 200;
const MOST_BATCH = 2000;

/** Sforce-Query-Options: batchSize, held between 200 and 2,000. */
export const batchSizeOf = (headers: ApiRequest['headers']): number => {
  const wanted = optionsOf(headers['sforce-query-options']).get('batchsize');
  if (wanted === undefined) return MOST_BATCH;
  if (!/^\d+$/.test(wanted))
    throw new SalesforceError('INVALID_QUERY_OPTIONS', `invalid batchSize: ${wanted}`);
  return Math.min(MOST_BATCH, Math.max(LEAST_BATCH, Number(wanted)));
};
