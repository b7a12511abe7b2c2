import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { requireOwnRep } from '../own-rep.ts';
import { problem } from '../problem.ts';
import { repHome, viewRepHome } from '../schemas/rep-home.ts';

const gone = () => problem('no_rep', 'You are no active rep: ask an admin to put you into the directory.');

/** A rep's own offers, leads, time off and standing. */
export const getMyHome = defineEndpoint({
  method: 'get',
  path: '/api/v1/me/home',
  needs: 'answer',
  summary: 'Your own offers, leads and standing, for a person who is a rep',
  reply: repHome,
  problems: ['no_rep'],
  handle: async ({ caller }, parts) => {
    const rep = await requireOwnRep(parts, caller);
    const home = await parts.queries.repHome(caller.tenantId, rep.id);
    if (home === null) throw gone();
    return viewRepHome(home);
  },
});

const REFUSED = {
  in_the_past: 'must lie ahead',
  too_far: 'must be within a year',
} as const;

/** A rep goes away, or comes back. */
export const postMyAway = defineEndpoint({
  method: 'post',
  path: '/api/v1/me/away',
  needs: 'answer',
  summary: 'Take time off from now on, or come back, for a person who is a rep',
  body: z.strictObject({
    away: z.boolean(),
    until: z.iso.datetime({ offset: true }).nullable().default(null).describe('null: until you switch back.'),
  }),
  reply: z.object({
    rep: z.string(),
    passedOn: z.int().describe('Offers not answered, which go to others.'),
  }),
  changes: { action: 'rep.time_off_changed', subject: (_call, reply) => reply.rep },
  problems: ['no_rep'],
  handle: async ({ body, caller }, parts) => {
    const rep = await requireOwnRep(parts, caller);
    const until = body.until === null ? null : Date.parse(body.until);
    const away = body.away ? { until } : null;
    const reply = await parts.useCases.setAway({ tenantId: caller.tenantId, repId: rep.id, away });
    if (reply.ok) return { rep: rep.id, passedOn: reply.passedOn };
    if (reply.code === 'not_found') throw gone();
    throw problem('invalid_request', 'Correct the fields named in errors.', [
      { field: '/until', message: REFUSED[reply.code] },
    ]);
  },
});
