import { createScheduler } from '../../sandbox/scheduler.ts';
import { CONNECTION } from './delivery-rows.ts';
import { sandboxForAllTests } from './sandbox-for-all-tests.ts';
import { openZohoOrg } from './zoho-org.ts';

/** Zoho's stand-in for a file's tests, on a clock that can be moved on. */
export const zohoAtWork = () => {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const sandbox = sandboxForAllTests({ scheduler: createScheduler({ now }) });
  return {
    now,
    pass: (ms: number): void => {
      ahead += ms;
    },
    zoho: () => sandbox().zoho,
    /** A fresh org, on the same clock. */
    open: (options: Parameters<typeof openZohoOrg>[1] = {}) => openZohoOrg(sandbox(), { now, ...options }),
    ref: (recordId: string) => ({ connectionId: CONNECTION.id, objectType: 'lead', recordId }),
    /** When a call must be done by. */
    until: () => now() + 30_000,
  };
};
