import { date, dateTime, flag, longText, picklist, READ_ONLY, reference, text } from './field.ts';
import { defineObject } from './object.ts';

export const TASK = defineObject('Task', '00T', [
  reference('WhoId', ['Lead', 'Contact'], 'Who'),
  reference('WhatId', ['Account'], 'What'),
  reference('OwnerId', ['User', 'Group'], 'Owner', { nillable: false }),
  text('Subject', 255),
  picklist('Status', ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'], {
    required: true,
    defaultValue: 'Not Started',
  }),
  picklist('Priority', ['High', 'Normal', 'Low'], { required: true, defaultValue: 'Normal' }),
  date('ActivityDate'),
  longText('Description', 32_000),
  flag('IsReminderSet'),
  dateTime('ReminderDateTime'),
  flag('IsClosed', READ_ONLY),
]);

/** One field of one change; changes of the owner come twice, once with ids and once with names. */
export const LEAD_HISTORY = defineObject(
  'LeadHistory',
  '017',
  [
    reference('LeadId', ['Lead'], 'Lead', READ_ONLY),
    text('Field', 40, READ_ONLY),
    text('OldValue', 255, READ_ONLY),
    text('NewValue', 255, READ_ONLY),
  ],
  {
    label: 'Lead History',
    writable: false,
    system: ['Id', 'IsDeleted', 'CreatedDate', 'CreatedById'],
  },
);
