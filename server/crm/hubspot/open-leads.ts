import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { CallHubspot } from './client.ts';
import { BATCH_LIMIT, LEAD, PATHS } from './facts.ts';
import { saysNotThere } from './failures.ts';
import type { Purpose } from './limits.ts';
import { readObjects } from './read-objects.ts';
import { associationsReply, readBody } from './shapes.ts';
import type { LeadStages } from './stages.ts';

interface Ways {
  readonly call: CallHubspot;
  readonly connection: Pick<ConnectionInfo, 'id' | 'externalId'>;
  readonly purpose: Purpose;
  readonly until?: number;
}

/** The newest open lead of each contact. Two calls for a hundred contacts. */
export const findOpenLeads = async (
  contacts: readonly string[],
  { closed }: Pick<LeadStages, 'closed'>,
  { call, connection, ...options }: Ways,
): Promise<ReadonlyMap<string, string>> => {
  const ofContact = new Map<string, readonly string[]>();
  for (let from = 0; from < contacts.length; from += BATCH_LIMIT) {
    const inputs = contacts.slice(from, from + BATCH_LIMIT).map((id) => ({ id }));
    const path = PATHS.associations('contact', 'lead');
    const reply = await call(connection, { method: 'POST', path, body: { inputs }, ...options });
    for (const { from: contact, to } of saysNotThere(reply) ? [] : readBody(associationsReply, reply).results)
      ofContact.set(
        contact.id,
        to.map(({ toObjectId }) => toObjectId),
      );
  }
  const ids = [...new Set([...ofContact.values()].flat())];
  const leads = await readObjects(call, connection, 'lead', ids, [LEAD.stage], options);
  const isOpen = (id: string): boolean =>
    leads.has(id) && !closed.has(leads.get(id)?.properties[LEAD.stage] ?? '');
  const open = [...ofContact].flatMap(([contact, its]) => {
    // Ids rise with time.
    const newest = its.filter(isOpen).toSorted((a, b) => Number(b) - Number(a))[0];
    return newest === undefined ? [] : [[contact, newest] as const];
  });
  return new Map(open);
};
