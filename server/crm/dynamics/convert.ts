import type { DeliveryResult } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import { asResult, DONE, recordGone } from '../delivery/record-write.ts';
import { failureOfError } from '../failures.ts';
import { VENDOR } from './client.ts';
import { LEAD_STATES, QUALIFIED_STATUS, TABLES, TAG } from './facts.ts';
import { toFailure } from './failures.ts';
import { ownerBind } from './owners.ts';
import { queryRows, readBody, row, textOf } from './query.ts';
import { failureOf, sendBatches, type Ways } from './send-batches.ts';

interface Conversion {
  readonly ref: RecordRef;
  readonly ownerId: string;
}

/**
 * Qualifies leads: an account, a contact and an opportunity with the lead's campaign. What that makes belongs to whoever
 * calls, so that it is given to the owner afterwards; a lead that is qualified already only needs that. In order.
 */
export const convertLeads = async (
  leads: readonly Conversion[],
  ways: Ways,
): Promise<readonly DeliveryResult[]> => {
  const results: DeliveryResult[] = [];
  // One after another: what one makes, duplicate rules may find for the next.
  for (const lead of leads)
    results.push(await convertLead(lead, ways).catch((error: unknown) => asResult(failureOfError(error))));
  return results;
};

const convertLead = async ({ ref, ownerId }: Conversion, ways: Ways): Promise<DeliveryResult> => {
  const { call, connection, until } = ways;
  const options = { purpose: 'delivery', until } as const;
  const path = `leads(${ref.recordId})`;
  const query = { $select: 'statecode,_campaignid_value' };
  const read = await call(connection, { ...options, method: 'GET', path, query });
  if (read.status === 404) return recordGone(VENDOR);
  const found = readBody(row, read);
  if (found.statecode !== LEAD_STATES.qualified) {
    const reply = await call(connection, {
      ...options,
      method: 'POST',
      path: `${path}/Microsoft.Dynamics.CRM.QualifyLead`,
      query: { tag: TAG },
      body: qualification(textOf(found._campaignid_value)),
    });
    if (reply.status >= 300) return asResult(toFailure(reply));
  }
  return giveAll(ref.recordId, ownerId, ways);
};

const qualification = (campaignId: string | null) => ({
  CreateAccount: true,
  CreateContact: true,
  CreateOpportunity: true,
  Status: QUALIFIED_STATUS,
  ...(campaignId !== null && {
    SourceCampaignId: { '@odata.type': 'Microsoft.Dynamics.CRM.campaign', campaignid: campaignId },
  }),
});

const MADE = ['account', 'contact', 'opportunity'] as const;

/** Gives what came of a lead to its owner. */
const giveAll = async (leadId: string, ownerId: string, ways: Ways): Promise<DeliveryResult> => {
  const { call, connection, until } = ways;
  const requests: { method: 'PATCH'; path: string; headers: { 'If-Match': string }; body: unknown }[] = [];
  for (const table of MADE) {
    const { entitySet, primaryId } = TABLES[table]!;
    const rows = await queryRows(call, connection, {
      path: entitySet,
      query: { $select: primaryId, $filter: `_originatingleadid_value eq ${leadId}` },
      purpose: 'delivery',
      until,
    });
    for (const made of rows)
      requests.push({
        method: 'PATCH',
        path: `${entitySet}(${String(made[primaryId])})?tag=${TAG}`,
        headers: { 'If-Match': '*' },
        body: { 'ownerid@odata.bind': ownerBind(ownerId) },
      });
  }
  const answers = await sendBatches(requests, ways);
  const failed = answers.find(({ status }) => status === null || status >= 300);
  return failed === undefined ? DONE : asResult(failureOf(failed));
};
