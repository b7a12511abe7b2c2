import { z } from 'zod';
import { FINDING_CODES, SEVERITIES } from '../../routing/check/finding.ts';
import { defineEndpoint } from '../endpoint.ts';
import { policyBody, Written } from '../policy-body.ts';

const finding = z.object({
  severity: z.enum(SEVERITIES),
  code: z.enum(FINDING_CODES),
  rules: z.array(z.string()).describe('The rule it is about, then those that make it so.'),
  pool: z.string().optional(),
  rep: z.string().optional(),
  message: z.string(),
  witness: z.record(z.string(), z.unknown()).nullable().describe('A lead that shows it, by field.'),
  at: z.string().nullable().describe('When that lead arrives.'),
});

/** Proves what is wrong with a draft of a policy. */
export const checkPolicy = defineEndpoint({
  method: 'post',
  path: '/api/v1/policy/check',
  cost: 'expensive',
  needs: 'read',
  summary: 'Check a policy without publishing it, as JSON or YAML',
  ...policyBody,
  query: z.object({
    volume: z.coerce.number().int().min(0).optional().describe('Leads a month that the caps must take.'),
  }),
  reply: z.object({ findings: z.array(finding) }),
  problems: ['malformed_yaml', 'took_too_long'],
  changes: 'nothing',
  handle: async ({ body, query, caller, signal }, { useCases }) => {
    const { findings } = await useCases.checkPolicy({
      tenantId: caller.tenantId,
      document: body instanceof Written ? body.document : body,
      volume: query.volume,
      signal,
    });
    return { findings: findings.map((one) => ({ ...one, rules: [...one.rules] })) };
  },
});
