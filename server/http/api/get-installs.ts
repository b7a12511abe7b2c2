import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

const question = z.object({
  name: z.string(),
  label: z.string(),
  example: z.string(),
  required: z.boolean(),
});

/** What can be connected here, and what a browser brought along from a marketplace. */
export const getInstalls = defineEndpoint({
  method: 'get',
  path: '/api/v1/installs',
  needs: 'read',
  summary: 'List what can be connected, and what waits to be',
  reply: z.object({
    ways: z.array(
      z.object({
        vendor: z.string(),
        name: z.string(),
        asks: z.array(question).describe('Go into the query of GET /oauth/{vendor}/install.'),
      }),
    ),
    parked: z
      .object({ vendor: z.string(), name: z.string() })
      .nullable()
      .describe('An account this browser brought from a marketplace; null: none.'),
  }),
  handle: async ({ parked }, { installs }) => ({
    ways: installs.ways.map(({ vendor, name, asks }) => ({ vendor, name, asks: [...asks] })),
    parked: parked === null ? null : await installs.parked(parked),
  }),
});
