import {
  boolean,
  choice,
  datetime,
  defineTable,
  integer,
  lookup,
  memo,
  money,
  readOnly,
  string,
} from './column.ts';

const SOURCES = {
  1: 'Advertisement',
  2: 'Employee Referral',
  3: 'External Referral',
  4: 'Partner',
  5: 'Public Relations',
  6: 'Seminar',
  7: 'Trade Show',
  8: 'Web',
  9: 'Word of Mouth',
  10: 'Other',
};

const INDUSTRIES = {
  1: 'Accounting',
  8: 'Consulting',
  19: 'Insurance',
  24: 'Manufacturing',
  33: 'Wholesale',
};

const ADDRESS = ['city', 'county', 'line1', 'line2', 'line3'].map((part) =>
  string(`address1_${part}`, { max: 250 }),
);

/** Fairlead's columns: there only where its solution is installed. */
const SOLUTION = [
  memo('fairlead_reason', { max: 100_000, ofSolution: true }),
  string('fairlead_decision', { ofSolution: true }),
  string('fairlead_rule', { max: 255, ofSolution: true }),
  string('fairlead_pool', { max: 255, ofSolution: true }),
  datetime('fairlead_decidedat', { ofSolution: true }),
];

/** A lead. Reasons of the states: 1 and 2 open, 3 qualified, 4 to 7 disqualified. */
export const lead = defineTable({
  name: 'lead',
  primaryName: 'fullname',
  owned: true,
  changeTracking: true,
  columns: [
    string('subject', { max: 300 }),
    string('firstname', { max: 50 }),
    string('lastname', { max: 50 }),
    readOnly(string('fullname', { max: 160 })),
    string('companyname'),
    string('jobtitle'),
    string('emailaddress1'),
    string('emailaddress2'),
    string('telephone1', { max: 50 }),
    string('mobilephone', { max: 20 }),
    string('websiteurl', { max: 200 }),
    ...ADDRESS,
    string('address1_stateorprovince', { max: 50 }),
    string('address1_postalcode', { max: 20 }),
    string('address1_country', { max: 80 }),
    choice('industrycode', INDUSTRIES),
    integer('numberofemployees'),
    money('revenue'),
    choice('leadsourcecode', SOURCES),
    choice('leadqualitycode', { 1: 'Hot', 2: 'Warm', 3: 'Cold' }),
    memo('description', { max: 2000 }),
    boolean('donotemail'),
    readOnly(boolean('merged')),
    readOnly(lookup('masterid', 'lead')),
    lookup('campaignid', 'campaign'),
    lookup('parentaccountid', 'account'),
    lookup('parentcontactid', 'contact'),
    readOnly(lookup('qualifyingopportunityid', 'opportunity')),
    ...SOLUTION,
  ],
  states: {
    Open: { 1: 'New', 2: 'Contacted' },
    Qualified: { 3: 'Qualified' },
    Disqualified: { 4: 'Lost', 5: 'Cannot Contact', 6: 'No Longer Interested', 7: 'Canceled' },
  },
  defaults: { statecode: 0, statuscode: 1, merged: false, donotemail: false },
});
