import { z } from 'zod';

const moment = z.iso.datetime({ offset: true, error: 'must be a moment such as 2026-12-01T08:00:00Z' });
const action = z
  .string()
  .regex(
    /^[a-z_]+\.[a-z_]*$/,
    'must be an action such as policy.published, or the first part of some: policy.',
  );

/** Which lines of the audit log are asked for. */
export const auditFilter = z.strictObject({
  who: z.string().min(1).max(200).optional().describe('Exactly as a line says it.'),
  action: action.optional().describe('An action, or the first part of some with its dot: `policy.`'),
  without: action.optional().describe('The same, to be left out.'),
  from: moment.optional(),
  to: moment.optional().describe('Not included.'),
});
