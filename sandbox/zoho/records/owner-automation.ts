import { ruleOwner } from '../automation.ts';
import { ZohoError } from '../errors.ts';
import { tableOf } from '../org.ts';
import type { Lookup, Row } from '../types.ts';
import type { WriteContext } from './context.ts';

export const ownerOf = (row: Row): string => (row.Owner as Lookup).id;

const openLeadsOf = ({ org }: WriteContext, userId: string): number =>
  [...tableOf(org, 'Leads').values()].filter((lead) => ownerOf(lead) === userId && lead.Converted__s !== true)
    .length;

/** What the org says of a new owner; the owner it is to be instead. Throws what refuses it. */
export const admitOwner = (context: WriteContext, module: string, ownerId: string): string => {
  if (module !== 'Leads' || context.actor.via !== 'api') return ownerId;
  const { validationRule, threshold } = context.org.automation;
  if (validationRule && (validationRule.ownerIds?.includes(ownerId) ?? true))
    throw new ZohoError('INVALID_DATA', validationRule.message, { api_name: 'Owner' });
  if (!threshold || openLeadsOf(context, ownerId) < threshold.most) return ownerId;
  if (threshold.defaultOwnerId !== undefined) return threshold.defaultOwnerId;
  throw new ZohoError('LIMIT_REACHED', 'the assignment threshold of the user is reached', {
    api_name: 'Owner',
    limit: threshold.most,
  });
};

/** Whom the org's own rule gives the lead to after this write; null: it does not run, or leaves it alone. */
export const ruleTakes = (
  context: WriteContext,
  module: string,
  row: Row,
  created: boolean,
): string | null => {
  const rule = context.org.automation.assignmentRule;
  if (module !== 'Leads' || !rule || context.actor.via === 'automation') return null;
  if (!created && !rule.onEdit) return null;
  if (context.actor.via === 'api' && !context.workflows && !rule.always) return null;
  // A person who chooses an owner in the browser means it.
  if (context.actor.via === 'ui' && !created) return null;
  const owner = ruleOwner(rule, row);
  return owner === ownerOf(row) ? null : owner;
};
