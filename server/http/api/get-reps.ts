import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/** The directory of reps. */
export const getReps = defineEndpoint({
  method: 'get',
  path: '/api/v1/reps',
  needs: 'read',
  summary: 'Read the directory of reps',
  reply: z.array(z.unknown()).readonly(),
  handle: ({ caller }, { documents }) => documents.reps(caller.tenantId),
});
