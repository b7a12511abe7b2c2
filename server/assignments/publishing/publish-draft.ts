import { AppError } from '../../base/app-error.ts';
import { policyHash } from '../../routing/policy/policy-hash.ts';
import { type Checked, checkDocument } from './check-document.ts';
import { type CheckedText, conflict, type PublishingParts } from './draft-parts.ts';
import { readyPolicy, requireApproval, requireSimulation } from './may-publish.ts';
import type { PolicyFinding, StoredDraft } from './ports.ts';

/** Reads a text and checks what it says. */
export const checkText =
  (parts: PublishingParts) =>
  async (tenantId: string, text: string, signal?: AbortSignal): Promise<CheckedText> => {
    const read = parts.texts.read(text);
    if (read.ok)
      return { read, checked: await checkDocument(parts)(tenantId, read.document, { proofs: true, signal }) };
    const findings = read.problems.map(
      ({ message }): PolicyFinding => ({
        severity: 'error',
        code: 'malformed_yaml',
        field: '',
        path: [],
        message,
      }),
    );
    return { read, checked: { policy: null, findings } };
  };

/** Everything that a draft has to fulfil to go live, now or later. Throws AppError. */
export const requireReady = async (
  parts: PublishingParts,
  tenantId: string,
  draft: StoredDraft,
): Promise<{ readonly document: unknown; readonly policy: NonNullable<Checked['policy']> }> => {
  const rules = await parts.policies.rules(tenantId);
  const { read, checked } = await checkText(parts)(tenantId, draft.source);
  const policy = readyPolicy(checked, rules);
  requireSimulation(rules, draft.simulation, true);
  requireApproval(rules, draft.approvedBy, true);
  return { policy, document: read.ok ? read.document : null };
};

/** Makes a draft, as it was read, the live version; waiting leads are decided anew. */
export const publishDraft = async (
  parts: PublishingParts,
  tenantId: string,
  draft: StoredDraft,
  by: string,
): Promise<void> => {
  const { policy, document } = await requireReady(parts, tenantId, draft);
  const at = parts.now();
  const { id, revision, source, note, approvedBy } = draft;
  const hash = policyHash(policy);
  await parts.policies.publish(tenantId, {
    document,
    source,
    hash,
    by,
    at,
    note,
    approvedBy,
    draft: { id, revision },
  });
  await wentLive(parts, tenantId, at);
  await parts.alerts.close(tenantId, REFUSED, id);
};

export const wentLive = async (
  { onPublished, jobs }: PublishingParts,
  tenantId: string,
  at: number,
): Promise<void> => {
  onPublished(tenantId);
  await jobs.wakeTenant(tenantId, at);
};

/** The alert of a draft that did not go live when it was to. */
const REFUSED = 'publish_refused';

/**
 * Makes drafts live whose time has come, the earliest first. One that cannot go live any more is open again, and an
 * alert says why. Called by the sweep, so a process that was down makes up for it when it starts.
 */
export const publishDue =
  (parts: PublishingParts) =>
  async (tenantId: string, now: number): Promise<void> => {
    for (const draft of await parts.drafts.due(tenantId, now))
      await parts.audit
        .around({ tenantId, who: 'service', action: 'policy.published', subject: draft.id }, () =>
          publishDraft(parts, tenantId, draft, draft.askedBy ?? draft.authors[0] ?? ''),
        )
        .catch((error: unknown) => refuse(parts, tenantId, draft, error));
  };

const refuse = async (
  parts: PublishingParts,
  tenantId: string,
  draft: StoredDraft,
  error: unknown,
): Promise<void> => {
  if (!(error instanceof AppError) || error.status >= 500) throw error;
  // Another process was first, or somebody changed it this very moment.
  if (error.code === 'conflict') return;
  const refusal = [
    error.message,
    ...error.problems.slice(0, 3).map(({ field, message }) => `${field} ${message}.`),
  ].join(' ');
  const change = { state: 'open', publishAt: null, refusal } as const;
  if (!(await parts.drafts.change(tenantId, draft, change, parts.now()))) return;
  await parts.alerts.open(tenantId, {
    kind: REFUSED,
    subject: draft.id,
    detail: { text: `A policy that was to go live by itself did not, and the one before stays. ${refusal}` },
  });
};

/** Throws AppError `conflict` for a moment that is not to come. */
export const requireFuture = (at: number, now: number): void => {
  if (at <= now) throw conflict('That moment has passed: leave `at` out to publish now.');
};
