import type { AssignmentEventKind } from '../../assignments/types.ts';
import type { ViewContext } from '../../assignments/view-decision.ts';
import type { StoryEntry } from '../../assignments/views.ts';
import { momentText } from '../../routing/render/moment-text.ts';
import type { Trx } from '../storage.ts';
import { storyText } from './story-text.ts';

/** What happened to a lead over all its assignments, oldest first. */
export const readStory = async (
  trx: Trx,
  tenantId: string,
  leadId: string,
  { names, reader }: ViewContext,
): Promise<readonly StoryEntry[]> => {
  const rows = await trx
    .selectFrom('assignment_event')
    .select(['at', 'kind', 'rep_id', 'detail'])
    .where('tenant_id', '=', tenantId)
    .where('lead_id', '=', leadId)
    .orderBy('seq')
    .limit(500)
    .execute();
  return rows.map(({ at, kind, rep_id, detail }) => {
    const rep = rep_id === null ? null : { id: rep_id, name: names.rep(rep_id) };
    const told = {
      rep: rep?.name ?? null,
      queue: typeof detail.queue === 'string' ? names.queue(detail.queue) : null,
      retry: typeof detail.retryAt === 'number' ? momentText(detail.retryAt, at.getTime(), reader) : null,
      from: typeof detail.from === 'string' ? names.rep(detail.from) : null,
      because: typeof detail.because === 'string' ? detail.because : null,
      reason: typeof detail.reason === 'string' ? detail.reason : null,
    };
    return { at: at.toISOString(), kind, text: storyText(kind as AssignmentEventKind, told), rep };
  });
};
