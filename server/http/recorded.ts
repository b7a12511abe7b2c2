import type { Call, Endpoint } from './endpoint.ts';
import type { HttpParts } from './ports.ts';

/** What is done with these permissions is kept by the lane itself, append-only: decisions, and events of assignments. */
const KEPT_ELSEWHERE: ReadonlySet<Endpoint['needs']> = new Set(['route', 'answer']);

/**
 * Does what an endpoint does and tells the audit log: one line on success, none on a refusal. The reply waits for the
 * line, so nothing is said to be done that the log does not know.
 */
export const recorded = async (
  endpoint: Endpoint,
  call: Call<unknown, unknown, unknown>,
  parts: HttpParts,
): Promise<unknown> => {
  const { changes, needs } = endpoint;
  const work = () => endpoint.handle(call, parts);
  if (changes === undefined || changes === 'nothing') return work();
  const { tenantId, subject: who } = call.caller;
  const action = typeof changes.action === 'function' ? changes.action(call) : changes.action;
  const entry = { tenantId, who, action };
  if (!KEPT_ELSEWHERE.has(needs))
    return parts.audit.around({ ...entry, subject: named(call.params) }, work, (reply) =>
      changes.subject(call, reply),
    );
  const reply = await work();
  await parts.audit.record({ ...entry, subject: changes.subject(call, reply) });
  return reply;
};

/** What the address names: all that is known of the subject before the change. */
const named = (params: unknown): string | null =>
  params !== null && typeof params === 'object' && 'id' in params ? String(params.id) : null;
