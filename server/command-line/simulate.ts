import { createHolidayDates } from '../holidays/holiday-dates.ts';
import type { HolidayDates } from '../routing/availability/shifts.ts';
import { givenFields } from '../routing/policy/events.ts';
import { type Comparison, createComparing } from '../routing/simulate/compare.ts';
import type { DeskParts } from '../routing/simulate/desk.ts';
import type { SimulatedLead } from '../routing/simulate/simulated-lead.ts';
import { backwardsText } from './backwards.ts';
import { comparisonText } from './comparison-text.ts';
import type { ExitCode } from './exit-code.ts';
import { createOwnerNames } from './owner-names.ts';
import { createProgress } from './progress.ts';
import { CLOSED_AT, checkLeads, type LeadRow, type ReadingLeads, readLeads } from './read-leads.ts';
import { type PolicyFile, readPolicyFile, readRepsFile } from './read-policy-file.ts';
import { type SimulateOptions, simulateOptions } from './simulate-options.ts';
import { createLineWriter, type Terminal } from './terminal.ts';
import { viewComparison } from './view-comparison.ts';
import { ZONES } from './zones.ts';

/**
 * `simulate`: what a policy makes of leads of the past, beside another policy and beside who really had them. The
 * file is read twice, first to check all of it. Throws BadInput.
 */
export const simulate = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const options = simulateOptions(args, terminal.now());
  const reps = options.reps === null ? undefined : await readRepsFile(options.reps);
  const policy = await readPolicyFile(options.policy, reps);
  const against = options.against === null ? null : await readPolicyFile(options.against, reps);
  const { comparison, backwards } = await compare({ policy, against }, options, terminal);
  const { line, flush } = createLineWriter(terminal.out);
  const files = { policy, against };
  if (options.json) await line(JSON.stringify(viewComparison(comparison, files)));
  else for (const text of comparisonText(comparison, files)) await line(text);
  await flush();
  if (backwards > 0) terminal.err.write(backwardsText(options.leads, backwards));
  return 0;
};

/** The policies a command compares. */
export interface ComparedFiles {
  readonly policy: PolicyFile;
  readonly against: PolicyFile | null;
}

const compare = async (
  { policy, against }: ComparedFiles,
  options: SimulateOptions,
  terminal: Terminal,
): Promise<{ readonly comparison: Comparison; readonly backwards: number }> => {
  const reading = readingOf(policy, against, options);
  const total = await checkLeads(options.leads, reading);
  const holidays = createHolidayDates();
  const comparing = createComparing({
    policy: deskOf(policy, holidays),
    against: against === null ? null : deskOf(against, holidays),
    hasHistory: options.ownerColumn !== null,
    minutes: options.within,
  });
  const toLead = leadReader(policy, options);
  const progress = createProgress(terminal, total);
  let backwards = 0;
  let latest = Number.NEGATIVE_INFINITY;
  for await (const row of readLeads(options.leads, reading)) {
    if (row.arrivedAt < latest) backwards++;
    latest = Math.max(latest, row.arrivedAt);
    comparing.arrive(toLead(row));
    progress.step();
  }
  progress.end();
  return { comparison: comparing.end(), backwards };
};

/** Both policies read the same file: a column that one of them declares is none the other stumbles over. */
const readingOf = (
  policy: PolicyFile,
  against: PolicyFile | null,
  { at, ownerColumn }: SimulateOptions,
): ReadingLeads => ({
  fields: {
    ...(against === null ? {} : givenFields(against.compiled.policy)),
    ...givenFields(policy.compiled.policy),
  },
  at,
  more: ownerColumn === null ? [CLOSED_AT] : [CLOSED_AT, ownerColumn],
});

const deskOf = (file: PolicyFile, holidays: HolidayDates): DeskParts => ({ ...file, holidays, zones: ZONES });

/** A lead with a closing of its own is open as long as it really was, counted from when somebody has it. */
const leadReader = (policy: PolicyFile, { handling, ownerColumn }: SimulateOptions) => {
  const ownerOf = createOwnerNames(policy.reps);
  return ({ id, values, arrivedAt, closedAt, more }: LeadRow): SimulatedLead => ({
    id,
    values,
    arrivedAt,
    handling: closedAt === null ? handling : Math.max(0, closedAt - arrivedAt),
    owner: ownerColumn === null ? null : ownerOf(more[ownerColumn] ?? ''),
  });
};
