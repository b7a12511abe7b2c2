import { startConversion } from '../conversions.ts';
import { notFound } from '../errors.ts';
import { rowOf } from '../rows.ts';
import { parsed } from '../writes/check.ts';
import { conversion } from '../writes/schemas.ts';
import { type Endpoint, ok } from './endpoint.ts';

export const CONVERSIONS: readonly Endpoint[] = [
  {
    version: 'v2',
    method: 'POST',
    path: '/leads/{id}/convert/deal',
    scopes: ['deals:full'],
    cost: 'write',
    run: ({ account, by, params, body, later }) => {
      const lead = rowOf(account, 'lead', params.id ?? '');
      const job = startConversion(account, String(lead.id), parsed(conversion, body), by, later);
      return ok({ conversion_id: job.id }, { additional_data: null });
    },
  },
  {
    version: 'v2',
    method: 'GET',
    path: '/leads/{id}/convert/status/{conversion_id}',
    scopes: ['deals:full', 'deals:read'],
    cost: 'single',
    run: ({ account, params }) => {
      const job = account.conversions.get(params.conversion_id ?? '');
      if (!job || job.leadId !== params.id) throw notFound('Conversion');
      const { id, status, dealId } = job;
      return ok({ conversion_id: id, status, ...(dealId !== null && { deal_id: dealId }) });
    },
  },
];
