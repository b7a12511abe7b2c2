import { boolean, choice, datetime, defineTable, integer, lookup, memo, readOnly, string } from './column.ts';

/** Where events are sent: webhooks among others. */
export const serviceendpoint = defineTable({
  name: 'serviceendpoint',
  primaryName: 'name',
  columns: [
    string('name'),
    string('url', { max: 2048 }),
    string('description', { max: 100 }),
    choice('contract', { 1: 'OneWay', 7: 'EventHub', 8: 'Webhook' }),
    choice('authtype', { 4: 'WebhookKey', 5: 'HttpHeader', 6: 'HttpQueryString' }),
    choice('messageformat', { 1: 'BinaryXML', 2: 'Json', 3: 'TextXML' }),
    string('authvalue', { max: 2048, secret: true }),
  ],
  defaults: { messageformat: 2 },
});

export const sdkmessage = defineTable({
  name: 'sdkmessage',
  primaryName: 'name',
  columns: [readOnly(string('name'))],
});

export const sdkmessagefilter = defineTable({
  name: 'sdkmessagefilter',
  primaryName: 'primaryobjecttypecode',
  columns: [readOnly(string('primaryobjecttypecode')), readOnly(lookup('sdkmessageid', 'sdkmessage'))],
});

/** What is done when a message is processed: here, sending it to an endpoint. */
export const sdkmessageprocessingstep = defineTable({
  name: 'sdkmessageprocessingstep',
  primaryName: 'name',
  columns: [
    string('name', { max: 256 }),
    string('description', { max: 256 }),
    choice('mode', { 0: 'Synchronous', 1: 'Asynchronous' }),
    choice('stage', { 10: 'Pre-validation', 20: 'Pre-operation', 40: 'Post-operation' }),
    integer('rank'),
    choice('supporteddeployment', { 0: 'Server Only' }),
    boolean('asyncautodelete'),
    memo('filteringattributes'),
    lookup('sdkmessageid', 'sdkmessage'),
    lookup('sdkmessagefilterid', 'sdkmessagefilter'),
    lookup('eventhandler', 'serviceendpoint'),
  ],
  bind: { eventhandler_serviceendpoint: { column: 'eventhandler', target: 'serviceendpoint' } },
  states: {
    Enabled: { 1: 'Enabled' },
    Disabled: { 2: 'Disabled' },
  },
  defaults: { statecode: 0, statuscode: 1, rank: 1, supporteddeployment: 0, asyncautodelete: false },
});

/** A system job: each push is one. */
export const asyncoperation = defineTable({
  name: 'asyncoperation',
  primaryName: 'name',
  columns: [
    string('name', { max: 256 }),
    memo('message'),
    integer('errorcode'),
    string('messagename'),
    datetime('completedon'),
    lookup('owningextensionid', 'sdkmessageprocessingstep'),
    lookup('regardingobjectid', 'lead', 'contact', 'account', 'opportunity'),
  ],
  states: {
    Ready: { 0: 'Waiting For Resources' },
    Suspended: {},
    Locked: { 20: 'In Progress' },
    Completed: { 30: 'Succeeded', 31: 'Failed' },
  },
  defaults: { statecode: 0, statuscode: 0 },
});

/** What Sales' own assignment rules did. Source: msdyn_salesroutingrun. */
export const salesroutingrun = defineTable({
  name: 'msdyn_salesroutingrun',
  primaryName: 'msdyn_name',
  columns: [
    string('msdyn_name'),
    boolean('msdyn_isrecordassigned'),
    lookup('msdyn_assignmentruleid', 'msdyn_assignmentrule'),
    lookup('msdyn_segmentid', 'msdyn_segment'),
    lookup('msdyn_targetobject', 'lead', 'opportunity'),
    lookup('msdyn_ownerassigned', 'systemuser', 'team'),
    lookup('msdyn_previousowner', 'systemuser', 'team'),
  ],
  states: {
    Inprogress: { 1: 'In progress' },
    Succeeded: { 2: 'Owner assigned' },
    Failed: { 4: 'Record meets no condition', 6: 'No availability', 9: 'Assigned manually' },
  },
  defaults: { statecode: 0, statuscode: 1, msdyn_isrecordassigned: false },
});

export const assignmentrule = defineTable({
  name: 'msdyn_assignmentrule',
  primaryName: 'msdyn_name',
  columns: [string('msdyn_name', { max: 200 })],
});

export const segment = defineTable({
  name: 'msdyn_segment',
  primaryName: 'msdyn_name',
  columns: [string('msdyn_name', { max: 200 })],
});
