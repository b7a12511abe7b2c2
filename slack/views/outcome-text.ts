import type { ClaimReply, DeclineReply } from '../../server/assignments/use-cases.ts';
import { inline } from './text.ts';

const NAME_LENGTH = 200;

const LATE = {
  expired: 'Time ran out on this offer: it has gone to somebody else.',
  closed: 'This lead is closed: there is nothing to do.',
  not_offered_to_you: 'This lead is no longer offered to you.',
  not_found: 'Fairlead no longer knows this lead.',
} as const;

const winner = (name: string): string => (name === '' ? 'Somebody else' : `*${inline(name, NAME_LENGTH)}*`);

/** What to tell the person whose claim was not taken, in mrkdwn. */
export const claimRefusal = (reply: Exclude<ClaimReply, { ok: true }>): string => {
  if (reply.code === 'claimed_by_other') return `${winner(reply.winner.name)} claimed this lead first.`;
  if (reply.code === 'at_capacity')
    return 'You are at your limit of leads. Finish or hand over one, then press Claim again while the offer is open.';
  return LATE[reply.code];
};

/** What to tell the person whose decline was not taken, in mrkdwn. */
export const declineRefusal = (reply: Exclude<DeclineReply, { ok: true }>): string =>
  reply.code === 'claimed'
    ? 'This lead has been claimed: there is nothing left to decline.'
    : LATE[reply.code];

/** For somebody in the workspace who is no rep. */
export const NOT_A_REP =
  'Fairlead does not know you as a rep. Ask an admin to add you with the e-mail address you use in Slack.';

export const TOO_SLOW = 'Slack did not open the form in time. Press Decline again.';

export const FAILED =
  'Something went wrong and nothing was changed. Press the button again; if it keeps failing, tell an admin.';
