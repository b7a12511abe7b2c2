import type { LeaveStep, LeaveWay } from '../../assignments/leave-ports.ts';
import type { AccessTokens, ConnectionInfo } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { ConnectionRow, ConnectionStore, Leaving } from '../connection-store.ts';
import { openGrant } from '../grants.ts';
import type { Vault } from '../vault.ts';

export interface StepParts {
  readonly connections: Pick<ConnectionStore, 'byId'>;
  readonly vault: Vault;
  readonly tokens: Pick<AccessTokens, 'get'>;
  readonly wayOf: (connection: Pick<ConnectionInfo, 'vendor'>) => LeaveWay | undefined;
  /** Takes back what a vendor pushes here. null: nothing of it is registered from here. */
  readonly dropPush: (connection: ConnectionInfo) => (() => Promise<void>) | null;
  /** Ends the open leads of an account that was left. */
  readonly endLeads: (connection: ConnectionInfo) => Promise<void>;
  readonly onError: (error: unknown, what: string) => void;
}

type Step = Leaving['left'][number];

/** `gone`: the vendor takes no tokens of ours any more, so that there is nothing to take back. */
type Tried = 'done' | 'by_hand' | 'later' | 'gone';

/** Tries each step that is left, in order. What a vendor pushes can only be taken back while it still allows that. */
export const goThrough = async (row: ConnectionRow, leaving: Leaving, parts: StepParts): Promise<Leaving> => {
  const byHand = new Set<Step>(leaving.byHand);
  const left: Step[] = [];
  for (const step of leaving.left) {
    const waits = left.includes('push') && !byHand.has('push');
    const tried: Tried = byHand.has(step) ? 'by_hand' : waits ? 'later' : await tryStep(step, row, parts);
    if (tried === 'gone') return toLeaving(leaving, left.filter(isLeads), new Set());
    if (tried === 'by_hand') byHand.add(step);
    if (tried !== 'done') left.push(step);
  }
  return toLeaving(leaving, left, byHand);
};

const isLeads = (step: Step): boolean => step === 'leads';

const toLeaving = (before: Leaving, left: readonly Step[], byHand: ReadonlySet<Step>): Leaving => ({
  ...before,
  left,
  byHand: left.filter((step): step is LeaveStep => step !== 'leads' && byHand.has(step)),
  attempts: before.attempts + 1,
});

const tryStep = async (step: Step, row: ConnectionRow, parts: StepParts): Promise<Tried> => {
  try {
    return await doStep(step, row, parts);
  } catch (error) {
    if (step === 'leads' || !(error instanceof AppError) || error.retryable) {
      parts.onError(error, `connection ${row.id}: ${step} is still to be ended`);
      return 'later';
    }
    return error.code === 'needs_reconnecting' ? 'gone' : 'by_hand';
  }
};

const doStep = async (step: Step, row: ConnectionRow, parts: StepParts): Promise<'done' | 'by_hand'> => {
  switch (step) {
    case 'leads':
      await parts.endLeads(row);
      return 'done';
    case 'push':
      await parts.dropPush(row)?.();
      return 'done';
    case 'permission':
      return revoke(row, parts);
    default:
      return step satisfies never;
  }
};

const revoke = async (row: ConnectionRow, { connections, vault, tokens, wayOf }: StepParts) => {
  const take = wayOf(row)?.revoke ?? null;
  if (take === null) return 'by_hand';
  const now = await connections.byId(row.id);
  // What was allowed anew meanwhile is not taken back.
  if (now?.generation !== row.generation) return 'done';
  // The step before may have had another refresh token come.
  const grant = await openGrant(vault, now);
  return take(row, { refreshToken: grant?.refreshToken ?? null, accessToken: () => tokens.get(row.id) });
};
