import type { Account } from './account.ts';
import { changeRow } from './rows.ts';
import type { Change } from './types.ts';

/** What the customer's own automation does. All of it is off until a test or an admin switches it on. */
export interface Automation {
  /** Leads whose owner the API sets are given to this user (an e-mail) afterwards; null: off. */
  readonly reownTo: string | null;
  /** How long afterwards. Milliseconds. */
  readonly reownMs: number;
}

export const NO_AUTOMATION: Automation = { reownTo: null, reownMs: 0 };

const setsOwner = ({ object, action, before, after, by }: Change): boolean =>
  object === 'lead' && action === 'change' && by.via === 'api' && before?.owner_id !== after?.owner_id;

/** The company's automation looks at a change, and re-owns the lead when it is to. */
export const runAutomation = (
  account: Account,
  change: Change,
  after: (ms: number, task: () => void) => unknown,
): void => {
  const { reownTo, reownMs } = account.automation;
  if (reownTo === null || !setsOwner(change)) return;
  const user = [...account.tables.user.values()].find(({ email }) => email === reownTo);
  if (!user) return;
  const run = () => {
    if (account.tables.lead.has(String(change.id)))
      changeRow(account, 'lead', change.id, { owner_id: user.id }, { userId: Number(user.id), via: 'app' });
  };
  if (reownMs === 0) run();
  else after(reownMs, run);
};
