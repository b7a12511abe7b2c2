import { sql } from 'kysely';
import type { AssignmentEventKind } from '../../assignments/types.ts';
import type { ViewContext } from '../../assignments/view-decision.ts';
import type { StoryEntry } from '../../assignments/views.ts';
import { durationInWords } from '../../routing/policy/duration.ts';
import { momentText, type Reader } from '../../routing/render/moment-text.ts';
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
    .selectFrom('assignment_event as e')
    .leftJoin('lead_snapshot as s', (join) =>
      join.onRef('s.tenant_id', '=', 'e.tenant_id').on(sql<boolean>`s.id = e.detail->>'note'`),
    )
    .leftJoin('rep_identity as o', (join) =>
      join
        .onRef('o.tenant_id', '=', 'e.tenant_id')
        .on('o.kind', '=', 'owner')
        .on('e.kind', '=', 'native_rule')
        .on(sql<boolean>`o.connection_id = e.detail->>'connection' and o.external_id = e.detail->>'ownerId'`),
    )
    .select([
      'e.at',
      'e.kind',
      'e.rep_id',
      'e.detail',
      sql<string | null>`o.details->>'name'`.as('owner'),
      sql<string | null>`s.person#>>'{notes,0,text}'`.as('note'),
    ])
    .where('e.tenant_id', '=', tenantId)
    .where('e.lead_id', '=', leadId)
    .orderBy('seq')
    .limit(500)
    .execute();
  return rows.map(({ at, kind, rep_id, detail, note, owner }) => {
    const rep = rep_id === null ? null : { id: rep_id, name: names.rep(rep_id) };
    const told = {
      rep: rep?.name ?? null,
      queue: typeof detail.queue === 'string' ? names.queue(detail.queue) : null,
      retry: momentOf(detail.retryAt, at, reader),
      from: typeof detail.from === 'string' ? names.rep(detail.from) : null,
      because: textOf(detail.because),
      reason: textOf(detail.reason),
      by: typeof detail.by === 'string' ? names.rep(detail.by) : null,
      note,
      leaving: leavingOf(detail.leaving),
      after: typeof detail.after === 'number' ? durationInWords(detail.after) : null,
      existed: detail.existed === true,
      crm: textOf(detail.crm),
      rule: textOf(detail.rule),
      code: textOf(detail.code),
      owner,
      turn: textOf(detail.turn),
      sla: textOf(detail.sla),
      due: momentOf(detail.dueAt, at, reader),
      met: momentOf(detail.metAt, at, reader),
      late: typeof detail.late === 'number' ? durationInWords(detail.late) : null,
    };
    return { at: at.toISOString(), kind, text: storyText(kind as AssignmentEventKind, told), rep };
  });
};

const momentOf = (instant: unknown, at: Date, reader: Reader): string | null =>
  typeof instant === 'number' ? momentText(instant, at.getTime(), reader) : null;

const leavingOf = (value: unknown): 'left' | 'back' | null =>
  value === 'left' || value === 'back' ? value : null;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
