import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { NativeDecision } from '../connector.ts';
import { ReadFailed } from '../failures.ts';
import type { CallDynamics } from './client.ts';
import { FORMATTED, LOOKUP_TABLE, READ_LIMIT, ROUTING_OUTCOMES, ROUTING_RUNS } from './facts.ts';
import { ownerIdOf } from './owners.ts';
import { ANNOTATED, isIn, queryRows, type Row, textOf } from './query.ts';

interface Wanted {
  readonly ref: RecordRef;
  readonly since: number;
}

/**
 * What the environment's own assignment rules did with each lead since its instant, the latest first; nothing where
 * they are not there. Throws AppError `crm_read_failed`.
 */
export const nativeDecisions = async (
  call: CallDynamics,
  connection: ConnectionInfo,
  wanted: readonly Wanted[],
): Promise<readonly (readonly NativeDecision[])[]> => {
  const rows: Row[] = [];
  for (let from = 0; from < wanted.length; from += READ_LIMIT)
    rows.push(...(await runsOf(call, connection, wanted.slice(from, from + READ_LIMIT))));
  const byLead = Map.groupBy(rows, (row) => textOf(row._msdyn_targetobject_value)?.toLowerCase() ?? '');
  return wanted.map(({ ref, since }) =>
    (byLead.get(ref.recordId.toLowerCase()) ?? [])
      .flatMap(toDecision)
      .filter(({ at }) => at >= wholeSecond(since)),
  );
};

/** Dataverse tells whole seconds. */
const wholeSecond = (at: number): number => Math.floor(at / 1000) * 1000;

const runsOf = async (
  call: CallDynamics,
  connection: ConnectionInfo,
  wanted: readonly Wanted[],
): Promise<readonly Row[]> => {
  const ids = wanted.map(({ ref }) => ref.recordId);
  const since = new Date(wholeSecond(Math.min(...wanted.map(({ since }) => since)))).toISOString();
  try {
    return await queryRows(call, connection, {
      path: ROUTING_RUNS,
      query: {
        $select:
          'createdon,statuscode,msdyn_isrecordassigned,_msdyn_targetobject_value,_msdyn_assignmentruleid_value,_msdyn_ownerassigned_value',
        $filter: `${isIn('msdyn_targetobject', ids)} and createdon ge ${since}`,
        $orderby: 'createdon desc',
      },
      prefer: ANNOTATED,
      purpose: 'background',
    });
  } catch (error) {
    // Without the solution there is no such table, and a user may not see it.
    if (error instanceof ReadFailed && error.failure.kind === 'refused') return [];
    throw error;
  }
};

/** None of a run that says by a code of the customer's own why it gave the lead to nobody. */
const toDecision = (found: Row): readonly NativeDecision[] => {
  const owner = textOf(found._msdyn_ownerassigned_value);
  const table = textOf(found[`_msdyn_ownerassigned_value@${LOOKUP_TABLE}`]) ?? 'systemuser';
  const assigned = found.msdyn_isrecordassigned === true;
  const outcome = assigned ? 'owner_assigned' : ROUTING_OUTCOMES.get(Number(found.statuscode));
  if (outcome === undefined) return [];
  return [
    {
      rule: textOf(found[`_msdyn_assignmentruleid_value@${FORMATTED}`]),
      outcome,
      ownerId: owner === null ? null : ownerIdOf(table, owner),
      at: Date.parse(String(found.createdon)),
    },
  ];
};
