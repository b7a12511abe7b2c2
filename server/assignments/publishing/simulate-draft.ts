import type { PastSimulation } from '../simulate-policy.ts';
import { documentOf } from './document-of.ts';
import { conflict, openDraft, type PublishingParts } from './draft-parts.ts';
import type { DraftSimulation } from './ports.ts';
import type { Publishing } from './publishing.ts';

/**
 * Tries a draft on the tenant's past. Beside the live policy, what it said is kept with the draft as long as its text
 * stays; beside another draft or version nothing is kept.
 */
export const simulateDraft =
  (parts: PublishingParts): Publishing['simulate'] =>
  async ({ tenantId, id, by, days, against, signal, progress }) => {
    const draft = await openDraft(parts, tenantId, id);
    const read = parts.texts.read(draft.source);
    if (!read.ok) throw conflict('The draft cannot be read: correct it first.');
    const other = against === null ? null : { document: await documentOf(parts, tenantId, against) };
    const said = await parts.simulate({
      tenantId,
      document: read.document,
      days,
      signal,
      progress,
      ...(other !== null && { against: other }),
    });
    if (other === null)
      await keep(parts, { tenantId, id, source: draft.source }, toShort(said, by, parts.now()));
    return said;
  };

/** Kept with the text that was tried; whoever changed something else about the draft meanwhile does not lose it. */
const keep = async (
  { drafts, now }: PublishingParts,
  { tenantId, id, source }: { readonly tenantId: string; readonly id: string; readonly source: string },
  simulation: DraftSimulation,
): Promise<void> => {
  for (;;) {
    const draft = await drafts.find(tenantId, id);
    if (draft === null || draft.source !== source) return;
    if (draft.state === 'published' || draft.state === 'discarded') return;
    if (await drafts.change(tenantId, draft, { simulation }, now())) return;
  }
};

const toShort = (
  { policy, past, movesFromAgainst }: PastSimulation,
  by: string,
  at: number,
): DraftSimulation => ({
  by,
  at,
  days: past.days,
  leads: past.leads,
  moved: movesFromAgainst?.moved ?? null,
  waited: policy.waited.leads,
  unowned: policy.unowned.waiting + policy.unowned.queues.reduce((sum, { leads }) => sum + leads, 0),
  worstLag: Math.max(0, ...policy.pools.map(({ fairness }) => fairness?.worstLag ?? 0)),
});
