import type { types } from '@slack/bolt';
import { button } from './blocks.ts';
import { ACTIONS } from './ids.ts';

/** Claim and Decline, wherever an offer is shown. They carry the assignment's id and nothing else. */
export const answerButtons = (assignmentId: string): types.Button[] => [
  button({ text: 'Claim', action: ACTIONS.claim, value: assignmentId, style: 'primary' }),
  button({ text: 'Decline', action: ACTIONS.decline, value: assignmentId, style: 'danger' }),
];
