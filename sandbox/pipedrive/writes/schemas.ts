import { z } from 'zod';

/** Custom fields have keys of 40 hexadecimal digits. */
export const CUSTOM_KEY = /^[0-9a-f]{40}$/;

const id = z.int().min(1);
const uuid = z.uuid();
const date = z.iso.date();
const flag = z.union([z.literal(0), z.literal(1)]);
const visibleTo = z.enum(['1', '3', '5', '7']);
const visibleToNumber = z.union([z.literal(1), z.literal(3), z.literal(5), z.literal(7)]);
const money = z.strictObject({ amount: z.number(), currency: z.string().length(3) });
const customFields = z.record(z.string().regex(CUSTOM_KEY), z.unknown());
const channel = z.array(
  z.strictObject({
    value: z.string(),
    primary: z.boolean().optional(),
    label: z.string().optional(),
  }),
);
const address = z.strictObject({
  value: z.string().optional(),
  country: z.string().nullish(),
  admin_area_level_1: z.string().nullish(),
  admin_area_level_2: z.string().nullish(),
  locality: z.string().nullish(),
  sublocality: z.string().nullish(),
  route: z.string().nullish(),
  street_number: z.string().nullish(),
  postal_code: z.string().nullish(),
});

const leadOptional = {
  owner_id: id.optional(),
  label_ids: z.array(uuid).optional(),
  value: money.nullish(),
  expected_close_date: date.nullish(),
  visible_to: visibleTo.optional(),
  was_seen: z.boolean().optional(),
  channel: id.nullish(),
  channel_id: z.string().max(255).nullish(),
};

/** A lead as the API takes it, its custom fields aside. A lead keeps the origin id it was made with. */
export const newLead = z
  .strictObject({
    title: z.string().min(1),
    person_id: id.optional(),
    organization_id: id.optional(),
    origin_id: z.string().max(255).nullish(),
    ...leadOptional,
  })
  .refine(({ person_id, organization_id }) => person_id !== undefined || organization_id !== undefined, {
    message: 'A lead must be associated with either a person or an organization',
  });

export const leadChange = z.strictObject({
  title: z.string().min(1).optional(),
  person_id: id.nullish(),
  organization_id: id.nullish(),
  is_archived: z.boolean().optional(),
  ...leadOptional,
});

const personOptional = {
  owner_id: id.optional(),
  org_id: id.nullish(),
  emails: channel.optional(),
  phones: channel.optional(),
  visible_to: visibleToNumber.optional(),
  label_ids: z.array(id).optional(),
  job_title: z.string().nullish(),
  custom_fields: customFields.optional(),
};
export const newPerson = z.strictObject({ name: z.string().min(1), ...personOptional });
export const personChange = z.strictObject({ name: z.string().min(1).optional(), ...personOptional });

const organizationOptional = {
  owner_id: id.optional(),
  visible_to: visibleToNumber.optional(),
  label_ids: z.array(id).optional(),
  address: address.nullish(),
  website: z.string().nullish(),
  industry: z.int().nullish(),
  annual_revenue: z.number().nullish(),
  employee_count: z.int().nullish(),
  custom_fields: customFields.optional(),
};
export const newOrganization = z.strictObject({ name: z.string().min(1), ...organizationOptional });
export const organizationChange = z.strictObject({
  name: z.string().min(1).optional(),
  ...organizationOptional,
});

const dealOptional = {
  owner_id: id.optional(),
  person_id: id.nullish(),
  org_id: id.nullish(),
  pipeline_id: id.optional(),
  stage_id: id.optional(),
  value: z.number().optional(),
  currency: z.string().length(3).optional(),
  status: z.enum(['open', 'won', 'lost']).optional(),
  lost_reason: z.string().nullish(),
  is_archived: z.boolean().optional(),
  visible_to: visibleToNumber.optional(),
  label_ids: z.array(id).optional(),
  expected_close_date: date.nullish(),
  custom_fields: customFields.optional(),
};
export const newDeal = z.strictObject({ title: z.string().min(1), ...dealOptional });
export const dealChange = z.strictObject({ title: z.string().min(1).optional(), ...dealOptional });

const activityOptional = {
  subject: z.string().optional(),
  type: z.string().optional(),
  owner_id: id.optional(),
  deal_id: id.nullish(),
  lead_id: uuid.nullish(),
  person_id: id.nullish(),
  org_id: id.nullish(),
  due_date: date.optional(),
  due_time: z
    .string()
    .regex(/^\d{2}:\d{2}(:\d{2})?$/)
    .optional(),
  duration: z.string().optional(),
  busy: z.boolean().optional(),
  done: z.boolean().optional(),
  public_description: z.string().optional(),
  note: z.string().optional(),
};
export const activityWrite = z.strictObject(activityOptional);

const pins = {
  pinned_to_lead_flag: flag.optional(),
  pinned_to_deal_flag: flag.optional(),
  pinned_to_person_flag: flag.optional(),
  pinned_to_organization_flag: flag.optional(),
};
const noteTargets = {
  lead_id: uuid.optional(),
  deal_id: id.optional(),
  person_id: id.optional(),
  org_id: id.optional(),
};
export const newNote = z
  .strictObject({ content: z.string().min(1), user_id: id.optional(), ...noteTargets, ...pins })
  .refine((note) => Object.keys(noteTargets).some((name) => name in note), {
    message: 'One of deal_id, lead_id, person_id or org_id must be set',
  });
export const noteChange = z.strictObject({
  content: z.string().min(1).optional(),
  user_id: id.optional(),
  ...noteTargets,
  ...pins,
});

export const newWebhook = z.strictObject({
  subscription_url: z.url(),
  event_action: z.enum(['create', 'change', 'delete', '*']),
  event_object: z.enum([
    'activity',
    'deal',
    'lead',
    'note',
    'organization',
    'person',
    'pipeline',
    'product',
    'stage',
    'user',
    '*',
  ]),
  name: z.string().min(1).max(255),
  user_id: id.optional(),
  http_auth_user: z.string().max(255).nullish(),
  http_auth_password: z.string().max(255).nullish(),
  version: z.enum(['1.0', '2.0']).optional(),
});

export const merge = z.strictObject({ merge_with_id: id });
export const conversion = z.strictObject({ stage_id: id.optional(), pipeline_id: id.optional() });
