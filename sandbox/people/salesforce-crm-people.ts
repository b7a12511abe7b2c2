import type { SalesforceSandbox } from '../salesforce/create-salesforce.ts';
import { tableOf } from '../salesforce/org.ts';
import type { Row } from '../salesforce/types.ts';
import type { Scheduler } from '../scheduler.ts';

interface SalesforcePeopleDeps {
  readonly salesforce: SalesforceSandbox;
  readonly scheduler: Scheduler;
  readonly random: () => number;
}

const LOOK_EVERY_MS = 20_000;
/** How long a rep works on a lead before something comes of it. */
const WORK_MS = 6 * 60_000;
const SHARE_A_LOOK = 0.12;
const CONVERTED = 0.3;
const OPEN: readonly string[] = ['Open - Not Contacted', 'Working - Contacted'];

/** Simulated reps in the Salesforce org: they work on the leads they own, convert some and close the rest. */
export const createSalesforceCrmPeople = ({ salesforce, scheduler, random }: SalesforcePeopleDeps) => {
  let calledOff = () => {};

  const sellers = (): ReadonlySet<string> =>
    new Set(
      [...tableOf(salesforce.org(), 'User').values()]
        .filter((user) => user.IsActive && user.Department)
        .map((user) => user.Id),
    );

  const isRipe = (lead: Row): boolean =>
    !lead.IsDeleted &&
    !lead.IsConverted &&
    OPEN.includes(String(lead.Status)) &&
    scheduler.now() - Date.parse(String(lead.LastModifiedDate)) > WORK_MS;

  const close = (id: string, by: string): void => {
    if (random() < CONVERTED) salesforce.convert({ id, by });
    else salesforce.update({ id, by, values: { Status: 'Closed - Not Converted' } });
  };

  const look = (): void => {
    const selling = sellers();
    for (const lead of tableOf(salesforce.org(), 'Lead').values()) {
      const owner = String(lead.OwnerId);
      if (selling.has(owner) && isRipe(lead) && random() < SHARE_A_LOOK) close(lead.Id, owner);
    }
    calledOff = scheduler.after(LOOK_EVERY_MS, look);
  };

  return {
    /** Whether the people are at their desks. */
    setPresent: (present: boolean): void => {
      calledOff();
      if (present && salesforce.orgs().length > 0) calledOff = scheduler.after(LOOK_EVERY_MS, look);
    },
  };
};
