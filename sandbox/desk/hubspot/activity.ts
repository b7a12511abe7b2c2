import { associated } from '../../hubspot/associations.ts';
import type { ObjectTypeName } from '../../hubspot/object-types.ts';
import type { Portal } from '../../hubspot/portal.ts';
import type { StoredRecord, ValueVersion } from '../../hubspot/types.ts';
import type { WorkflowRun, WorkflowStep } from '../../hubspot/workflow-types.ts';
import type { DeskEntry } from '../desk-crm.ts';
import { moment, plainText, timeline } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { ownerCell, sourceBadge, stageBadge } from './format.ts';

const changes = (
  record: StoredRecord,
  name: string,
  tell: (now: string, before: string) => Markup,
  icon: string,
): DeskEntry[] =>
  (record.history[name] ?? []).map((version: ValueVersion, index, all) => ({
    at: version.at,
    icon,
    body: html`<p>${tell(version.value, all[index + 1]?.value ?? '')}</p><p class="by">by ${sourceBadge(version.source)}</p>`,
  }));

const STATES: Readonly<Record<WorkflowStep['state'], readonly [string, string]>> = {
  running: ['Running', 'blue'],
  retrying: ['Trying again', 'amber'],
  blocked: ['Waiting for Fairlead', 'amber'],
  succeeded: ['Done', 'green'],
  fail_continue: ['Failed, went on', 'amber'],
  failed: ['Failed', 'red'],
  expired: ['Waited too long, went on', 'amber'],
};

const stepView = (step: WorkflowStep): Markup => {
  const [label, colour] = STATES[step.state];
  const outputs = Object.entries(step.outputs).filter(([, value]) => value !== '');
  return html`<li><span class="badge ${colour}">${label}</span> ${step.action}${
    step.attempts.length > 1 ? html` <small>${step.attempts.length} attempts</small>` : ''
  }${step.expiresAt === null ? '' : html` <small>goes on by itself ${moment(step.expiresAt)}</small>`}${
    outputs.length === 0
      ? ''
      : html`<dl class="outputs">${outputs.map(([name, value]) => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`)}</dl>`
  }</li>`;
};

const runEntry = (run: WorkflowRun): DeskEntry => ({
  at: run.startedAt,
  icon: '⚙',
  body: html`<p>Enrolled in <strong>${run.workflow}</strong></p><ol class="steps">${run.steps.map(stepView)}</ol>`,
});

const noteEntry = (note: StoredRecord): DeskEntry => ({
  at: note.createdAt,
  icon: '✎',
  body: html`<p class="label">Note</p><p class="prose" dir="auto">${plainText(note.properties.hs_note_body ?? '')}</p>`,
});

const taskEntry = (portal: Portal, task: StoredRecord): DeskEntry => ({
  at: task.createdAt,
  icon: '☑',
  body: html`<p class="label">Task <span class="badge ${task.properties.hs_task_status === 'COMPLETED' ? 'green' : 'blue'}">${
    task.properties.hs_task_status === 'COMPLETED' ? 'Done' : 'To do'
  }</span></p><p dir="auto">${task.properties.hs_task_subject ?? ''}</p>${
    task.properties.hs_task_body
      ? html`<p class="prose" dir="auto">${plainText(task.properties.hs_task_body)}</p>`
      : ''
  }<p class="by">${ownerCell(portal, task.properties.hubspot_owner_id)}</p>`,
});

const others = (
  portal: Portal,
  type: ObjectTypeName,
  record: StoredRecord,
  to: 'notes' | 'tasks',
): StoredRecord[] =>
  associated(portal, type, record.id, to).flatMap(({ id }) => portal.records[to].get(id) ?? []);

/** What happened to a record, newest first: owner and stage with who changed them, workflows, notes, tasks. */
export const activity = (
  portal: Portal,
  type: ObjectTypeName,
  record: StoredRecord,
  runs: readonly WorkflowRun[],
): Markup => {
  const owner = (now: string, before: string) =>
    now === ''
      ? html`Owner removed`
      : html`Owner ${before === '' ? 'set to' : 'changed to'} ${ownerCell(portal, now)}`;
  const stage = (now: string) => html`Stage ${stageBadge(now)}`;
  const created = Object.values(record.history).flatMap((versions) => versions.at(-1) ?? [])[0]?.source;
  const entries: DeskEntry[] = [
    ...changes(record, 'hubspot_owner_id', owner, '●'),
    ...changes(record, type === 'deals' ? 'dealstage' : 'lifecyclestage', stage, '▲'),
    ...runs.map(runEntry),
    ...others(portal, type, record, 'notes').map(noteEntry),
    ...others(portal, type, record, 'tasks').map((task) => taskEntry(portal, task)),
  ].reverse();
  const first = {
    at: record.createdAt,
    icon: '✦',
    body: html`<p>Created</p>${created ? html`<p class="by">by ${sourceBadge(created)}</p>` : ''}`,
  };
  return timeline([first, ...entries]);
};
