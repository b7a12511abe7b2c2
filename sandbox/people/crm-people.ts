import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import type { StoredRecord } from '../hubspot/types.ts';
import type { Scheduler } from '../scheduler.ts';

interface CrmPeopleDeps {
  readonly hubspot: HubSpotSandbox;
  readonly scheduler: Scheduler;
  readonly random: () => number;
}

const LOOK_EVERY_MS = 20_000;
/** How long a rep works on a lead before something comes of it. */
const WORK_MS = 6 * 60_000;
const ENDINGS = [
  ['opportunity', 0.3],
  ['other', 0.6],
  ['customer', 0.1],
] as const;

/** Simulated reps in the CRM: they work on what they own, qualify some of it, and now and then pass a lead on. */
export const createCrmPeople = ({ hubspot, scheduler, random }: CrmPeopleDeps) => {
  let calledOff = () => {};

  const ending = (): string => {
    let left = random();
    for (const [stage, share] of ENDINGS) {
      left -= share;
      if (left <= 0) return stage;
    }
    return 'other';
  };

  const close = (contact: StoredRecord, by: string): void => {
    const stage = ending();
    hubspot.update({ objectType: 'contacts', id: contact.id, properties: { lifecyclestage: stage }, by });
    if (stage === 'other') return;
    const name = contact.properties.company ?? contact.properties.lastname ?? 'New business';
    const properties = {
      dealname: `${name} – first contract`,
      amount: String(2000 + Math.floor(random() * 48) * 500),
      dealstage: stage === 'customer' ? 'closedwon' : 'qualifiedtobuy',
      pipeline: 'default',
      hubspot_owner_id: contact.properties.hubspot_owner_id,
    };
    hubspot.create({
      objectType: 'deals',
      properties,
      associations: [{ objectType: 'contacts', id: contact.id }],
      by,
    });
  };

  /** Owners who sell: whoever only holds a queue closes nothing. */
  const sellers = () =>
    [...hubspot.portal().owners.values()].filter(
      (one) => one.userId !== null && one.teams.some((team) => team.name === 'Sales'),
    );

  const passOn = (contact: StoredRecord, by: string): void => {
    const others = sellers().filter((one) => one.id !== by);
    const to = others[Math.floor(random() * others.length)];
    if (to) hubspot.changeOwner({ objectType: 'contacts', id: contact.id, ownerId: to.id, by });
  };

  const look = (): void => {
    const now = scheduler.now();
    const selling = new Set(sellers().map((one) => one.id));
    for (const contact of hubspot.portal().records.contacts.values()) {
      const { hubspot_owner_id: owner, lifecyclestage: stage } = contact.properties;
      if (
        !owner ||
        !selling.has(owner) ||
        contact.archivedAt !== null ||
        !['lead', 'marketingqualifiedlead'].includes(stage ?? '')
      )
        continue;
      const since = contact.history.hubspot_owner_id?.[0]?.at ?? now;
      if (now - since < WORK_MS || random() > 0.12) continue;
      if (random() < 0.04) passOn(contact, owner);
      else close(contact, owner);
    }
    calledOff = scheduler.after(LOOK_EVERY_MS, look);
  };

  return {
    /** Whether the people are at their desks. */
    setPresent: (present: boolean): void => {
      calledOff();
      if (present) calledOff = scheduler.after(LOOK_EVERY_MS, look);
    },
  };
};
