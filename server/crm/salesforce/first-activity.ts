import { z } from 'zod';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { CallSalesforce } from './client.ts';
import { ACTIVITIES, API_VERSION, BATCH_LIMIT, PATHS } from './facts.ts';
import { listed, readBody, row } from './query.ts';

type Asked = { readonly ref: RecordRef; readonly since: number };

const answers = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});
const page = z.object({ records: z.array(row) });

/**
 * The first call, e-mail or meeting that people recorded on each lead since an instant; null: none yet. All kinds of
 * activity in one call for two hundred leads; a kind that the org does not have counts as none. Epoch ms, in order.
 */
export const firstActivity = async (
  call: CallSalesforce,
  connection: ConnectionInfo,
  asked: readonly Asked[],
): Promise<readonly (number | null)[]> => {
  const found: (number | null)[] = [];
  for (let from = 0; from < asked.length; from += BATCH_LIMIT)
    found.push(...(await firstOf(call, connection, asked.slice(from, from + BATCH_LIMIT))));
  return found;
};

const firstOf = async (
  call: CallSalesforce,
  connection: ConnectionInfo,
  asked: readonly Asked[],
): Promise<readonly (number | null)[]> => {
  const since = new Date(Math.min(...asked.map((one) => one.since))).toISOString();
  const ids = listed([...new Set(asked.map(({ ref }) => ref.recordId))]);
  const compositeRequest = ACTIVITIES.map(({ name, soql }) => ({
    method: 'GET',
    url: `/services/data/v${API_VERSION}${PATHS.query}?${new URLSearchParams({ q: soql(ids, since) })}`,
    referenceId: name,
  }));
  const reply = await call(connection, {
    method: 'POST',
    path: PATHS.composite,
    body: { allOrNone: false, compositeRequest },
    purpose: 'background',
  });
  const times = readBody(answers, reply).compositeResponse.flatMap(({ httpStatusCode, body }, index) => {
    const { leadField, timeOf } = ACTIVITIES[index]!;
    const rows = httpStatusCode < 300 ? (page.safeParse(body).data?.records ?? []) : [];
    return rows.map((each) => ({ lead: String(each[leadField]), at: Date.parse(timeOf(each)) }));
  });
  return asked.map(({ ref, since: from }) => {
    const own = times.filter(({ lead, at }) => lead === ref.recordId && at >= from).map(({ at }) => at);
    return own.length === 0 ? null : Math.min(...own);
  });
};
