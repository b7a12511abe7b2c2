import { z } from 'zod';
import type { RecordRef } from '../../assignments/types.ts';
import { eachOf } from '../call/each-of.ts';
import type { CallZoho, Org } from './client.ts';
import { ACTIVITY, PAGE, PATHS } from './facts.ts';
import { readBody } from './failures.ts';
import { factsOf } from './to-snapshot.ts';

const page = z.object({
  __timeline: z.array(
    z.object({
      audited_time: z.string(),
      action: z.string().catch(''),
      automation_details: z.unknown().optional(),
      record: z
        .object({ module: z.object({ api_name: z.string() }) })
        .nullish()
        .catch(null),
    }),
  ),
  info: z.object({ more_records: z.boolean().nullish(), next_page_token: z.string().nullish() }).nullish(),
});
type Entry = z.infer<typeof page>['__timeline'][number];

const MOST_PAGES = 10;
/** Timelines read at once: hundreds may be asked for, and must not stand in line before reads that people wait for. */
const READ_AT_ONCE = 2;

interface Wanted {
  readonly ref: RecordRef;
  readonly since: number;
}

/** The first call, meeting or e-mail a person recorded on each record since an instant. One call for each. */
export const readFirstActivity = (
  call: CallZoho,
  org: Org,
  wanted: readonly Wanted[],
  until?: number,
): Promise<readonly (number | null)[]> =>
  eachOf(wanted, READ_AT_ONCE, (one) => firstOf(call, org, one, until));

/** The timeline runs from now backwards. */
const firstOf = async (
  call: CallZoho,
  org: Org,
  { ref: { objectType, recordId }, since }: Wanted,
  until: number | undefined,
): Promise<number | null> => {
  let first: number | null = null;
  let query: Readonly<Record<string, string>> = { per_page: String(PAGE) };
  for (let n = 0; n < MOST_PAGES; n++) {
    const path = PATHS.timeline(factsOf(objectType).module, recordId);
    const reply = await call(org, {
      method: 'GET',
      path,
      query,
      purpose: 'background',
      ...(until !== undefined && { until }),
    });
    // A record that is gone has no timeline.
    const part = reply.status === 400 || reply.status === 404 ? null : readBody(page, reply);
    const entries = part?.__timeline ?? [];
    for (const entry of entries) {
      const at = Date.parse(entry.audited_time);
      if (at >= since && isActivity(entry)) first = Math.min(first ?? at, at);
    }
    const token = part?.info?.next_page_token;
    const reached = entries.some(({ audited_time }) => Date.parse(audited_time) < since);
    if (reached || !part?.info?.more_records || !token) return first;
    query = { page_token: token };
  }
  return first;
};

/** What a workflow sent is nobody's doing. */
const isActivity = ({ action, record, automation_details: automation }: Entry): boolean =>
  (automation === undefined || automation === null) &&
  ACTIVITY.modules.some((module) => module === record?.module.api_name) &&
  ACTIVITY.actions.some((one) => one === action.toLowerCase());
