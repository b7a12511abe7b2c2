import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { CallPipedrive } from './client.ts';
import { PAGE, PATHS, sinceText, TALKING } from './facts.ts';
import { readBody } from './failures.ts';
import { type Activity, activityPage } from './shapes.ts';

/** Pages of activities that are looked through. */
const MOST_PAGES = 10;

interface Asked {
  readonly ref: RecordRef;
  readonly since: number;
}

/**
 * The first call, e-mail or meeting done about each record since an instant, or our task done: one list for all of them,
 * as asking for each record's own would cost ten tokens each. Throws AppError.
 */
export const readFirstActivity = async (
  call: CallPipedrive,
  connection: ConnectionInfo,
  wanted: readonly Asked[],
): Promise<readonly (number | null)[]> => {
  if (wanted.length === 0) return [];
  const done = await readDone(call, connection, Math.min(...wanted.map(({ since }) => since)));
  return wanted.map((asked) => {
    const times = done.filter((one) => isAbout(one, asked)).map(doneAt);
    const after = times.filter((at) => at >= asked.since);
    return after.length === 0 ? null : Math.min(...after);
  });
};

const doneAt = ({ marked_as_done_time: done, add_time: added }: Activity): number =>
  Date.parse(done ?? added);

const isAbout = (activity: Activity, { ref: { objectType, recordId } }: Asked): boolean => {
  const ids = { lead: activity.lead_id, deal: activity.deal_id, person: activity.person_id };
  return String(ids[objectType as keyof typeof ids] ?? '') === recordId;
};

const readDone = async (
  call: CallPipedrive,
  connection: ConnectionInfo,
  since: number,
): Promise<readonly Activity[]> => {
  const rows: Activity[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const reply = await call(connection, {
      method: 'GET',
      path: PATHS.activities,
      query: {
        done: 'true',
        updated_since: sinceText(since),
        // What was done just now is what nobody knows of yet.
        sort_by: 'update_time',
        sort_direction: 'desc',
        limit: String(PAGE),
        ...(cursor !== null && { cursor }),
      },
      purpose: 'background',
    });
    const { data, additional_data: more } = readBody(activityPage, reply);
    rows.push(...(data ?? []).filter(({ type }) => TALKING.some((one) => one === type)));
    cursor = more?.next_cursor ?? null;
    if (cursor === null) break;
  }
  return rows;
};
