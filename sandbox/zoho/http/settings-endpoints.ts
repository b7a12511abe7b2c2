import { knownModule } from '../records/context.ts';
import type { FieldDef } from '../schema/field.ts';
import { type Call, type Endpoint, ok, type Reply, required } from './call.ts';

const fieldView = (def: FieldDef, index: number) => ({
  id: String(7_000_000_000_001 + index),
  api_name: def.api_name,
  field_label: def.api_name.replaceAll('_', ' '),
  display_label: def.api_name.replaceAll('_', ' '),
  data_type: def.data_type,
  json_type: def.data_type.endsWith('lookup')
    ? 'jsonobject'
    : def.data_type === 'boolean'
      ? 'boolean'
      : 'string',
  length: def.length,
  system_mandatory: def.mandatory,
  read_only: def.read_only,
  field_read_only: def.read_only,
  custom_field: def.custom,
  visible: true,
  type: 'used',
  unique: def.unique ? { casesensitive: 'false' } : {},
  operation_type: {
    web_update: !def.read_only,
    api_create: !def.read_only,
    web_create: !def.read_only,
    api_update: !def.read_only,
  },
});

const fields = (call: Call): Reply => {
  const module = knownModule(call.org, required(call, 'module'));
  return ok({ fields: module.fields.map(fieldView) });
};

const org = ({ org: found }: Call): Reply =>
  ok({
    org: [
      {
        id: found.id,
        zgid: found.id,
        company_name: found.name,
        domain_name: `org${found.id}`,
        time_zone: found.timezone,
        type: 'Production',
        license_details: {
          paid: found.edition !== 'free',
          paid_type: found.edition,
          users_license_purchased: found.users.size,
          paid_expiry: null,
          trial_type: null,
          trial_expiry: null,
          trial_action: null,
        },
      },
    ],
  });

export const SETTINGS_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: /^\/settings\/fields$/,
    kind: 'settings.fields',
    scope: ['settings.fields', 'READ'],
    run: fields,
  },
  { method: 'GET', path: /^\/org$/, kind: 'org', scope: ['org', 'READ'], run: org },
];
