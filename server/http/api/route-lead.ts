import type { GivenFields } from '../../assignments/types.ts';
import type { DecideFailure, DecideLead, DecideReply } from '../../assignments/use-cases.ts';
import type { DecisionView } from '../../assignments/views.ts';
import type { FieldProblem } from '../../base/app-error.ts';
import { writtenId } from '../../crm/written-id.ts';
import { eventValues } from '../../routing/policy/events.ts';
import type { Call } from '../endpoint.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import type { NewLead } from '../schemas/lead.ts';

/** The command for a lead given by an API caller. `key`: what a repeat of the request carries again. */
export const toCommand = (
  lead: NewLead,
  call: Pick<Call<unknown, unknown, unknown>, 'caller'>,
  request: { endpoint: string; key: string | null },
): DecideLead => ({
  tenantId: call.caller.tenantId,
  source: 'api',
  fields: givenOf(lead),
  person: {
    ...withoutUndefined(lead.person ?? {}),
    ...(lead.source !== undefined && { source: lead.source }),
  },
  ...(lead.record && {
    record: {
      connectionId: lead.record.connection,
      objectType: lead.record.objectType,
      recordId: lead.record.recordId,
    },
  }),
  ...(lead.again !== undefined && { again: lead.again }),
  ...(request.key !== null && { request: { endpoint: request.endpoint, key: request.key } }),
});

/** A lead's values, with its events among them. */
const givenOf = ({ fields, events }: NewLead): GivenFields =>
  events === undefined ? fields : { ...fields, ...eventValues(events) };

const withoutUndefined = <T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;

/** A lead of a request, and where in its body it stands. */
interface Placed {
  readonly lead: NewLead;
  readonly at: string;
}

/** Leads with the ids of their records as the CRM writes them. Refuses those about another tenant's records. */
export const ownRecords = async (
  leads: readonly Placed[],
  tenantId: string,
  parts: HttpParts,
): Promise<readonly NewLead[]> => {
  if (!leads.some(({ lead }) => lead.record)) return leads.map(({ lead }) => lead);
  const own = new Map((await parts.connections.list(tenantId)).map(({ id, vendor }) => [id, vendor]));
  const unknown = leads.filter(({ lead }) => lead.record && !own.has(lead.record.connection));
  if (unknown.length > 0)
    throw problem(
      'unknown_connection',
      'Name a connection of your own: GET /api/v1/connections lists them.',
      unknown.map(
        ({ at }): FieldProblem => ({
          field: `${at}/record/connection`,
          message: 'is not a connection of yours',
        }),
      ),
    );
  return leads.map(({ lead }) => {
    const { record } = lead;
    const vendor = record && own.get(record.connection);
    return vendor === undefined || record === undefined
      ? lead
      : { ...lead, record: { ...record, recordId: writtenId(vendor, record.recordId) } };
  });
};

/** Refuses a batch in which the fields of any lead cannot be read, before anything is stored. */
export const checkFields = async (
  leads: readonly Placed[],
  tenantId: string,
  parts: HttpParts,
): Promise<void> => {
  const found = await parts.documents.checkFields(
    tenantId,
    leads.map(({ lead }) => givenOf(lead)),
  );
  const problems = leads.flatMap(({ at }, index) =>
    (found[index] ?? []).map(({ field, message }) => ({ field: `${at}${field}`, message })),
  );
  if (problems.length > 0)
    throw problem('invalid_fields', 'Correct the fields named in errors; nothing was stored.', problems);
};

/** The decision, or the problem that stands in its place. `at` is put before the fields at fault. */
export const decisionOrProblem = (reply: DecideReply, at = ''): DecisionView => {
  if (reply.ok) return reply.decision;
  const fields = (reply.problems ?? []).map(({ field, message }) => ({ field: `${at}${field}`, message }));
  throw problem(reply.code satisfies DecideFailure, reply.message, fields);
};
