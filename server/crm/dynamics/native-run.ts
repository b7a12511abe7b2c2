import type { ConnectionInfo } from '../../assignments/ports.ts';
import { ReadFailed } from '../failures.ts';
import type { CallDynamics } from './client.ts';
import { FORMATTED, LOOKUP_TABLE, ROUTING_RUNS } from './facts.ts';
import { ownerIdOf } from './owners.ts';
import { ANNOTATED, queryRows, type Row, textOf } from './query.ts';

/** What one of Sales' own assignment rules did with a lead. */
export interface NativeRun {
  /** The rule, as people named it; null: it was deleted. */
  readonly rule: string | null;
  /** The segment of leads it belongs to. */
  readonly segment: string | null;
  readonly ownerId: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * The last time the environment's own assignment rules gave the lead away, for saying who took it from whom; null: they
 * did not, or are not there. Throws AppError `crm_read_failed`.
 */
export const lastNativeRun = async (
  call: CallDynamics,
  connection: ConnectionInfo,
  leadId: string,
): Promise<NativeRun | null> => {
  try {
    const [found] = await queryRows(call, connection, {
      path: ROUTING_RUNS,
      query: {
        $select: 'createdon,_msdyn_assignmentruleid_value,_msdyn_segmentid_value,_msdyn_ownerassigned_value',
        $filter: `_msdyn_targetobject_value eq ${leadId} and msdyn_isrecordassigned eq true`,
        $orderby: 'createdon desc',
        $top: '1',
      },
      prefer: ANNOTATED,
      purpose: 'read',
    });
    return found === undefined ? null : toRun(found);
  } catch (error) {
    // Without the solution there is no such table, and a user may not see it.
    if (error instanceof ReadFailed && error.failure.kind === 'refused') return null;
    throw error;
  }
};

const toRun = (found: Row): NativeRun => {
  const owner = textOf(found._msdyn_ownerassigned_value);
  const table = textOf(found[`_msdyn_ownerassigned_value@${LOOKUP_TABLE}`]) ?? 'systemuser';
  return {
    rule: textOf(found[`_msdyn_assignmentruleid_value@${FORMATTED}`]),
    segment: textOf(found[`_msdyn_segmentid_value@${FORMATTED}`]),
    ownerId: owner === null ? null : ownerIdOf(table, owner),
    at: Date.parse(String(found.createdon)),
  };
};
