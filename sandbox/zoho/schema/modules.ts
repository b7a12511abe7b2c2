import { type FieldDef, field, system } from './field.ts';

/** A module of the CRM and its fields, by API name. */
export interface ModuleDef {
  readonly api_name: string;
  /** What a record is called in lists. */
  readonly nameField: string;
  readonly fields: readonly FieldDef[];
}

const OWNED: readonly FieldDef[] = [
  field('Owner', 'ownerlookup'),
  system('Created_By', 'ownerlookup'),
  system('Modified_By', 'ownerlookup'),
  system('Created_Time', 'datetime'),
  system('Modified_Time', 'datetime'),
];
const LISTED: readonly FieldDef[] = [
  ...OWNED,
  system('Last_Activity_Time', 'datetime'),
  system('Locked__s', 'boolean'),
  field('Description', 'textarea'),
];
const PERSON: readonly FieldDef[] = [
  field('First_Name'),
  field('Last_Name', 'text', { mandatory: true, length: 80 }),
  system('Full_Name', 'text'),
  field('Email', 'email'),
  field('Secondary_Email', 'email'),
  field('Phone', 'phone'),
  field('Mobile', 'phone'),
  field('Lead_Source', 'picklist'),
];
const ADDRESS = (prefix: string): readonly FieldDef[] =>
  ['Street', 'City', 'State', 'Country'].map((name) => field(`${prefix}${name}`));
/** What an activity is about: a person, or anything else. */
const ABOUT: readonly FieldDef[] = [
  field('Subject', 'text', { mandatory: true }),
  field('Who_Id', 'lookup', { module: 'Contacts' }),
  field('What_Id', 'multi_module_lookup'),
  field('$se_module'),
];

/** Fairlead's own fields, which an administrator makes. The key is unique, so that upserts go by it. */
export const FAIRLEAD_FIELDS: readonly FieldDef[] = [
  field('Fairlead_Reason', 'textarea', { custom: true }),
  field('Fairlead_Decision', 'text', { custom: true }),
  field('Fairlead_Rule', 'text', { custom: true }),
  field('Fairlead_Pool', 'text', { custom: true }),
  field('Fairlead_Decided_At', 'datetime', { custom: true }),
  field('Fairlead_Key', 'text', { custom: true, unique: true }),
];

const MODULES: readonly ModuleDef[] = [
  {
    api_name: 'Leads',
    nameField: 'Full_Name',
    fields: [
      ...LISTED,
      ...PERSON,
      field('Company', 'text', { length: 200 }),
      field('Designation'),
      field('Website', 'website'),
      field('Lead_Status', 'picklist'),
      field('Industry', 'picklist'),
      field('Rating', 'picklist'),
      field('No_of_Employees', 'integer'),
      field('Annual_Revenue', 'currency'),
      ...ADDRESS(''),
      field('Zip_Code'),
      field('Language', 'text', { custom: true }),
      system('Converted__s', 'boolean'),
      system('Converted_Account', 'lookup', 'Accounts'),
      system('Converted_Contact', 'lookup', 'Contacts'),
      system('Converted_Deal', 'lookup', 'Deals'),
      system('Converted_Date_Time', 'datetime'),
    ],
  },
  {
    api_name: 'Contacts',
    nameField: 'Full_Name',
    fields: [
      ...LISTED,
      ...PERSON,
      field('Account_Name', 'lookup', { module: 'Accounts' }),
      ...ADDRESS('Mailing_'),
      field('Mailing_Zip'),
    ],
  },
  {
    api_name: 'Accounts',
    nameField: 'Account_Name',
    fields: [
      ...LISTED,
      field('Account_Name', 'text', { mandatory: true, length: 200 }),
      field('Website', 'website'),
      field('Phone', 'phone'),
      field('Industry', 'picklist'),
      field('Employees', 'integer'),
      ...ADDRESS('Billing_'),
      field('Billing_Code'),
    ],
  },
  {
    api_name: 'Deals',
    nameField: 'Deal_Name',
    fields: [
      ...LISTED,
      field('Deal_Name', 'text', { mandatory: true, length: 120 }),
      field('Stage', 'picklist', { mandatory: true }),
      field('Amount', 'currency'),
      field('Closing_Date', 'date'),
      field('Lead_Source', 'picklist'),
      field('Account_Name', 'lookup', { module: 'Accounts' }),
      field('Contact_Name', 'lookup', { module: 'Contacts' }),
    ],
  },
  {
    api_name: 'Tasks',
    nameField: 'Subject',
    fields: [
      ...OWNED,
      ...ABOUT,
      field('Description', 'textarea'),
      field('Due_Date', 'date'),
      field('Status', 'picklist'),
      field('Priority', 'picklist'),
    ],
  },
  {
    api_name: 'Calls',
    nameField: 'Subject',
    fields: [
      ...OWNED,
      ...ABOUT,
      field('Call_Type', 'picklist'),
      field('Call_Start_Time', 'datetime'),
      field('Call_Duration'),
    ],
  },
  {
    api_name: 'Events',
    nameField: 'Event_Title',
    fields: [
      ...OWNED,
      ...ABOUT.filter(({ api_name }) => api_name !== 'Subject'),
      field('Event_Title', 'text', { mandatory: true }),
      field('Start_DateTime', 'datetime'),
      field('End_DateTime', 'datetime'),
    ],
  },
  {
    api_name: 'Notes',
    nameField: 'Note_Title',
    fields: [
      ...OWNED,
      field('Note_Title', 'text', { length: 120 }),
      field('Note_Content', 'textarea', { mandatory: true }),
      field('Parent_Id', 'multi_module_lookup', { mandatory: true }),
    ],
  },
];

/** Modules Fairlead's fields can be on. */
const WITH_FAIRLEAD = new Set(['Leads', 'Contacts', 'Accounts', 'Deals']);

export const MODULE_NAMES: readonly string[] = MODULES.map(({ api_name }) => api_name);

/** What an app sees of an org. */
export interface Visibility {
  readonly fairleadFields: boolean;
  /** Fields among them are gone for everybody: `Leads.Language`. */
  readonly hidden: ReadonlySet<string>;
}

const PLAIN: ReadonlyMap<string, ModuleDef> = new Map(MODULES.map((module) => [module.api_name, module]));
const EXTENDED: ReadonlyMap<string, ModuleDef> = new Map(
  MODULES.map((module) => {
    const more = WITH_FAIRLEAD.has(module.api_name) ? FAIRLEAD_FIELDS : [];
    return [module.api_name, { ...module, fields: [...module.fields, ...more] }];
  }),
);

/** The module of that API name as an org has it; undefined: it has none. Asked for each record that is read. */
export const moduleNamed = (name: string, { fairleadFields, hidden }: Visibility): ModuleDef | undefined => {
  const found = (fairleadFields ? EXTENDED : PLAIN).get(name);
  if (found === undefined || hidden.size === 0) return found;
  return { ...found, fields: found.fields.filter(({ api_name }) => !hidden.has(`${name}.${api_name}`)) };
};
