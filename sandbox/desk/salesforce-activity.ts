import type { FlowRun } from '../salesforce/flow/create-flow.ts';
import type { JournalEntry } from '../salesforce/journal.ts';
import { leadHistory } from '../salesforce/lead-facts.ts';
import type { Org } from '../salesforce/org.ts';
import { tasksOf } from '../salesforce/tasks.ts';
import type { Row } from '../salesforce/types.ts';
import { moment } from './format.ts';
import { html, type Markup } from './html.ts';
import { actorBadge, leadOwner, momentOf, statusBadge } from './salesforce-format.ts';

interface Entry {
  readonly at: number;
  readonly icon: string;
  readonly body: Markup;
}

const historyEntry = (org: Org, row: Row): Entry | null => {
  const by = html`<p class="by">by ${leadOwner(org, row.CreatedById)}</p>`;
  const at = momentOf(row.CreatedDate);
  if (row.Field === 'Status')
    return { at, icon: '▲', body: html`<p>Status ${statusBadge(row.NewValue)}</p>${by}` };
  // The owner comes twice; the row with ids also knows how the owner looks.
  if (row.Field !== 'Owner' || !/^00[5G]/.test(String(row.NewValue))) return null;
  return { at, icon: '●', body: html`<p>Owner changed to ${leadOwner(org, row.NewValue)}</p>${by}` };
};

const journalEntry = (org: Org, entry: JournalEntry): Entry => ({
  at: entry.at,
  icon: entry.kind === 'created' ? '✦' : '✎',
  body: html`<p>${entry.kind === 'created' ? 'Created' : entry.kind === 'updated' ? `Changed ${entry.fields.join(', ') || 'nothing'}` : entry.kind}</p><p class="by">by ${actorBadge(org, entry.actor)}</p>`,
});

const runEntry = (run: FlowRun, leadId: string): Entry => {
  const row = run.rows.find((one) => one.record === leadId);
  const problem = run.error ?? row?.error ?? null;
  const [label, colour] = !run.done
    ? ['Asking', 'blue']
    : problem === null
      ? [row?.outcome ?? 'Done', 'green']
      : ['Failed', 'red'];
  return {
    at: run.at,
    icon: '⚙',
    body: html`<p>${run.startedBy === 'trigger' ? 'The trigger' : 'The Flow'} asked Fairlead about ${run.leadIds.length} ${run.leadIds.length === 1 ? 'lead' : 'leads'} <span class="badge ${colour}">${label}</span></p>${problem === null ? '' : html`<p class="by" dir="auto">${problem}</p>`}`,
  };
};

const taskEntry = (org: Org, task: Row): Entry => ({
  at: momentOf(task.CreatedDate),
  icon: '☑',
  body: html`<p class="label">Task <span class="badge ${task.IsClosed ? 'green' : 'blue'}">${String(task.Status)}</span></p><p dir="auto">${String(task.Subject ?? '')}</p>${task.Description ? html`<p class="prose" dir="auto">${String(task.Description)}</p>` : ''}<p class="by">${leadOwner(org, task.OwnerId)}</p>`,
});

/** What happened to a lead, newest first: its history, its changes with who made them, the Flow, tasks. */
export const salesforceActivity = (
  org: Org,
  lead: Row,
  journal: readonly JournalEntry[],
  runs: readonly FlowRun[],
): Markup => {
  const entries: Entry[] = [
    ...journal.map((entry) => journalEntry(org, entry)),
    ...leadHistory(org, lead.Id).flatMap((row) => historyEntry(org, row) ?? []),
    ...runs.map((run) => runEntry(run, lead.Id)),
    ...tasksOf(org, lead.Id).map((task) => taskEntry(org, task)),
  ];
  entries.sort((a, b) => b.at - a.at);
  return html`<ol class="timeline">${entries.map(
    (entry) =>
      html`<li><span class="icon" aria-hidden="true">${entry.icon}</span><div>${entry.body}</div><span class="when">${moment(entry.at)}</span></li>`,
  )}</ol>`;
};
