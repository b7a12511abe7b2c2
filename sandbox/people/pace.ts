import type { Scheduler } from '../scheduler.ts';

interface PaceDeps {
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly arrive: () => void;
}

/** The first lead comes soon, so that somebody who just started everything sees one. */
const FIRST_MS = 1500;
const SHORTEST_MS = 400;
const LONGEST_MS = 45_000;

/** Has visitors arrive at an irregular, gentle pace. */
export const createPace = ({ scheduler, random, arrive }: PaceDeps) => {
  let perMinute = 0;
  let calledOff = () => {};

  /** Nobody waits long for the next one, unless they asked for a slower pace. */
  const longest = (): number => Math.max(LONGEST_MS, 90_000 / perMinute);

  /** Exponential gaps, as visitors who do not know of each other make them. */
  const gap = (): number =>
    Math.min(Math.max((-Math.log(1 - random()) * 60_000) / perMinute, SHORTEST_MS), longest());

  const plan = (ms: number): void => {
    calledOff = scheduler.after(ms, () => {
      arrive();
      plan(gap());
    });
  };

  return {
    /** Leads a minute on average; 0 stops them. */
    set: (wanted: number): void => {
      calledOff();
      perMinute = wanted;
      if (perMinute > 0) plan(FIRST_MS);
    },
    perMinute: (): number => perMinute,
  };
};
