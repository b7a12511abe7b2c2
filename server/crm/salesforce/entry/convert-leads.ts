import { z } from 'zod';
import type { ConnectionInfo, DeliveryResult } from '../../../assignments/ports.ts';
import type { RecordRef } from '../../../assignments/types.ts';
import { asResult, DONE, recordGone } from '../../delivery/record-write.ts';
import { failureOfError } from '../../failures.ts';
import { VENDOR } from '../client.ts';
import { CONVERT_LIMIT, CONVERTED_STATUS, ENTRY_FIELDS, OWNER_PREFIXES } from '../facts.ts';
import { meaningOf, salesforceError, toFailure } from '../failures.ts';
import type { Packaged } from '../packaged.ts';
import { listed, queryRows, type Row } from '../query.ts';
import type { Ways } from '../write-collection.ts';

export interface ConvertWays extends Ways {
  readonly connection: ConnectionInfo;
  readonly packaged: Packaged;
}

interface Wanted {
  readonly ref: RecordRef;
  readonly ownerId: string;
}

/** SOAP writes one as itself and several as a list. */
const many = <T extends z.ZodType>(one: T) => z.union([z.array(one), one.transform((only) => [only])]);

const converted = z.object({
  result: many(
    z.object({
      success: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]),
      errors: many(salesforceError).optional(),
    }),
  ),
});

/**
 * Turns leads into contacts with their accounts, owned as wanted: into the account that Fairlead linked, where it did,
 * and with an opportunity only where the connection's settings say so (`convertWithOpportunity`). Whether a lead is
 * converted already is looked at first, so that a repeat changes nothing. One result for each, in order.
 */
export const convertLeads = async (
  leads: readonly Wanted[],
  ways: ConvertWays,
): Promise<readonly DeliveryResult[]> => {
  const results: DeliveryResult[] = [];
  for (let from = 0; from < leads.length; from += CONVERT_LIMIT)
    results.push(...(await convertSome(leads.slice(from, from + CONVERT_LIMIT), ways)));
  return results;
};

const convertSome = async (
  leads: readonly Wanted[],
  ways: ConvertWays,
): Promise<readonly DeliveryResult[]> => {
  const found = await look(leads, ways);
  const settled = leads.map((lead) => settledBefore(lead, found.get(lead.ref.recordId)));
  const open = leads.filter((_, index) => settled[index] === null);
  const outcomes = open.length === 0 ? [] : await send(open, found, ways);
  const byLead = new Map(open.map((lead, index) => [lead, outcomes[index]!]));
  return leads.map((lead, index) => settled[index] ?? byLead.get(lead)!);
};

const look = async (leads: readonly Wanted[], { call, connection, packaged, until }: ConvertWays) => {
  const linked = (await packaged.writable(connection, 'Lead', until))?.has(ENTRY_FIELDS.account) ?? false;
  const names = ['Id', 'IsConverted', ...(linked ? [ENTRY_FIELDS.account] : [])];
  const rows = await queryRows(call, connection, {
    soql: `SELECT ${names.join(', ')} FROM Lead WHERE Id IN ${listed(leads.map(({ ref }) => ref.recordId))}`,
    purpose: 'delivery',
    until,
  });
  return new Map(rows.map((row) => [String(row.Id), row]));
};

const settledBefore = ({ ownerId }: Wanted, row: Row | undefined): DeliveryResult | null => {
  if (row === undefined) return recordGone(VENDOR);
  if (row.IsConverted === true) return DONE;
  if (ownerId.startsWith(OWNER_PREFIXES.user)) return null;
  return {
    outcome: 'refused',
    code: 'queue_cannot_convert',
    remedy: 'Accounts and contacts cannot belong to a queue: convert the lead once a person has it.',
  };
};

const send = async (
  leads: readonly Wanted[],
  found: ReadonlyMap<string, Row>,
  { call, connection, until }: ConvertWays,
): Promise<readonly DeliveryResult[]> => {
  const [status] = await queryRows(call, connection, { soql: CONVERTED_STATUS, purpose: 'delivery', until });
  const withOpportunity = connection.settings.convertWithOpportunity === true;
  const leadConverts = leads.map(({ ref, ownerId }) => {
    const account = found.get(ref.recordId)?.[ENTRY_FIELDS.account];
    // The order of SOAP's schema.
    return {
      ...(typeof account === 'string' && { accountId: account }),
      convertedStatus: String(status?.MasterLabel ?? ''),
      doNotCreateOpportunity: !withOpportunity,
      leadId: ref.recordId,
      ownerId,
      sendNotificationEmail: false,
    };
  });
  try {
    const reply = await call(connection, {
      method: 'POST',
      path: '',
      soap: { method: 'convertLead', message: { leadConverts } },
      purpose: 'delivery',
      until,
    });
    if (reply.status >= 300) return leads.map(() => asResult(toFailure(reply)));
    const rows = converted.safeParse(reply.body).data?.result;
    return leads.map((_, index) => resultOf(rows?.[index]));
  } catch (error) {
    const failure = failureOfError(error);
    return leads.map(() => asResult(failure));
  }
};

const resultOf = (row: z.infer<typeof converted>['result'][number] | undefined): DeliveryResult => {
  if (row === undefined) return asResult({ kind: 'unknown' });
  if (row.success) return DONE;
  const [error] = row.errors ?? [];
  if (error?.code !== 'DUPLICATES_DETECTED') return asResult(error ? meaningOf(error) : { kind: 'unknown' });
  return {
    outcome: 'refused',
    code: 'duplicates_detected',
    remedy:
      "A duplicate rule of Salesforce stops the conversion, as its account or contact stands already: convert the lead in Salesforce and choose the one that stands. The lead's owner has it meanwhile.",
  };
};
