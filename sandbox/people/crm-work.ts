import type { Scheduler } from '../scheduler.ts';

/** A lead somebody works on. */
export interface OpenLead {
  readonly id: string;
  /** Whose it is, as the CRM names them. */
  readonly owner: string;
  /** When it last changed; epoch milliseconds. */
  readonly since: number;
}

/** What simulated reps do in a CRM. */
export interface CrmWork {
  /** The open leads of people who sell. */
  readonly open: () => Iterable<OpenLead>;
  /** Something came of it. */
  readonly convert: (lead: OpenLead) => void;
  /** Nothing came of it. */
  readonly giveUp: (lead: OpenLead) => void;
}

const LOOK_EVERY_MS = 20_000;
/** How long a rep works on a lead before something comes of it. */
const WORK_MS = 6 * 60_000;
const SHARE_A_LOOK = 0.12;
const CONVERTED = 0.3;

/** Simulated reps in a CRM: they work on the leads they own, convert some and close the rest. */
export const createCrmWork = (
  { open, convert, giveUp }: CrmWork,
  { scheduler, random }: { readonly scheduler: Scheduler; readonly random: () => number },
) => {
  let calledOff = () => {};

  const look = (): void => {
    const ripe = [...open()].filter(({ since }) => scheduler.now() - since > WORK_MS);
    for (const lead of ripe.filter(() => random() < SHARE_A_LOOK)) {
      if (random() < CONVERTED) convert(lead);
      else giveUp(lead);
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
