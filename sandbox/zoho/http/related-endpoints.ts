import { dateTimeText } from '../dates.ts';
import { invalidPathId, invalidUrl } from '../errors.ts';
import { tableOf } from '../org.ts';
import { knownModule } from '../records/context.ts';
import { ownerView } from '../records/write-rows.ts';
import type { Lookup, Row } from '../types.ts';
import { type Call, type Endpoint, NOTHING, ok, pageOf, paging, type Reply, required } from './call.ts';
import { recordView } from './record-view.ts';

/** Related lists: their module, and which of its rows: open activities in one, closed ones in another. */
const LISTS: Readonly<Record<string, { readonly module: string; readonly fits: (row: Row) => boolean }>> = {
  Notes: { module: 'Notes', fits: () => true },
  Tasks: { module: 'Tasks', fits: ({ Status }) => Status !== 'Completed' },
  Tasks_History: { module: 'Tasks', fits: ({ Status }) => Status === 'Completed' },
};

const pointsAt = (row: Row, id: string): boolean =>
  [row.What_Id, row.Who_Id, row.Parent_Id].some((value) => (value as Lookup | null | undefined)?.id === id);

const parentOf = (call: Call): string => {
  const { module = '', id = '' } = call.at;
  if (!tableOf(call.org, knownModule(call.org, module).api_name).has(id)) throw invalidPathId();
  return id;
};

const related = (call: Call): Reply => {
  const list = LISTS[call.at.list ?? ''];
  if (!list) throw invalidUrl();
  const id = parentOf(call);
  const fields = required(call, 'fields').split(',');
  const module = knownModule(call.org, list.module);
  const rows = [...tableOf(call.org, list.module).values()].filter(
    (row) => pointsAt(row, id) && list.fits(row),
  );
  if (rows.length === 0) return NOTHING;
  const { data, info } = pageOf(rows, paging(call));
  return ok({ data: data.map((row) => recordView(call.org, module, row, fields)), info });
};

/** What happened around a record, the latest first. */
const timeline = (call: Call): Reply => {
  const { org } = call;
  const id = parentOf(call);
  const entries = org.timeline.filter(({ recordId }) => recordId === id).toReversed();
  if (entries.length === 0) return NOTHING;
  const { data, info } = pageOf(entries, paging(call));
  return ok({
    __timeline: data.map(({ id: entryId, at, action, source, by, module, name, recordId }) => {
      const { name: who } = ownerView(org, by);
      return {
        id: entryId,
        audited_time: dateTimeText(at, org.timezone),
        action,
        source,
        done_by: { name: who, id: by },
        record: { name, id: recordId, module: { api_name: module, id: '1' } },
        field_history: [],
      };
    }),
    info,
  });
};

export const RELATED_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: /^\/(?<module>[A-Z]\w*)\/(?<id>\d+)\/__timeline$/,
    kind: 'records.timeline',
    scope: ['modules.{module}', 'READ'],
    run: timeline,
  },
  {
    method: 'GET',
    path: /^\/(?<module>[A-Z]\w*)\/(?<id>\d+)\/(?<list>[A-Z]\w*)$/,
    kind: 'records.related',
    scope: ['modules.{module}', 'READ'],
    run: related,
  },
];
