import { defineEndpoint } from '../endpoint.ts';
import { overviewView } from '../schemas/overview.ts';

/** What the live page draws. */
export const getOverview = defineEndpoint({
  method: 'get',
  path: '/api/v1/overview',
  needs: 'read',
  summary: 'Counts, pools, connections and alerts, now',
  reply: overviewView,
  handle: ({ caller }, { queries }) => queries.overview(caller.tenantId),
});
