import { z } from 'zod';
import { timezone } from '../../routing/policy/scalars.ts';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { leadsAuditView } from '../schemas/leads-audit.ts';

/** Bytes of a file: some hundred thousand leads. */
const LIMIT = 16 * 1024 * 1024;
const column = z.string().trim().min(1, 'must name a column').max(200);

/** Throws `invalid_request` where the bytes are no UTF-8, which a lenient reader would garble. */
const utf8 = (raw: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    throw problem('invalid_request', 'The file is not text in UTF-8: save it as CSV UTF-8.');
  }
};

/** How unevenly leads went to their owners, before anything is connected. Nothing is kept. */
export const postAudit = defineEndpoint({
  method: 'post',
  path: '/api/v1/leads/audit',
  needs: 'read',
  summary: 'Tell how evenly the leads of a CSV file went to their owners; nothing of it is kept',
  cost: 'expensive',
  limit: LIMIT,
  query: z.strictObject({
    owner: column.default('owner').describe('The column that says who had the lead.'),
    at: column.default('arrived_at').describe('The column that says when it came: a moment, or a day.'),
    timezone: timezone.default('UTC').describe('The zone that hours of the day are told in.'),
  }),
  body: z.string('must be text/csv').describe('CSV in UTF-8; the first line names the columns.'),
  alsoTakes: { 'text/csv': utf8 },
  reply: leadsAuditView,
  problems: ['invalid_csv', 'took_too_long'],
  changes: 'nothing',
  handle: ({ query: { owner, at, timezone }, body, signal }, { past }) =>
    past.audit({ text: body, columns: { owner, at }, timezone }, signal),
});
