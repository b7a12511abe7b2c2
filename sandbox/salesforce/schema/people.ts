import {
  dateTime,
  email,
  flag,
  longText,
  phone,
  picklist,
  READ_ONLY,
  reference,
  text,
  url,
} from './field.ts';
import { defineObject, NO_RECYCLE_BIN } from './object.ts';

export const USER = defineObject(
  'User',
  '005',
  [
    text('Username', 80, { required: true }),
    text('LastName', 80, { required: true }),
    text('FirstName', 40),
    text('Name', 121, READ_ONLY),
    text('Alias', 8),
    email('Email', { required: true }),
    phone('Phone'),
    text('Title', 80),
    text('Department', 80),
    flag('IsActive', { defaultValue: true }),
    picklist('UserType', ['Standard', 'PowerPartner', 'CspLitePortal', 'AutomatedProcess', 'Guest'], {
      ...READ_ONLY,
      defaultValue: 'Standard',
    }),
    text('TimeZoneSidKey', 40, { defaultValue: 'America/New_York' }),
    text('LocaleSidKey', 40, { defaultValue: 'en_US' }),
    text('LanguageLocaleKey', 40, { defaultValue: 'en_US' }),
    text('FederationIdentifier', 512),
    text('ProfileId', 18),
    text('UserRoleId', 18),
    reference('ManagerId', ['User'], 'Manager'),
    url('SmallPhotoUrl', READ_ONLY),
  ],
  { system: NO_RECYCLE_BIN },
);

/** A place in the hierarchy, above others. */
export const USER_ROLE = defineObject(
  'UserRole',
  '00E',
  [text('Name', 80, { required: true }), text('DeveloperName', 80), text('ParentRoleId', 18)],
  { system: NO_RECYCLE_BIN.filter((name) => !name.startsWith('Created')) },
);

/** A queue is a group of type Queue. */
export const GROUP = defineObject(
  'Group',
  '00G',
  [
    text('Name', 40, { required: true }),
    text('DeveloperName', 80),
    picklist('Type', ['Queue', 'Regular', 'Role', 'RoleAndSubordinates', 'Organization'], { required: true }),
    email('Email'),
    flag('DoesSendEmailToMembers'),
    text('RelatedId', 18, READ_ONLY),
  ],
  { system: NO_RECYCLE_BIN },
);

/** The kinds of records a queue may own. */
export const QUEUE_SOBJECT = defineObject(
  'QueueSobject',
  '03g',
  [
    reference('QueueId', ['Group'], 'Queue', { required: true, updateable: false }),
    picklist('SobjectType', ['Lead', 'Case', 'Task'], { required: true, updateable: false }),
  ],
  { system: ['Id', 'CreatedById', 'SystemModstamp'] },
);

export const GROUP_MEMBER = defineObject(
  'GroupMember',
  '011',
  [
    reference('GroupId', ['Group'], 'Group', { required: true, updateable: false }),
    reference('UserOrGroupId', ['User', 'Group'], 'UserOrGroup', { required: true, updateable: false }),
  ],
  { system: ['Id', 'SystemModstamp'] },
);

/** What a person set as "out of office": who, from when, until when. */
export const OUT_OF_OFFICE = defineObject('OutOfOffice', '0oO', [
  reference('UserId', ['User'], 'User', { required: true }),
  dateTime('StartDate'),
  dateTime('EndDate'),
  flag('IsEnabled', { defaultValue: true }),
  longText('Message', 1000),
]);
