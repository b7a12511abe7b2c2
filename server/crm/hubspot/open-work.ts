import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { CallHubspot } from './client.ts';
import { LEAD, OPEN_STAGES, OWNER_PROPERTY, SEARCH_PAGE, SEARCH_REACH } from './facts.ts';
import { type Filter, searchRecords } from './search-records.ts';
import type { Stages } from './stages.ts';

type Connection = Pick<ConnectionInfo, 'id' | 'externalId'>;
type Counts = Readonly<Record<string, number>>;

/** Records of one type that are open work. */
interface OpenWork {
  readonly objectType: string;
  readonly filters: readonly Filter[];
}

const CONTACTS: OpenWork = {
  objectType: 'contact',
  filters: [{ propertyName: OPEN_STAGES.property, operator: 'IN', values: OPEN_STAGES.values }],
};

/**
 * How many leads each owner has to work on: contacts in a stage between lead and opportunity or, where there are more of
 * those, HubSpot's leads in an open stage; a person is often both, and counts once. Meant for connecting and for the
 * night. Counted from the search index, so some seconds old. Throws AppError `crm_read_failed`.
 */
export const countOpenWork = async (
  call: CallHubspot,
  stages: Pick<Stages, 'leads'>,
  connection: Connection,
  ownerIds: readonly string[],
): Promise<Counts> => {
  if (ownerIds.length === 0) return {};
  const contacts = await countOf(call, connection, ownerIds, CONTACTS);
  const leadStages = await stages.leads(connection);
  if (leadStages === null) return contacts;
  const leads = await countOf(call, connection, ownerIds, {
    objectType: 'lead',
    filters:
      leadStages.closed.size === 0
        ? []
        : [{ propertyName: LEAD.stage, operator: 'NOT_IN', values: [...leadStages.closed] }],
  });
  return Object.fromEntries(ownerIds.map((id) => [id, Math.max(contacts[id] ?? 0, leads[id] ?? 0)]));
};

/** Page by page where that takes fewer searches than one for each owner. */
const countOf = async (
  call: CallHubspot,
  connection: Connection,
  ownerIds: readonly string[],
  { objectType, filters }: OpenWork,
): Promise<Counts> => {
  const owned = [...filters, { propertyName: OWNER_PROPERTY, operator: 'HAS_PROPERTY' } as const];
  const search = (limit: number, conditions: readonly Filter[], after?: string) =>
    searchRecords(call, connection, objectType, {
      filters: conditions,
      properties: [OWNER_PROPERTY],
      limit,
      ...(after !== undefined && { after }),
    });
  let page = await search(SEARCH_PAGE, owned);
  const counts: Record<string, number> = Object.fromEntries(ownerIds.map((id) => [id, 0]));
  if (page.total > SEARCH_REACH || Math.ceil(page.total / SEARCH_PAGE) - 1 > ownerIds.length) {
    for (const id of ownerIds) {
      const own = { propertyName: OWNER_PROPERTY, operator: 'EQ', value: id } as const;
      counts[id] = (await search(1, [...filters, own])).total;
    }
    return counts;
  }
  for (;;) {
    for (const { properties } of page.results) {
      const owner = properties[OWNER_PROPERTY] ?? '';
      if (owner in counts) counts[owner] = (counts[owner] ?? 0) + 1;
    }
    const after = page.paging?.next?.after;
    if (after === undefined) return counts;
    page = await search(SEARCH_PAGE, owned, after);
  }
};
