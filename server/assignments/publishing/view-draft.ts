import { policyDiff } from '../../routing/diff/policy-diff.ts';
import { parseStoredReps } from '../../routing/policy/parse-reps.ts';
import type { Json } from '../../routing/words/value-words.ts';
import type { Reps } from '../directory-ports.ts';
import type { CheckedText, PublishingParts } from './draft-parts.ts';
import type { PolicyVersion, PublishingRules, StoredDraft } from './ports.ts';
import { checkText } from './publish-draft.ts';
import type { DraftNeed, DraftSummary, DraftView, FindingView, VersionSummary } from './publishing.ts';

export const versionSummary = ({ publishedAt, ...version }: PolicyVersion): VersionSummary => ({
  version: version.version,
  publishedAt: iso(publishedAt),
  by: version.by,
  approvedBy: version.approvedBy,
  note: version.note,
  restores: version.restores,
});

export const draftSummary = (draft: StoredDraft): DraftSummary => ({
  id: draft.id,
  revision: draft.revision,
  state: draft.state,
  note: draft.note,
  authors: draft.authors,
  approvedBy: draft.approvedBy,
  simulation: draft.simulation && { ...draft.simulation, at: iso(draft.simulation.at) },
  publishAt: draft.publishAt === null ? null : iso(draft.publishAt),
  version: draft.version,
  refusal: draft.refusal,
  changedAt: iso(draft.changedAt),
});

/** A draft with its text, what the check finds, and what it would change. */
export const viewDraft = async (
  parts: PublishingParts,
  tenantId: string,
  draft: StoredDraft,
  signal?: AbortSignal,
): Promise<DraftView> => {
  const checked = await checkText(parts)(tenantId, draft.source, signal);
  const live = await parts.policies.live(tenantId);
  const { read } = checked;
  return {
    ...draftSummary(draft),
    text: draft.source,
    findings: findingViews(checked),
    changes:
      checked.checked.policy === null || !read.ok
        ? []
        : policyDiff(
            (live?.document ?? {}) as Json,
            read.document as Json,
            await repNames(parts.reps, tenantId),
          ),
    needs: needsOf(draft, checked, await parts.policies.rules(tenantId)),
  };
};

const findingViews = ({ read, checked }: CheckedText): readonly FindingView[] =>
  checked.findings.map(({ severity, code, field, path, message }, i) => ({
    severity,
    code,
    field,
    line: read.ok ? read.lineOf(path) : (read.problems[i]?.line ?? 1),
    message,
  }));

const needsOf = (
  { approvedBy, simulation, state }: StoredDraft,
  { checked: { policy, findings } }: CheckedText,
  rules: PublishingRules,
): readonly DraftNeed[] => {
  if (state === 'published' || state === 'discarded') return [];
  const has = (severity: string) => findings.some((finding) => finding.severity === severity);
  return [
    ...(policy === null || has('error') ? (['correction'] as const) : []),
    ...(rules.cleanCheck && has('warning') ? (['clean_check'] as const) : []),
    ...(rules.simulation && simulation === null ? (['simulation'] as const) : []),
    ...(rules.approvals === 1 && approvedBy === null ? (['approval'] as const) : []),
  ];
};

/** What reps are called, by id or e-mail address; whom nobody knows is called as written. */
export const repNames = async (
  reps: Pick<Reps, 'list'>,
  tenantId: string,
): Promise<(reference: string) => string> => {
  const parsed = parseStoredReps((await reps.list(tenantId)).map(({ document }) => document));
  const names = new Map<string, string>();
  for (const { id, name, email } of parsed.ok ? parsed.reps : []) {
    names.set(id, name);
    if (email !== null) names.set(email, name);
  }
  return (reference) => names.get(reference) ?? names.get(reference.toLowerCase()) ?? reference;
};

const iso = (instant: number): string => new Date(instant).toISOString();
