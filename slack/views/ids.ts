/** Names of buttons, inputs and modals. They are in messages already posted, so a change must still answer the old. */
export const ACTIONS = {
  claim: 'lead_claim',
  decline: 'lead_decline',
  open: 'lead_open',
  away: 'home_away',
  awayUntil: 'home_away_until',
  back: 'home_back',
} as const;
export const DECLINE_MODAL = 'lead_decline_modal';
export const DECLINE_INPUTS = { reason: 'decline_reason', note: 'decline_note' } as const;
export const AWAY_MODAL = 'home_away_modal';
export const AWAY_UNTIL = 'away_until';
export const COMMAND = '/leads';
