import { AppError } from '../../base/app-error.ts';
import type { NewId } from '../../base/ids.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Policies, Reps } from '../directory-ports.ts';
import type { KeyHolders } from '../key-ports.ts';
import type { Alerts, Jobs } from '../ports.ts';
import type { PastSimulation, SimulatePolicy } from '../simulate-policy.ts';
import type { Checked, CheckParts } from './check-document.ts';
import type { DraftChange, PolicyDrafts, ReadText, StoredDraft } from './ports.ts';
import type { StoredRules } from './set-rules.ts';

/** YAML or JSON as text. */
export interface PolicyTexts {
  readonly read: (text: string) => ReadText;
  /** A document as YAML, in the order people write one. */
  readonly write: (document: unknown) => string;
}

export interface PublishingParts extends CheckParts {
  readonly policies: Policies;
  readonly drafts: PolicyDrafts;
  readonly reps: Reps;
  /** Tells people apart, whatever they call with. */
  readonly holders: KeyHolders;
  readonly jobs: Pick<Jobs, 'wakeTenant'>;
  readonly alerts: Pick<Alerts, 'open' | 'close'>;
  readonly audit: Pick<AuditLog, 'around'>;
  readonly texts: PolicyTexts;
  readonly settings: {
    readonly change: (tenantId: string, settings: { publishing: StoredRules }) => Promise<void>;
  };
  /** Tries a document on the tenant's past. */
  readonly simulate: (command: SimulatePolicy) => Promise<PastSimulation>;
  readonly now: () => number;
  readonly newId: NewId;
  /** The tenant's live policy is another. */
  readonly onPublished: (tenantId: string) => void;
}

/** Finds a draft that can still be worked on. Throws AppError `not_found` or `conflict`. */
export const openDraft = async (
  { drafts }: Pick<PublishingParts, 'drafts'>,
  tenantId: string,
  id: string,
): Promise<StoredDraft> => {
  const draft = await drafts.find(tenantId, id);
  if (draft === null) throw noSuchDraft(id);
  if (draft.state === 'published')
    throw conflict(`The draft went live as version ${draft.version}: save its text as a new draft.`);
  if (draft.state === 'discarded') throw conflict('The draft was discarded: save its text as a new draft.');
  return draft;
};

export const noSuchDraft = (id: string): AppError =>
  new AppError('not_found', `There is no draft ${id}: GET /api/v1/policy/history lists them.`, {
    status: 404,
  });

export const conflict = (message: string): AppError => new AppError('conflict', message, { status: 409 });

export const changedMeanwhile = (): AppError =>
  conflict('Somebody else changed the draft meanwhile: read it again, and then do this.');

/** Changes a draft as it was read. Throws AppError `conflict` where somebody else changed it meanwhile. */
export const changeDraft = async (
  { drafts, now }: Pick<PublishingParts, 'drafts' | 'now'>,
  tenantId: string,
  draft: StoredDraft,
  change: DraftChange,
): Promise<void> => {
  if (!(await drafts.change(tenantId, draft, change, now()))) throw changedMeanwhile();
};

/** A text with what is to be said of it. */
export interface CheckedText {
  readonly read: ReadText;
  readonly checked: Checked;
}
