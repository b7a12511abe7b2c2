import { AppError } from '../../base/app-error.ts';
import { policyDiff } from '../../routing/diff/policy-diff.ts';
import { policyWords } from '../../routing/words/policy-words.ts';
import type { Json } from '../../routing/words/value-words.ts';
import { documentOf } from './document-of.ts';
import { changeDraft, changedMeanwhile, conflict, openDraft, type PublishingParts } from './draft-parts.ts';
import { readyPolicy, requireSimulation } from './may-publish.ts';
import type { DraftChange, StoredDraft } from './ports.ts';
import { checkText, publishDraft, publishDue, requireFuture, requireReady } from './publish-draft.ts';
import type { AsRead, DraftView, Named, Publishing } from './publishing.ts';
import { rollBack } from './roll-back.ts';
import { isAmong } from './same-person.ts';
import { setRules } from './set-rules.ts';
import { simulateDraft } from './simulate-draft.ts';
import { draftSummary, repNames, versionSummary, viewDraft } from './view-draft.ts';

/** Versions listed, at most. */
const MOST_VERSIONS = 200;

/** Drafts, approvals, versions and the way back. */
export const createPublishing = (
  parts: PublishingParts,
): { readonly publishing: Publishing; readonly publishDue: ReturnType<typeof publishDue> } => {
  const { policies, drafts, reps } = parts;
  /** Does something to a draft as it is now, and shows it as it is then. */
  const about = async (
    { tenantId, id, revision = null, signal }: Named & Partial<AsRead>,
    work: (draft: StoredDraft) => Promise<DraftChange | null>,
  ): Promise<DraftView> => {
    const draft = await openDraft(parts, tenantId, id);
    if (revision !== null && revision !== draft.revision) throw changedMeanwhile();
    const change = await work(draft);
    if (change !== null) await changeDraft(parts, tenantId, draft, change);
    return viewDraft(parts, tenantId, (await drafts.find(tenantId, id))!, signal);
  };
  const publishing: Publishing = {
    overview: async (tenantId) => ({
      live: (await policies.live(tenantId))?.version ?? null,
      rules: rulesOnly(await policies.rules(tenantId)),
      versions: (await policies.history(tenantId, MOST_VERSIONS)).map(versionSummary),
      drafts: (await drafts.list(tenantId)).map(draftSummary),
    }),
    version: async (tenantId, wanted) => {
      const found = await policies.version(tenantId, wanted);
      if (found === null) return null;
      const { document } = found;
      const words = policyWords(document as Json, await repNames(reps, tenantId));
      return { ...versionSummary(found), document, text: found.source ?? parts.texts.write(document), words };
    },
    draft: async (tenantId, id, signal) => {
      const draft = await drafts.find(tenantId, id);
      return draft && viewDraft(parts, tenantId, draft, signal);
    },
    diff: async (tenantId, from, to) => {
      const [before, after] = [
        await documentOf(parts, tenantId, from),
        await documentOf(parts, tenantId, to),
      ];
      return policyDiff(before, after, await repNames(reps, tenantId));
    },
    save: async (command) => {
      const { tenantId, id, text, note, by, signal } = command;
      if (id !== null)
        return about({ ...command, id }, async (draft) => rewritten(draft, { text, note, by }));
      const draft = newDraft(parts, { text, note, by });
      await drafts.add(tenantId, draft);
      return viewDraft(parts, tenantId, draft, signal);
    },
    discard: (command) => about(command, async () => ({ state: 'discarded', publishAt: null })),
    approve: (command) =>
      about(command, async (draft) => {
        if (await isAmong(parts.holders, command.tenantId, command.by, draft.authors)) throw ownDraft();
        const { checked } = await checkText(parts)(command.tenantId, draft.source);
        const rules = await policies.rules(command.tenantId);
        readyPolicy(checked, rules);
        requireSimulation(rules, draft.simulation, true);
        return { approvedBy: command.by, approvedAt: parts.now() };
      }),
    publish: (command) =>
      about(command, async (draft) => {
        const { tenantId, at, by } = command;
        if (at === null) {
          await publishDraft(parts, tenantId, draft, by);
          return null;
        }
        requireFuture(at, parts.now());
        await requireReady(parts, tenantId, draft);
        await parts.jobs.wakeTenant(tenantId, at);
        return { state: 'scheduled', publishAt: at, askedBy: by, refusal: null };
      }),
    unschedule: (command) =>
      about(command, async (draft) => {
        if (draft.state !== 'scheduled')
          throw conflict('The draft is not scheduled: nothing has to be taken back.');
        return { state: 'open', publishAt: null };
      }),
    simulate: simulateDraft(parts),
    rollBack: rollBack(parts),
    setRules: setRules(parts),
  };
  return { publishing, publishDue: publishDue(parts) };
};

interface Written {
  readonly text: string;
  readonly note: string | null;
  readonly by: string;
}

const newDraft = ({ newId, now }: PublishingParts, { text, note, by }: Written): StoredDraft => ({
  id: newId('drf'),
  revision: 1,
  state: 'open',
  source: text,
  note,
  authors: [by],
  approvedBy: null,
  approvedAt: null,
  simulation: null,
  publishAt: null,
  askedBy: null,
  version: null,
  refusal: null,
  createdAt: now(),
  changedAt: now(),
});

/** Another text needs another simulation, approval and appointment; another note does not. */
const rewritten = (draft: StoredDraft, { text, note, by }: Written): DraftChange =>
  text === draft.source
    ? { note }
    : {
        source: text,
        note,
        authors: [...new Set([...draft.authors, by])],
        approvedBy: null,
        approvedAt: null,
        simulation: null,
        state: 'open',
        publishAt: null,
        refusal: null,
      };

const rulesOnly = ({
  approvals,
  cleanCheck,
  simulation,
}: Awaited<ReturnType<PublishingParts['policies']['rules']>>) => ({ approvals, cleanCheck, simulation });

const ownDraft = (): AppError =>
  new AppError(
    'own_draft',
    'Whoever wrote some of a draft cannot approve it, nor can an API key they made or replaced, or whoever made theirs: ask somebody who did not.',
    { status: 403 },
  );
