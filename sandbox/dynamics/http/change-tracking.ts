import { rowsOf } from '../environment.ts';
import { badQuery, DynamicsError } from '../errors.ts';
import type { Table } from '../schema/column.ts';
import { API_PATH, type Operation } from './operation.ts';
import type { Rest } from './pages.ts';

/** `ExpireChangeTrackingInDays` of the organization, by default. */
const TOKEN_MS = 7 * 24 * 3_600_000;

const REFUSED = ['$filter', '$orderby', '$expand', '$top'];

/** Every row, and a delta link behind the last page. Throws DynamicsError for what change tracking does not go with. */
export const trackedRows = (operation: Operation, table: Table): Rest => {
  const { environment } = operation.api;
  if (!table.changeTracking) throw badQuery(`Change tracking is not enabled for the entity '${table.name}'.`);
  for (const name of REFUSED)
    if (operation.search.has(name)) throw badQuery(`${name} is not supported with odata.track-changes.`);
  return { ids: [...rowsOf(environment, table.name).keys()], last: deltaLink(operation, table) };
};

/** What changed since the token's version, in the order it changed; a deleted one by its id alone. */
export const deltaRows = (operation: Operation, table: Table): Rest => {
  const { environment } = operation.api;
  const [version, at] = (operation.search.get('$deltatoken') ?? '').split('!', 2);
  const issued = Date.parse(at ?? '');
  if (!/^\d+$/.test(version ?? '') || Number.isNaN(issued)) throw badQuery('The delta token is not valid.');
  if (environment.now() - issued > TOKEN_MS)
    throw new DynamicsError(400, '0x80044352', 'The delta token has expired: request the data set anew.');
  const since = Number(version);
  const changed = [...rowsOf(environment, table.name).values()]
    .filter((row) => row.version > since)
    .map(({ id, version: own }) => ({ id, version: own }));
  const deleted = environment.tombstones
    .filter((one) => one.table === table.name && one.version > since)
    .map(({ id, version: own }) => ({ id: `deleted:${id}`, version: own }));
  const ids = [...changed, ...deleted].sort((a, b) => a.version - b.version).map(({ id }) => id);
  return { ids, last: deltaLink(operation, table) };
};

const deltaLink = ({ api, search }: Operation, table: Table): Rest['last'] => {
  const { environment } = api;
  const next = new URLSearchParams();
  const select = search.get('$select');
  if (select !== null) next.set('$select', select);
  next.set('$deltatoken', `${environment.version}!${new Date(environment.now()).toISOString()}`);
  return { '@odata.deltaLink': `${api.url()}${API_PATH}/${table.entitySet}?${next}` };
};
