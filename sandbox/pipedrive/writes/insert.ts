import { randomUUID } from 'node:crypto';
import { type Account, nextNumber } from '../account.ts';
import { addRow } from '../rows.ts';
import type { Actor, ObjectName, Row, Values } from '../types.ts';
import { checkPointers, given } from './check.ts';

/** What the API itself puts on new things. `via`: leads say how they came. */
const DEFAULTS: Readonly<
  Record<Exclude<ObjectName, 'user'>, (by: Actor) => Readonly<Record<string, unknown>>>
> = {
  lead: ({ userId, via }) => ({
    title: '',
    owner_id: userId,
    creator_id: userId,
    label_ids: [],
    person_id: null,
    organization_id: null,
    source_name: via === 'api' ? 'API' : 'Manually created',
    origin: via === 'api' ? 'API' : 'ManuallyCreated',
    origin_id: null,
    channel: null,
    channel_id: null,
    source_deal_id: null,
    is_archived: false,
    was_seen: false,
    value: null,
    expected_close_date: null,
    next_activity_id: null,
    visible_to: '3',
    cc_email: '',
  }),
  person: ({ userId }) => ({
    name: '',
    first_name: '',
    last_name: '',
    owner_id: userId,
    org_id: null,
    emails: [],
    phones: [],
    is_deleted: false,
    visible_to: 3,
    label_ids: [],
    picture_id: null,
    custom_fields: {},
  }),
  organization: ({ userId }) => ({
    name: '',
    owner_id: userId,
    is_deleted: false,
    visible_to: 3,
    address: null,
    label_ids: [],
    website: null,
    linkedin: null,
    industry: null,
    annual_revenue: null,
    employee_count: null,
    custom_fields: {},
  }),
  deal: ({ userId, via }) => ({
    title: '',
    owner_id: userId,
    creator_user_id: userId,
    person_id: null,
    org_id: null,
    pipeline_id: 1,
    stage_id: 1,
    value: 0,
    currency: 'EUR',
    stage_change_time: null,
    is_deleted: false,
    is_archived: false,
    status: 'open',
    probability: null,
    lost_reason: null,
    visible_to: 3,
    close_time: null,
    won_time: null,
    lost_time: null,
    expected_close_date: null,
    label_ids: [],
    origin: via === 'api' ? 'API' : 'ManuallyCreated',
    origin_id: null,
    channel: null,
    channel_id: null,
    source_lead_id: null,
    custom_fields: {},
  }),
  activity: ({ userId }) => ({
    subject: 'Call',
    type: 'call',
    owner_id: userId,
    creator_user_id: userId,
    is_deleted: false,
    deal_id: null,
    lead_id: null,
    person_id: null,
    org_id: null,
    project_id: null,
    due_date: null,
    due_time: null,
    duration: null,
    busy: false,
    done: false,
    marked_as_done_time: null,
    location: null,
    participants: [],
    attendees: [],
    conference_meeting_client: null,
    conference_meeting_url: null,
    conference_meeting_id: null,
    public_description: null,
    priority: null,
    note: null,
  }),
  note: ({ userId }) => ({
    content: '',
    active_flag: true,
    user_id: userId,
    last_update_user_id: null,
    lead_id: null,
    deal_id: null,
    person_id: null,
    org_id: null,
    pinned_to_lead_flag: false,
    pinned_to_deal_flag: false,
    pinned_to_person_flag: false,
    pinned_to_organization_flag: false,
  }),
};

/** Names are split as the interface does: the last word is the last name. */
const namesOf = (name: unknown): Values => {
  const words = String(name ?? '').split(' ');
  return {
    first_name: words.slice(0, -1).join(' ') || words[0],
    last_name: words.length > 1 ? words.at(-1) : '',
  };
};

/** The one e-mail address that is marked so is the first, where none is. */
const withPrimary = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if ((name !== 'emails' && name !== 'phones') || !Array.isArray(value)) return [name, value];
      const some = value.some(({ primary }) => primary === true);
      return [
        name,
        value.map((one, index) => ({
          label: 'work',
          ...one,
          primary: some ? one.primary === true : index === 0,
        })),
      ];
    }),
  );

/** Flags come as 0 and 1 and are answered as booleans. */
const withFlags = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name.startsWith('pinned_to_') ? value === 1 : value,
    ]),
  );

/** Values as they are stored. */
export const stored = (object: ObjectName, values: Values): Values => {
  const set = given(values);
  if (object === 'note') return withFlags(set);
  if (object !== 'person') return set;
  return { ...withPrimary(set), ...('name' in set ? namesOf(set.name) : {}) };
};

/** Makes a thing. Throws PipedriveError 400 where it points at what is not there. */
export const insert = (
  account: Account,
  object: Exclude<ObjectName, 'user'>,
  values: Values,
  by: Actor,
): Row => {
  checkPointers(account, values);
  const id = object === 'lead' ? randomUUID() : nextNumber(account, object);
  const row: Row = { ...DEFAULTS[object](by), ...stored(object, values), id };
  if (object !== 'lead') return addRow(account, object, row, by);
  return addRow(account, object, { ...row, cc_email: `${account.domain}+lead${id}@pipedrivemail.com` }, by);
};
