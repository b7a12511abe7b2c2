import type { FlowRun } from '../../salesforce/flow/create-flow.ts';
import type { JournalEntry } from '../../salesforce/journal.ts';
import { leadHistory } from '../../salesforce/lead-facts.ts';
import type { Org } from '../../salesforce/org.ts';
import { tasksOf } from '../../salesforce/tasks.ts';
import type { Row } from '../../salesforce/types.ts';
import type { DeskEntry } from '../desk-crm.ts';
import { ownerEntry } from '../entries.ts';
import { words } from '../format.ts';
import { html } from '../html.ts';
import { actorBadge, leadOwner, momentOf, statusBadge } from './format.ts';

/** Told by the history, which knows the values too. */
const IN_HISTORY = ['OwnerId', 'Status', 'IsUnreadByOwner'];

const isOwnerRow = (row: Row): boolean => row.Field === 'Owner' && /^00[5G]/.test(String(row.NewValue));

/** Owner changes. The history knows them to the second; the journal, which may begin later, knows more. */
const ownerEntries = (org: Org, history: readonly Row[], journal: readonly JournalEntry[]): DeskEntry[] => {
  const changes = journal.filter((entry) => entry.fields.includes('OwnerId') && entry.kind === 'updated');
  const rows = history.filter(isOwnerRow);
  return rows.map((row, index) => {
    const change = changes.at(index - rows.length);
    const by = change ? actorBadge(org, change.actor) : leadOwner(org, row.CreatedById);
    return ownerEntry(change?.at ?? momentOf(row.CreatedDate), leadOwner(org, row.NewValue), html`by ${by}`);
  });
};

const statusEntries = (org: Org, history: readonly Row[]): DeskEntry[] =>
  history
    .filter((row) => row.Field === 'Status')
    .map((row) => ({
      at: momentOf(row.CreatedDate),
      icon: '▲',
      body: html`<p>Status ${statusBadge(row.NewValue)}</p><p class="by">by ${leadOwner(org, row.CreatedById)}</p>`,
    }));

const journalEntries = (org: Org, journal: readonly JournalEntry[]): DeskEntry[] =>
  journal.flatMap(({ at, kind, fields, actor }) => {
    const told = fields.filter((field) => !IN_HISTORY.includes(field) && !field.startsWith('Fairlead_'));
    if (kind === 'updated' && told.length === 0) return [];
    const what = kind === 'updated' ? `Changed ${told.join(', ')}` : words(kind);
    const by = html`<p class="by">by ${actorBadge(org, actor)}</p>`;
    return [{ at, icon: kind === 'created' ? '✦' : '✎', body: html`<p>${what}</p>${by}` }];
  });

const runEntry = (run: FlowRun, leadId: string): DeskEntry => {
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

const taskEntry = (org: Org, task: Row): DeskEntry => ({
  at: momentOf(task.CreatedDate),
  icon: '☑',
  body: html`<p class="label">Task <span class="badge ${task.IsClosed ? 'green' : 'blue'}">${String(task.Status)}</span></p><p dir="auto">${String(task.Subject ?? '')}</p>${task.Description ? html`<p class="prose" dir="auto">${String(task.Description)}</p>` : ''}<p class="by">${leadOwner(org, task.OwnerId)}</p>`,
});

/** What happened to a lead: its history, its changes with who made them, the Flow, tasks. */
export const salesforceActivity = (
  org: Org,
  lead: Row,
  journal: readonly JournalEntry[],
  runs: readonly FlowRun[],
): readonly DeskEntry[] => {
  const history = leadHistory(org, lead.Id);
  return [
    ...journalEntries(org, journal),
    ...runs.map((run) => runEntry(run, lead.Id)),
    ...tasksOf(org, lead.Id).map((task) => taskEntry(org, task)),
    ...statusEntries(org, history),
    ...ownerEntries(org, history, journal),
  ];
};
