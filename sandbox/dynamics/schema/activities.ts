import {
  boolean,
  type Column,
  choice,
  datetime,
  defineTable,
  integer,
  lookup,
  memo,
  readOnly,
  string,
  type Table,
} from './column.ts';

const REGARDING = ['lead', 'contact', 'account', 'opportunity'];

const bindOf = (name: string) =>
  Object.fromEntries(
    REGARDING.map((target) => [
      `regardingobjectid_${target}_${name}`,
      { column: 'regardingobjectid', target },
    ]),
  );

const CLOSABLE = {
  states: {
    Open: { 1: 'Open' },
    Completed: { 2: 'Completed', 5: 'Sent' },
    Canceled: { 3: 'Canceled' },
    Scheduled: { 4: 'Scheduled' },
  },
} as const;

const COLUMNS: readonly Column[] = [
  string('subject', { max: 400 }),
  memo('description', { max: 2000 }),
  datetime('scheduledstart'),
  datetime('scheduledend'),
  choice('prioritycode', { 0: 'Low', 1: 'Normal', 2: 'High' }),
  readOnly(string('activitytypecode')),
  lookup('regardingobjectid', ...REGARDING),
];

const activity = (name: string, columns: readonly Column[] = [], extra: Table['defaults'] = {}): Table =>
  defineTable({
    name,
    primaryId: 'activityid',
    primaryName: 'subject',
    owned: true,
    columns: [...COLUMNS, ...columns],
    bind: bindOf(name),
    ...CLOSABLE,
    defaults: { statecode: 0, statuscode: 1, prioritycode: 1, activitytypecode: name, ...extra },
  });

export const task = activity('task', [integer('actualdurationminutes')]);
export const phonecall = activity('phonecall', [boolean('directioncode')], { directioncode: true });
export const appointment = activity('appointment');
export const email = activity('email', [boolean('directioncode')], { directioncode: true });

/** Kinds of activity, all of which are read as activity pointers too. */
export const ACTIVITIES: readonly Table[] = [task, phonecall, appointment, email];

/** Every activity, whatever its kind: read only. */
export const activitypointer: Table = activity('activitypointer');

/** A note. */
export const annotation = defineTable({
  name: 'annotation',
  primaryName: 'subject',
  owned: true,
  columns: [
    string('subject', { max: 500 }),
    memo('notetext', { max: 100_000 }),
    boolean('isdocument'),
    lookup('objectid', ...REGARDING),
  ],
  bind: Object.fromEntries(REGARDING.map((target) => [`objectid_${target}`, { column: 'objectid', target }])),
  defaults: { isdocument: false },
});
