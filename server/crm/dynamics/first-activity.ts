import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { CallDynamics } from './client.ts';
import { READ_LIMIT } from './facts.ts';
import { isIn, queryRows, type Row, textOf } from './query.ts';

interface Wanted {
  readonly ref: RecordRef;
  readonly since: number;
}

/**
 * @unverified ACTIVITIES What counts: phone calls and appointments, and e-mails that went out. A person recorded it: it
 * was made by no application.
 */
const KINDS = [
  { path: 'phonecalls', more: '' },
  { path: 'appointments', more: '' },
  { path: 'emails', more: ' and directioncode eq true' },
] as const;
const BY_PEOPLE = 'createdby/applicationid eq null';

/** The first such activity on each record since its instant. Epoch ms, in order; null: none yet. */
export const firstActivity = async (
  call: CallDynamics,
  connection: ConnectionInfo,
  wanted: readonly Wanted[],
): Promise<readonly (number | null)[]> => {
  const rows: Row[] = [];
  for (let from = 0; from < wanted.length; from += READ_LIMIT)
    for (const kind of KINDS)
      rows.push(...(await activitiesOf(call, connection, wanted.slice(from, from + READ_LIMIT), kind)));
  const byRecord = Map.groupBy(rows, (row) => textOf(row._regardingobjectid_value)?.toLowerCase() ?? '');
  return wanted.map(({ ref, since }) => {
    const instants = (byRecord.get(ref.recordId) ?? [])
      .map(({ createdon }) => Date.parse(String(createdon)))
      // Dataverse tells whole seconds.
      .filter((at) => at >= Math.floor(since / 1000) * 1000);
    return instants.length === 0 ? null : Math.min(...instants);
  });
};

const activitiesOf = (
  call: CallDynamics,
  connection: ConnectionInfo,
  wanted: readonly Wanted[],
  { path, more }: (typeof KINDS)[number],
): Promise<readonly Row[]> => {
  const ids = wanted.map(({ ref }) => ref.recordId);
  const earliest = Math.floor(Math.min(...wanted.map(({ since }) => since)) / 1000) * 1000;
  const since = new Date(earliest).toISOString();
  return queryRows(call, connection, {
    path,
    query: {
      $select: 'createdon,_regardingobjectid_value',
      $filter: `${isIn('regardingobjectid', ids)} and createdon ge ${since} and ${BY_PEOPLE}${more}`,
    },
    purpose: 'background',
  });
};
