import type { ObjectName } from '../types.ts';
import { parsed } from '../writes/check.ts';
import { mergeRows } from '../writes/merge.ts';
import { merge } from '../writes/schemas.ts';
import { type Endpoint, ok } from './endpoint.ts';

const endpoint = (object: ObjectName, path: string, scope: string): Endpoint => ({
  version: 'v1',
  method: 'PUT',
  path,
  scopes: [scope],
  cost: 'write',
  // The one in the body is not overwritten and lives on.
  run: ({ account, by, params, body }) =>
    ok(mergeRows(account, object, parsed(merge, body).merge_with_id, Number(params.id), by)),
});

export const MERGES: readonly Endpoint[] = [
  endpoint('person', '/persons/{id}/merge', 'contacts:full'),
  endpoint('organization', '/organizations/{id}/merge', 'contacts:full'),
  endpoint('deal', '/deals/{id}/merge', 'deals:full'),
];
