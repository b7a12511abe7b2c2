import { date, dateTime, flag, longText, picklist, READ_ONLY, reference, text } from './field.ts';
import { defineObject } from './object.ts';

export const TASK = defineObject('Task', '00T', [
  reference('WhoId', ['Lead', 'Contact'], 'Who'),
  reference('WhatId', ['Account', 'Opportunity'], 'What'),
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
  dateTime('CompletedDateTime', READ_ONLY),
  picklist('TaskSubtype', ['Task', 'Email', 'Call', 'Cadence'], { updateable: false, defaultValue: 'Task' }),
]);

export const EVENT = defineObject('Event', '00U', [
  reference('WhoId', ['Lead', 'Contact'], 'Who'),
  reference('WhatId', ['Account', 'Opportunity'], 'What'),
  reference('OwnerId', ['User'], 'Owner', { nillable: false }),
  text('Subject', 255),
  longText('Description', 32_000),
  dateTime('StartDateTime'),
  dateTime('EndDateTime'),
]);

export const EMAIL_MESSAGE = defineObject('EmailMessage', '02s', [
  text('Subject', 3000),
  longText('TextBody', 32_000),
  text('FromAddress', 1000),
  text('ToAddress', 4000),
  flag('Incoming'),
  dateTime('MessageDate'),
]);

/** Whom a message went to or came from: this, and no field of the message, leads to a lead. */
export const EMAIL_MESSAGE_RELATION = defineObject(
  'EmailMessageRelation',
  '0El',
  [
    reference('EmailMessageId', ['EmailMessage'], 'EmailMessage', { required: true }),
    reference('RelationId', ['Lead', 'Contact', 'User'], 'Relation'),
    picklist('RelationType', ['ToAddress', 'CcAddress', 'BccAddress', 'FromAddress'], { required: true }),
    text('RelationAddress', 1000),
  ],
  {
    label: 'Email Message Relation',
    system: ['Id', 'IsDeleted', 'CreatedDate', 'CreatedById', 'SystemModstamp'],
  },
);

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
