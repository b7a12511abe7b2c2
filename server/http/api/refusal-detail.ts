type Refusal = 'expired' | 'closed' | 'claimed' | 'not_offered_to_you' | 'at_capacity' | 'not_found';

const DETAILS: Readonly<Record<Refusal, string>> = {
  expired: 'The offer ran out and the lead was decided afresh: read its newest decision.',
  closed: 'The lead is closed: nothing is left to do.',
  claimed: 'Somebody has claimed the lead: change its owner in the CRM instead.',
  not_offered_to_you: 'Name a rep the lead is offered to: the decision lists them under offer.to.',
  at_capacity: "Close some of the rep's open leads, or raise the cap in the directory of reps.",
  not_found: 'There is no such assignment: a decision names its own under assignment.',
};

/** What to do when a claim or a decline is refused. */
export const refusalDetail = (code: Refusal): string => DETAILS[code];
