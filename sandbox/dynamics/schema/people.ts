import { boolean, choice, defineTable, guid, integer, lookup, memo, readOnly, string } from './column.ts';

export const systemuser = defineTable({
  name: 'systemuser',
  primaryName: 'fullname',
  columns: [
    string('firstname', { max: 256 }),
    string('lastname', { max: 256 }),
    string('fullname', { max: 200 }),
    string('internalemailaddress'),
    string('domainname', { max: 1024 }),
    guid('azureactivedirectoryobjectid'),
    guid('applicationid'),
    boolean('isdisabled'),
    choice('accessmode', {
      0: 'Read-Write',
      1: 'Administrative',
      2: 'Read',
      3: 'Support User',
      4: 'Non-interactive',
      5: 'Delegated Admin',
    }),
    lookup('parentsystemuserid', 'systemuser'),
    lookup('businessunitid', 'businessunit'),
    readOnly(lookup('calendarid', 'calendar')),
    string('title', { max: 128 }),
  ],
  defaults: { isdisabled: false, accessmode: 0 },
});

/** When a person works. The rules lie below it; what comes of them is asked for. */
export const calendar = defineTable({
  name: 'calendar',
  primaryName: 'name',
  columns: [
    string('name', { max: 160 }),
    lookup('businessunitid', 'businessunit'),
    // Not a column of Dataverse: the work hours and time off that the rules make, as JSON.
    memo('sandbox_hours'),
  ],
});

/** A person's settings; the row's id is the user's. */
export const usersettings = defineTable({
  name: 'usersettings',
  entitySet: 'usersettingscollection',
  primaryId: 'systemuserid',
  primaryName: 'systemuserid',
  columns: [integer('timezonecode'), integer('uilanguageid')],
});

export const team = defineTable({
  name: 'team',
  primaryName: 'name',
  columns: [
    string('name', { max: 160 }),
    choice('teamtype', { 0: 'Owner', 1: 'Access', 2: 'Security Group', 3: 'Office Group' }),
    boolean('isdefault'),
    lookup('businessunitid', 'businessunit'),
    lookup('administratorid', 'systemuser'),
    // Not a column of Dataverse: whether a security role of the team lets it own leads.
    boolean('sandbox_hasroles'),
  ],
  defaults: { teamtype: 0, isdefault: false, sandbox_hasroles: true },
});

/** Who is in which team: an intersect table. */
export const teammembership = defineTable({
  name: 'teammembership',
  entitySet: 'teammemberships',
  primaryName: 'teammembershipid',
  columns: [guid('systemuserid'), guid('teamid')],
});

export const businessunit = defineTable({
  name: 'businessunit',
  primaryName: 'name',
  columns: [string('name', { max: 160 }), lookup('parentbusinessunitid', 'businessunit')],
});
