import { badPayload, noRecord } from '../errors.ts';
import { checkValues } from '../rows/check-values.ts';
import { mergeLeads } from '../rows/merge-leads.ts';
import { qualifyLead, readQualification } from '../rows/qualify-lead.ts';
import type { Transaction } from '../rows/transaction.ts';
import { lead } from '../schema/lead.ts';
import { tableNamed } from '../schema/tables.ts';
import type { Row } from '../types.ts';
import { API_PATH, type Operation, type Reply } from './operation.ts';
import { parseBody } from './row-endpoints.ts';

/** Bound to a lead: makes an account, a contact, an opportunity of it. */
export const qualify = (operation: Operation, id: string, tx: Transaction): Reply => {
  const row = tx.get('lead', id);
  if (!row) throw noRecord('lead', id);
  operation.api.faults.row('lead', id);
  const made = qualifyLead(tx, row, readQualification(parseBody(operation)));
  const base = `${operation.api.url()}${API_PATH}`;
  return {
    status: 200,
    body: {
      '@odata.context': `${base}/$metadata#Collection(mscrm.crmbaseentity)`,
      value: made.map(({ table, id: key }) => {
        const made = tableNamed(table)!;
        return { '@odata.type': `#Microsoft.Dynamics.CRM.${table}`, [made.primaryId]: key };
      }),
    },
  };
};

/** Unbound: merges two leads. */
export const merge = (operation: Operation, tx: Transaction): Reply => {
  const body = parseBody(operation);
  if (typeof body.PerformParentingChecks !== 'boolean')
    throw badPayload("The parameter 'PerformParentingChecks' is required.");
  const [target, subordinate] = (['Target', 'Subordinate'] as const).map((name): Row => {
    const given = body[name] as { readonly leadid?: unknown; readonly '@odata.type'?: unknown } | undefined;
    if (given?.['@odata.type'] !== 'Microsoft.Dynamics.CRM.lead' || typeof given.leadid !== 'string')
      throw badPayload(`The parameter '${name}' must be a lead with its @odata.type.`);
    const row = tx.get('lead', given.leadid.toLowerCase());
    if (!row) throw noRecord('lead', given.leadid);
    return row;
  });
  const content = (body.UpdateContent ?? {}) as Readonly<Record<string, unknown>>;
  mergeLeads(tx, target!, subordinate!, checkValues(content, lead, tx));
  return { status: 204 };
};
