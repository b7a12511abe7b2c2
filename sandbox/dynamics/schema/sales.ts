import { choice, defineTable, integer, lookup, memo, money, string } from './column.ts';

const ACTIVE = {
  states: {
    Active: { 1: 'Active' },
    Inactive: { 2: 'Inactive' },
  },
  defaults: { statecode: 0, statuscode: 1 },
} as const;

export const account = defineTable({
  name: 'account',
  primaryName: 'name',
  owned: true,
  changeTracking: true,
  columns: [
    string('name', { max: 160 }),
    string('websiteurl', { max: 200 }),
    string('emailaddress1'),
    string('telephone1', { max: 50 }),
    string('address1_country', { max: 80 }),
    integer('numberofemployees'),
    money('revenue'),
    memo('description', { max: 2000 }),
    lookup('originatingleadid', 'lead'),
  ],
  ...ACTIVE,
});

export const contact = defineTable({
  name: 'contact',
  primaryName: 'fullname',
  owned: true,
  changeTracking: true,
  columns: [
    string('firstname', { max: 50 }),
    string('lastname', { max: 50 }),
    string('fullname', { max: 160, readOnly: true }),
    string('emailaddress1'),
    string('telephone1', { max: 50 }),
    string('mobilephone', { max: 50 }),
    string('address1_country', { max: 80 }),
    memo('description', { max: 2000 }),
    lookup('originatingleadid', 'lead'),
    lookup('parentcustomerid', 'account', 'contact'),
  ],
  bind: { parentcustomerid_account: { column: 'parentcustomerid', target: 'account' } },
  ...ACTIVE,
});

export const opportunity = defineTable({
  name: 'opportunity',
  entitySet: 'opportunities',
  primaryName: 'name',
  owned: true,
  changeTracking: true,
  columns: [
    string('name', { max: 300 }),
    memo('description', { max: 2000 }),
    money('estimatedvalue'),
    choice('opportunityratingcode', { 1: 'Hot', 2: 'Warm', 3: 'Cold' }),
    lookup('originatingleadid', 'lead'),
    lookup('campaignid', 'campaign'),
    lookup('parentaccountid', 'account'),
    lookup('parentcontactid', 'contact'),
  ],
  states: {
    Open: { 1: 'In Progress', 2: 'On Hold' },
    Won: { 3: 'Won' },
    Lost: { 4: 'Canceled', 5: 'Out-Sold' },
  },
  defaults: { statecode: 0, statuscode: 1 },
});

export const campaign = defineTable({
  name: 'campaign',
  primaryName: 'name',
  owned: true,
  columns: [string('name', { max: 128 }), string('codename', { max: 32 })],
  ...ACTIVE,
});
