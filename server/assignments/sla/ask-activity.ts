import type { DueWork } from '../lane-store.ts';
import type { ActivityReader } from '../ports.ts';
import type { UseCases } from '../use-cases.ts';

/**
 * Before a clock that waits for the first activity takes a step, its CRM is asked whether there was one: it may have
 * been after the last round. A CRM that does not answer keeps no step back.
 */
export const askActivity = async (
  tenantId: string,
  { assignmentId, records, untouchedSince: since }: DueWork['due'][number],
  {
    activity,
    tellFirst,
  }: { readonly activity?: ActivityReader; readonly tellFirst: UseCases['firstActivity'] },
): Promise<void> => {
  if (activity === undefined || since === null) return;
  const asked = await Promise.allSettled(records.map((record) => activity.first(record, since)));
  const found = asked.flatMap((one) => (one.status === 'fulfilled' && one.value !== null ? [one.value] : []));
  if (found.length > 0) await tellFirst({ tenantId, assignmentId, at: Math.min(...found), since });
};
