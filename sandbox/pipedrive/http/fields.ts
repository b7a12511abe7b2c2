import type { FieldOwner } from '../account.ts';
import type { Endpoint } from './endpoint.ts';
import { onlyKnown, pageByCursor } from './paging.ts';

/** Fields every company has, by the code the API knows them by. */
const STANDARD: Readonly<Record<FieldOwner, readonly string[]>> = {
  deal: ['title', 'value', 'currency', 'owner_id', 'person_id', 'org_id', 'status', 'expected_close_date'],
  person: ['name', 'emails', 'phones', 'owner_id', 'org_id', 'job_title'],
  organization: ['name', 'address', 'owner_id', 'website', 'industry', 'annual_revenue', 'employee_count'],
};

const view = (field_code: string, field_name: string, custom: boolean) => ({
  field_name,
  field_code,
  description: null,
  field_type: 'varchar',
  options: null,
  subfields: null,
  is_custom_field: custom,
  is_optional_response_field: false,
});

const list = (object: FieldOwner, scopes: readonly string[]): Endpoint => ({
  version: 'v2',
  method: 'GET',
  path: `/${object}Fields`,
  scopes,
  cost: 'list',
  run: ({ account, query }) => {
    onlyKnown(query, ['limit', 'cursor', 'include_fields']);
    const own = [...account.fields[object]].map(([code, name]) => view(code, name, true));
    return pageByCursor([...STANDARD[object].map((code) => view(code, code, false)), ...own], query);
  },
});

/** What fields a company's things have; leads have those of deals. */
export const FIELDS: readonly Endpoint[] = [
  list('deal', ['deals:read', 'deals:full', 'admin']),
  list('person', ['contacts:read', 'contacts:full', 'admin']),
  list('organization', ['contacts:read', 'contacts:full', 'admin']),
];
