import type { Fault } from '../../sandbox/faults.ts';
import { AppError } from '../../server/base/app-error.ts';
import type { CrmAccount } from './crm-accounts.ts';

export type Trouble = 'down' | 'write_reset' | 'task_truncated' | 'rate_limited';

/** A call of a connection whose tokens are refused for good. */
export const refuses = async (): Promise<never> => {
  throw new AppError('needs_reconnecting', 'Install the app again.');
};

/** The owner ids of the people every test account has. `idOf`: by e-mail. */
export const ownersBy = (idOf: (email: string) => string): CrmAccount['owners'] => [
  idOf('owner.1@example.com'),
  idOf('owner.2@example.com'),
  idOf('owner.3@example.com'),
  idOf('owner.9@example.com'),
];

/** A stand-in's strings: it fails in its vendor's own ways, is calm again, and counts anew. */
export const stringsOf = <Kind extends string>(
  crm: { readonly setFaults: (faults: readonly Fault<Kind>[]) => void; readonly resetStats: () => void },
  faults: Readonly<Record<Trouble, NoInfer<Fault<Kind>>>>,
): Pick<CrmAccount, 'trouble' | 'calm' | 'resetCounts'> => ({
  trouble: (kind, times) => crm.setFaults([{ ...faults[kind], ...(times !== undefined && { times }) }]),
  calm: () => crm.setFaults([]),
  resetCounts: () => crm.resetStats(),
});
