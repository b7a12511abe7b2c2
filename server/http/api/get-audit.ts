import { z } from 'zod';
import { AUDIT_ACTIONS, type AuditAction } from '../../assignments/audit/actions.ts';
import { defineEndpoint } from '../endpoint.ts';
import { auditFilter } from '../schemas/audit.ts';
import { instant } from '../schemas/common.ts';

const count = z.coerce.number('must be a whole number').int('must be a whole number').min(1);

/** Who changed what, newest first. */
export const getAudit = defineEndpoint({
  method: 'get',
  path: '/api/v1/audit',
  needs: 'read',
  summary: 'List who changed what, newest first',
  query: auditFilter.extend({
    limit: count.max(500).default(100).describe('How many; at most 500.'),
    before: count.optional().describe('The `next` of the page before.'),
  }),
  reply: z.object({
    lines: z
      .array(
        z
          .object({
            seq: z.int(),
            at: instant,
            who: z.string().describe('`key:<name>`, a person, `console`, or `service`.'),
            action: z.string().describe('A stable word.'),
            words: z.string().describe('The same for people.'),
            subject: z.string().nullable().describe('The id of what was changed; null: the workspace.'),
            outcome: z
              .enum(['done', 'unknown'])
              .describe('`unknown`: begun, and whether it was done nobody knows.'),
          })
          .meta({ id: 'AuditLine' }),
      )
      .readonly(),
    next: z.int().nullable().describe('Give it as `before`; null: the last page.'),
    actions: z.record(z.string(), z.string()).describe('Every word there is, and what it means.'),
  }),
  handle: async ({ caller, query }, { audit }) => {
    const { limit, before = null, ...filter } = query;
    const lines = await audit.list(caller.tenantId, filter, { limit, before });
    return {
      lines: lines.map((line) => ({ ...line, words: wordsOf(line.action) })),
      next: lines.length < limit ? null : (lines.at(-1)?.seq ?? null),
      actions: AUDIT_ACTIONS,
    };
  },
});

/** What was written by a later version has no words here. */
const wordsOf = (action: string): string => AUDIT_ACTIONS[action as AuditAction] ?? action;
