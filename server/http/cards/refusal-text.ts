/** What a person is told whose button could not do what it says. */
const TEXTS = {
  expired: 'The offer has ended, and the lead was offered on.',
  closed: 'The lead is closed: nothing is left to do.',
  claimed: 'The lead has been claimed already.',
  not_offered_to_you: 'The lead is not offered to you.',
  at_capacity: 'You have as many leads as you may take now.',
  not_found: 'Fairlead has not routed this record yet: nothing can be done here.',
  not_a_rep: 'You take no leads in Fairlead: ask an administrator to add you with this e-mail address.',
  not_allowed: 'Only its owner, their manager or an administrator can give this lead to somebody else.',
  unknown_rep: 'That person takes no leads any more: choose somebody else.',
} as const;

export type PressRefusal = keyof typeof TEXTS;

export const refusalText = (code: PressRefusal): string => TEXTS[code];
