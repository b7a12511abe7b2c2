/**
 * Every word the card itself says, in one place. Sentences about a lead (headline, reason, what happened) are not here:
 * the service renders them in the reader's language.
 */
export const messages = {
  loading: 'Asking Fairlead',
  refresh: 'Refresh',
  tryAgain: 'Try again',
  asOf: (when: string) => `As of ${when}`,
  policy: (version: number) => `policy ${version}`,

  neverRouted: {
    title: 'Not routed yet',
    text: 'No decision was made about this record. It gets one when it matches the intake of your policy, or when a workflow runs “Assign lead”.',
  },

  states: {
    offeredToYou: 'Offered to you',
    offered: 'Offered',
    assigned: 'Assigned',
    waiting: 'Waiting',
    in_queue: 'In queue',
    closed: 'Closed',
    merged: 'Merged',
    not_routed: 'Not routed',
  },

  clock: {
    starts: 'The clock starts when the offer has arrived.',
    left: (time: string, at: string) => `${time} left, until ${at}`,
    over: (at: string) => `The offer ran until ${at}.`,
    again: (at: string) => `Looked at again ${at}`,
    hours: (hours: number, minutes: number) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
    minutes: (minutes: number) => `${minutes} min`,
    seconds: (seconds: number) => `${seconds} s`,
  },

  facts: {
    owner: 'Owner',
    queue: 'Queue',
    meanwhile: 'Meanwhile with',
    offeredTo: 'Offered to',
    rule: 'Rule',
    pool: 'Pool',
    decided: 'Decided',
  },
  nobody: 'Nobody yet',

  why: 'Why',
  candidates: (count: number) => `Who could have had it (${count})`,
  rules: (count: number) => `Rules tried (${count})`,
  matched: 'Matched',
  passed: 'Passed over',
  history: (count: number) => `What happened (${count})`,
  more: (count: number) => `Show ${count} more`,

  codes: {
    chosen: 'Chosen',
    outranked: 'Another was next',
    off_duty: 'Off duty',
    off_hours: 'Off hours',
    time_off: 'Time off',
    holiday: 'Holiday',
    at_capacity: 'At capacity',
    missing_skill: 'Missing skill',
    declined_before: 'Declined',
    had_before: 'Had it before',
    inactive: 'Inactive',
    not_in_territory: 'Other territory',
    paused: 'Paused',
    unreachable: 'Unreachable',
  },

  claim: 'Claim',
  claimed: 'The lead is yours.',
  decline: 'Decline',
  declineTitle: 'Why do you decline?',
  declined: 'Declined. The lead goes to somebody else.',
  reassign: 'Reassign',
  reassignTitle: 'Give it to somebody else',
  reassigned: (rep: string) => `Given to ${rep}.`,
  rep: 'Rep',
  chooseRep: 'Choose a rep',
  note: 'Note (optional)',
  chooseReason: 'Choose a reason.',
  cancel: 'Cancel',

  refused: 'That did not work',
  ownerPending: 'The owner is on its way to HubSpot.',
  ownerRefused: {
    title: 'HubSpot refused the owner',
    text: 'Ask your administrator to look at it in Fairlead.',
  },
  logOnly: { title: 'Log only', text: 'Fairlead shows what it would do. Nothing is written or sent.' },
  stale: 'Shown as it was last known.',

  troubles: {
    unreachable: {
      title: 'Fairlead does not answer',
      text: 'Leads that come in now are decided when it is back. Try again in a moment.',
    },
    not_connected: {
      title: 'This HubSpot account is not connected',
      text: 'Ask a HubSpot administrator to connect it to Fairlead. Records show here from then on.',
    },
    not_known: {
      title: 'Fairlead does not know you',
      text: 'Ask your administrator to add you as a rep, with the e-mail address you use in HubSpot.',
    },
    not_accepted: {
      title: 'Fairlead did not accept the request',
      text: 'Ask your administrator to check the client secret and the public address in Fairlead’s settings.',
    },
    busy: { title: 'Too many requests', text: 'HubSpot allows only so many at once. Try again in a moment.' },
    unreadable: {
      title: 'Fairlead answered something this card cannot read',
      text: 'The card and the service may be of different versions. Ask your administrator to update both.',
    },
    not_set_up: {
      title: 'The address of Fairlead is missing',
      text: 'The app was uploaded without SERVICE_URL. Upload it with a profile that has it.',
    },
  },
} as const;
