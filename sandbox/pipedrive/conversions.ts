import { randomUUID } from 'node:crypto';
import type { Account } from './account.ts';
import { changeRow, removeRow, rowOf } from './rows.ts';
import type { Actor, Row, Values } from './types.ts';
import { insert } from './writes/insert.ts';
import { CUSTOM_KEY } from './writes/schemas.ts';

/** A job that turns a lead into a deal. */
export interface Conversion {
  readonly id: string;
  readonly leadId: string;
  status: 'not_started' | 'running' | 'completed' | 'failed';
  dealId: number | null;
}

const customOf = (lead: Row): Values =>
  Object.fromEntries(Object.entries(lead).filter(([key]) => CUSTOM_KEY.test(key)));

/** What hangs on the lead hangs on the deal from now on. */
const moveAlong = (account: Account, leadId: string, dealId: number, by: Actor): void => {
  for (const object of ['activity', 'note'] as const)
    for (const row of account.tables[object].values())
      if (row.lead_id === leadId) changeRow(account, object, row.id, { lead_id: null, deal_id: dealId }, by);
};

/** Turns a lead into a deal, at once: the lead is gone, the deal says which lead it was. Throws PipedriveError 404. */
export const convertLead = (account: Account, leadId: string, values: Values, by: Actor): Row => {
  const lead = rowOf(account, 'lead', leadId);
  const value = lead.value as { amount: number; currency: string } | null;
  const deal = insert(
    account,
    'deal',
    {
      title: lead.title,
      owner_id: lead.owner_id,
      person_id: lead.person_id,
      org_id: lead.organization_id,
      source_lead_id: lead.id,
      ...(value && { value: value.amount, currency: value.currency }),
      custom_fields: customOf(lead),
      ...values,
    },
    by,
  );
  moveAlong(account, leadId, Number(deal.id), by);
  removeRow(account, 'lead', leadId, by);
  return deal;
};

/** Starts a job that converts a lead `afterMs` from now. Throws PipedriveError 404. */
export const startConversion = (
  account: Account,
  leadId: string,
  values: Values,
  by: Actor,
  after: (task: () => void) => void,
): Conversion => {
  rowOf(account, 'lead', leadId);
  const job: Conversion = { id: randomUUID(), leadId, status: 'not_started', dealId: null };
  account.conversions.set(job.id, job);
  after(() => {
    try {
      job.dealId = Number(convertLead(account, leadId, values, by).id);
      job.status = 'completed';
    } catch {
      job.status = 'failed';
    }
  });
  return job;
};
