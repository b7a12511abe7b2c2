import { createHolidayDates } from '../holidays/holiday-dates.ts';
import { auditReport } from '../routing/audit/audit-report.ts';
import type { Rep } from '../routing/policy/schema.ts';
import { createRepBook } from '../routing/simulate/rep-book.ts';
import { auditOptions } from './audit-options.ts';
import { auditText } from './audit-text.ts';
import { badInput } from './bad-input.ts';
import type { ExitCode } from './exit-code.ts';
import { createOwnerNames } from './owner-names.ts';
import { readOwnedLeads } from './read-owned-leads.ts';
import { readRepsFile } from './read-policy-file.ts';
import { createLineWriter, type Terminal } from './terminal.ts';

/** `audit`: how unevenly a file's leads went to their owners, before anything is installed. Throws BadInput. */
export const audit = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const options = auditOptions(args);
  const collected = await readOwnedLeads(options.leads, options.columns);
  const reps = options.reps === null ? null : await readRepsFile(options.reps);
  const atWork = reps === null ? null : worksAt(reps, options.timezone);
  const report = auditReport(collected, options.timezone, atWork);
  if (report === null)
    throw badInput(options.leads, null, `no row has both ${options.columns.owner} and ${options.columns.at}`);
  const { line, flush } = createLineWriter(terminal.out);
  if (options.json) await line(JSON.stringify(report));
  else for (const text of auditText(report)) await line(text);
  await flush();
  return 0;
};

/** Whether an owner works at an instant; null: they are no rep of the file, or their hours are not told. */
const worksAt = (reps: readonly Rep[], timezone: string) => {
  const book = createRepBook(reps, { timezone, hours: null }, createHolidayDates());
  const repOf = createOwnerNames(reps.filter(({ hours }) => hours !== null));
  return (owner: string, at: number): boolean | null => {
    const rep = repOf(owner);
    const state = rep === null ? undefined : book.at(rep, at);
    return state === undefined ? null : state.availability.code === 'available';
  };
};
