import { dateTime, flag, longText, READ_ONLY, reference, text } from './field.ts';
import { defineObject } from './object.ts';

/** The object of Fairlead's package that keeps why a lead went where it went. */
export const ASSIGNMENT_DECISION = defineObject(
  'Assignment_Decision__c',
  'a00',
  [
    text('Name', 80, READ_ONLY),
    reference('OwnerId', ['Group', 'User'], 'Owner', { nillable: false }),
    text('Decision_Id__c', 64, { externalId: true, unique: true }),
    text('Record_Id__c', 18),
    reference('Lead__c', ['Lead'], 'Lead__r'),
    reference('Assigned_To__c', ['User'], 'Assigned_To__r'),
    text('Assigned_Name__c', 255),
    text('Rule_Name__c', 255),
    text('Pool_Name__c', 255),
    longText('Reason__c'),
    dateTime('Decided_At__c'),
    text('Outcome__c', 40),
    flag('Log_Only__c'),
  ],
  { label: 'Assignment Decision', packaged: true },
);
