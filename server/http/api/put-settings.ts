import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { publishingRules } from '../schemas/policy.ts';

const switches = z.strictObject({
  mode: z
    .enum(['live', 'log_only'], 'must be live or log_only')
    .optional()
    .describe('`log_only`: decide, but write and send nothing.'),
  publishing: publishingRules
    .partial()
    .optional()
    .describe('How policies go live. Where two people publish, two have to ask for less than that.'),
  paused: z.boolean('must be true or false').optional().describe('No lead is decided while paused.'),
});

/** Switches of the tenant. What is not named stays. */
export const putSettings = defineEndpoint({
  method: 'put',
  path: '/api/v1/settings',
  needs: 'administer',
  summary: 'Switch between live and log-only, pause and resume',
  body: switches,
  reply: switches,
  problems: ['approval_needed'],
  changes: { action: 'settings.changed', subject: ({ body }) => Object.keys(body).join(', ') || null },
  handle: async ({ body, caller }, { useCases }) => {
    const who = { tenantId: caller.tenantId, by: caller.subject };
    // First what may be refused: then nothing else was changed.
    if (body.publishing !== undefined) await useCases.publishing.setRules({ ...who, rules: body.publishing });
    if (body.mode !== undefined) await useCases.setMode({ ...who, mode: body.mode });
    if (body.paused !== undefined) await useCases.setPaused({ ...who, paused: body.paused });
    return body;
  },
});
