import { dateTime, longText, READ_ONLY, reference, text } from './field.ts';
import { defineObject } from './object.ts';

/** The object of Fairlead's package that keeps why a lead went where it went. */
export const ASSIGNMENT_DECISION = defineObject(
  'Assignment_Decision__c',
  'a00',
  [
    text('Name', 80, READ_ONLY),
    reference('OwnerId', ['Group', 'User'], 'Owner', { nillable: false }),
    text('Decision_Id__c', 64, { externalId: true, unique: true }),
    reference('Lead__c', ['Lead'], 'Lead__r'),
    reference('Assigned_To__c', ['User'], 'Assigned_To__r'),
    text('Rule_Name__c', 255),
    text('Pool_Name__c', 255),
    text('Strategy__c', 80),
    longText('Reason__c'),
    dateTime('Decided_At__c'),
    text('Status__c', 40),
    longText('Explanation_JSON__c', 131_072),
  ],
  { label: 'Assignment Decision', packaged: true },
);
