import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';

/** Connects the account that this browser brought from a marketplace, once somebody said that it is theirs. */
export const postInstallClaim = defineEndpoint({
  method: 'post',
  path: '/api/v1/installs/claim',
  needs: 'administer',
  summary: 'Connect the account this browser brought from a marketplace',
  reply: z.object({ id: z.string(), vendor: z.string() }),
  problems: ['conflict', 'install_expired'],
  changes: { action: 'connection.connected', subject: (_call, reply) => reply.id },
  handle: ({ caller, parked }, { installs }) => {
    if (parked === null)
      throw problem(
        'install_expired',
        'This browser brought no account. Install from the marketplace again.',
      );
    return installs.claim(caller.tenantId, parked);
  },
});
