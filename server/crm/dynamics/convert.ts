import type { DeliveryResult } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import { asResult, DONE, recordGone } from '../delivery/record-write.ts';
import { failureOfError } from '../failures.ts';
import { VENDOR } from './client.ts';
import { LEAD_STATES, QUALIFIED_STATUS, TABLES, TAG } from './facts.ts';
import { toFailure } from './failures.ts';
import { asGuid } from './ids.ts';
import { ownerBind, ownerIn } from './owners.ts';
import { ANNOTATED, queryRows, readBody, row, textOf } from './query.ts';
import { failureOf, sendBatches, type Ways } from './send-batches.ts';

interface Conversion {
  readonly ref: RecordRef;
  readonly ownerId: string;
}

/**
 * Qualifies leads: an account, a contact and an opportunity with the lead's campaign. What that makes belongs to whoever
 * calls, so that it is given to the owner afterwards, unless somebody gave it away before; a lead that is qualified
 * already only needs that. In order.
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
  const path = `leads(${asGuid(ref.recordId)})`;
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

/** How often a record is looked at again that somebody saves at the same moment. */
const MOST_ROUNDS = 4;

/** What came of a lead, as it was looked at. */
interface Heir {
  readonly path: string;
  readonly etag: string;
}

/** Gives what came of a lead to its owner, each on the condition that nobody saved it since it was looked at. */
const giveAll = async (leadId: string, ownerId: string, ways: Ways): Promise<DeliveryResult> => {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const heirs = await heirsToGive(leadId, ownerId, ways);
    if (heirs.length === 0) return DONE;
    const answers = await sendBatches(
      heirs.map((heir) => toRequest(heir, ownerId)),
      ways,
    );
    const failed = answers.filter(({ status }) => status === null || status >= 300);
    const final = failed.find(({ status }) => status !== 412);
    if (final !== undefined) return asResult(failureOf(final));
    if (failed.length === 0) return DONE;
  }
  return { outcome: 'retry', afterMs: null, code: 'record_changed' };
};

/** Those that still belong to whom the conversion left them with. Any other owner is somebody's choice, and stays. */
const heirsToGive = async (
  leadId: string,
  ownerId: string,
  { call, connection, until }: Ways,
): Promise<readonly Heir[]> => {
  const heirs: Heir[] = [];
  for (const table of MADE) {
    const { entitySet, primaryId } = TABLES[table]!;
    const rows = await queryRows(call, connection, {
      path: entitySet,
      query: {
        $select: `${primaryId},_ownerid_value,_createdby_value`,
        $filter: `_originatingleadid_value eq ${asGuid(leadId)}`,
      },
      prefer: ANNOTATED,
      purpose: 'delivery',
      until,
    });
    for (const made of rows) {
      const owner = ownerIn(made);
      // @unverified HEIRS_OWNER What is made belongs to whoever called for it, who is its maker too.
      if (owner === ownerId || owner !== textOf(made._createdby_value)?.toLowerCase()) continue;
      heirs.push({
        path: `${entitySet}(${asGuid(String(made[primaryId]))})?tag=${TAG}`,
        etag: String(made['@odata.etag'] ?? '*'),
      });
    }
  }
  return heirs;
};

const toRequest = ({ path, etag }: Heir, ownerId: string) =>
  ({
    method: 'PATCH',
    path,
    headers: { 'If-Match': etag },
    body: { 'ownerid@odata.bind': ownerBind(ownerId) },
  }) as const;
