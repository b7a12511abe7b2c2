import { createPipedriveSender } from '../../server/crm/pipedrive/sender.ts';
import { refuses, stringsOf } from './crm-account-parts.ts';
import type { Connector, CrmAccount } from './crm-accounts.ts';
import { decisionViews } from './hubspot-portal.ts';
import { openPipedriveCompany } from './pipedrive-company.ts';

const unescaped = (html: string): string => html.replaceAll('&lt;', '<').replaceAll('&gt;', '>');

/** Pipedrive for the suite that is run over every connector. */
export const pipedrive: Connector = {
  name: 'Pipedrive',
  batch: 20,
  oneByOne: true,
  open: (sandbox, options = {}) => {
    const company = openPipedriveCompany(sandbox, options);
    const { domain, nobody, pipedrive: crm } = company;
    const written = new Map<string, { readonly value: string; readonly at: number }[]>();
    crm.onChange((account, { object, action, id, before, after }) => {
      if (account.domain !== domain || object !== 'lead' || action !== 'change') return;
      if (before?.owner_id === after?.owner_id) return;
      const lead = String(id);
      written.set(lead, [
        { value: String(after?.owner_id), at: account.now() },
        ...(written.get(lead) ?? []),
      ]);
    });
    return {
      connection: company.connection,
      sender: (clock, broken = false) =>
        createPipedriveSender({
          call: broken ? refuses : company.call,
          decisionsById: decisionViews,
          clock,
        }),
      objectType: 'lead',
      record: () => company.lead(),
      owners: ['1', '2', '3', '9'].map(company.owner) as unknown as CrmAccount['owners'],
      owner: (id) => {
        const owner = String(company.record(id).owner_id);
        return owner === nobody ? null : owner;
      },
      ownersWritten: (id) => written.get(id) ?? [],
      changeOwner: (id, ownerId) => crm.changeOwner({ domain, id, ownerId: Number(ownerId) }),
      reason: (id) => {
        const content = String(company.rows('note').find(({ lead_id: lead }) => lead === id)?.content);
        const [reason, , decision] = [...content.matchAll(/<p>(.*?)<\/p>/g)].map(([, text]) => text);
        return { reason: unescaped(reason ?? ''), decision: decision?.replace('Fairlead decision ', '') };
      },
      tasks: () =>
        company
          .rows('activity')
          .map(({ owner_id: owner, note }) => ({ owner: String(owner), text: String(note) })),
      unknownRecord: '7f0a8b50-1b0e-4c5c-9d4c-0a5b5c5d5e5f',
      nobody,
      pauseMs: 2_000,
      ...stringsOf(crm, {
        down: { kind: '503' },
        write_reset: { kind: 'reset', path: '/v1/leads/', method: 'PATCH' },
        task_truncated: { kind: 'truncated', path: '/api/v2/activities', method: 'POST' },
        rate_limited: { kind: 'burst', path: '/v1/leads/' },
      }),
      requests: () => crm.stats().apiCalls,
      writes: () => crm.stats().byKind['PATCH v1/leads/{id}'] ?? 0,
    };
  },
};
