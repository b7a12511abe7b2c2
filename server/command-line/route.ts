import { namesOf } from '../assignments/names.ts';
import { createHolidayDates } from '../holidays/holiday-dates.ts';
import { givenFields } from '../routing/policy/events.ts';
import { createRouting } from './create-routing.ts';
import { explanationText } from './explanation-text.ts';
import { createProgress } from './progress.ts';
import { checkLeads, readLeads } from './read-leads.ts';
import { type PolicyFile, readPolicyFile } from './read-policy-file.ts';
import { routeOptions } from './route-options.ts';
import { count, newSummary } from './summary.ts';
import { summaryText } from './summary-text.ts';
import { createLineWriter, type Terminal } from './terminal.ts';
import { type Showing, viewRouted } from './view-routed.ts';

/**
 * `route`: decides every lead of a file by a policy, in order, each offer accepted at once. The file is read twice,
 * first to check all of it, so that wrong input prints nothing. Throws BadInput.
 */
export const route = async (args: readonly string[], terminal: Terminal): Promise<0> => {
  const options = routeOptions(args, terminal.now());
  const file = await readPolicyFile(options.policy);
  const fields = givenFields(file.compiled.policy);
  const total = await checkLeads(options.leads, fields);
  const routing = createRouting(file, createHolidayDates());
  const showing = showingOf(file, options.explain);
  const progress = createProgress(terminal.err, total);
  const { line, flush } = createLineWriter(terminal.out);
  const summary = newSummary();
  for await (const row of readLeads(options.leads, fields, options.at)) {
    const routed = routing.route(row);
    count(summary, routed);
    if (options.json) await line(JSON.stringify(viewRouted(routed, summary.leads, showing)));
    else if (options.explain) for (const text of explanationText(routed, showing)) await line(text);
    progress.step();
  }
  progress.end();
  if (!options.json) for (const text of summaryText(summary, file, routing.worstLag)) await line(text);
  await flush();
  warn(terminal, options.leads, summary.backwards);
  return 0;
};

/** For a reader of English in the policy's zone. */
const showingOf = ({ compiled: { policy }, reps }: PolicyFile, explain: boolean): Showing => ({
  policy,
  names: namesOf(policy, { reps: new Map(reps.map((rep) => [rep.id, { rep }])) }),
  reader: { language: 'en', timezone: policy.timezone },
  explain,
});

const warn = ({ err }: Terminal, leads: string, backwards: number): void => {
  if (backwards === 0) return;
  const many = backwards === 1 ? '1 lead' : `${backwards.toLocaleString('en')} leads`;
  err.write(
    `${leads}: ${many} arrived before a row above; each was decided at its own time, in the file's order. ` +
      'Sort by arrived_at to see a history as it happened.\n',
  );
};
