import { proofsOf } from '../assignments/prove-policy.ts';
import { toSimulatedLead } from '../assignments/simulated-past.ts';
import type { PolicyToCompile, ThreadWork, ThreadWorkKind } from '../assignments/thread-port.ts';
import { createHolidayDates } from '../holidays/holiday-dates.ts';
import { compilePolicy } from '../routing/decide/compile-policy.ts';
import { createComparing } from '../routing/simulate/compare.ts';
import type { DeskParts } from '../routing/simulate/desk.ts';
import { auditOf } from './audit-of.ts';
import type { Job } from './thread-messages.ts';

type Begin<Kind extends ThreadWorkKind> = (
  input: ThreadWork[Kind]['input'],
) => Job<ThreadWork[Kind]['page'], ThreadWork[Kind]['answer']>;

const holidays = createHolidayDates();
const zones = process.versions.tz ?? 'unknown';

const check: Begin<'check'> = (input) => ({
  take: () => undefined,
  end: () => proofsOf(input, holidays),
});

const simulate: Begin<'simulate'> = ({ policy, against, reps, minutes }) => {
  const desk = (source: PolicyToCompile): DeskParts => ({
    compiled: compilePolicy(source),
    reps,
    holidays,
    zones,
  });
  const comparing = createComparing({
    policy: desk(policy),
    against: against && desk(against),
    hasHistory: true,
    minutes,
  });
  return {
    take: (page) => {
      for (const past of page) comparing.arrive(toSimulatedLead(past));
    },
    end: comparing.end,
  };
};

const audit: Begin<'audit'> = (input) => ({ take: () => undefined, end: () => auditOf(input) });

/** What threads can do. */
export const JOBS: { readonly [Kind in ThreadWorkKind]: Begin<Kind> } = { check, simulate, audit };
